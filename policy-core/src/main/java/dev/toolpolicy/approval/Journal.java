package dev.toolpolicy.approval;

import dev.toolpolicy.spi.ApprovalEvent;
import java.util.Collection;

/** Has what happens on disk before it counts. */
interface Journal {
    /** Nothing is written. */
    Journal NONE = new Journal() {
        @Override
        public void write(ApprovalEvent event, Collection<Entry> known) {}

        @Override
        public void note(ApprovalEvent event) {}

        @Override
        public void close() {}
    };

    /**
     * Writes this down; once it returns, it is there for good.
     *
     * @param known what is known without it, should the journal have to be written anew
     */
    void write(ApprovalEvent event, Collection<Entry> known);

    /** As well as it can: what lapses is known without it. */
    void note(ApprovalEvent event);

    void close();
}
