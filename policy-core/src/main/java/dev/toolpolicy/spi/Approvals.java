package dev.toolpolicy.spi;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks people, and keeps what they said until a call uses it, or it lapses. Safe for any number of threads.
 *
 * <p>A question is asked once: while it waits, whoever asks the same is given the same id, which nobody can guess. An approval is
 * good for one call. Answering is no business of this interface: it is the host's, and no call reaches it.
 *
 * <p>Whatever a method throws denies the call.
 */
public interface Approvals extends AutoCloseable {
    /** How a question stands; one that nobody has asked is asked now. */
    Standing ask(Question question);

    /** How a question stands, or would if it were asked now. Asks nobody, and changes nothing. */
    Standing look(Question question);

    /**
     * Holds an approval for one call, so that no other can use it meanwhile; empty if it was not given, is held or used already,
     * or has lapsed.
     */
    Optional<Claim> claim(String id);

    /**
     * From now on this hears of every change <em>before</em> it is made: what it throws undoes the change, and reaches whoever
     * wanted it. That a question lapsed cannot be undone. It must not call back.
     */
    void subscribe(Consumer<ApprovalEvent> heard);

    /** Ends what {@link #subscribe} began. */
    void unsubscribe(Consumer<ApprovalEvent> heard);

    /** Ends the asking. What is asked of it afterwards throws. */
    @Override
    default void close() {}

    /** An approval that is held for one call. */
    interface Claim {
        /** Uses it up, for ever: once this has returned the call may run, and no other. */
        void use();

        /** Lets go of it unused. Does nothing once it is used. */
        void release();
    }
}
