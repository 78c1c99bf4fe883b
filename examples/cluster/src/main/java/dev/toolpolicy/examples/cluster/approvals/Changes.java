package dev.toolpolicy.examples.cluster.approvals;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals.Follower;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What one transaction does to questions: each change is announced, then written. When they have come to stay, they are told to
 * all who follow.
 */
final class Changes {
    private final Table table;
    private final List<Follower> followers;
    private final List<ApprovalEvent> made = new ArrayList<>();

    Changes(Table table, List<Follower> followers) {
        this.table = table;
        this.followers = followers;
    }

    void ask(Entry entry, Instant now) throws SQLException {
        announce(event(Kind.ASKED, entry, now, ""));
        table.insert(entry);
    }

    /** Makes a change that a follower may keep from happening. */
    void make(Kind kind, Entry changed, Instant now) throws SQLException {
        announce(event(
                kind, changed, now, kind == Kind.USED ? "" : changed.written().why()));
        table.update(changed);
    }

    /** Nobody can keep time from passing. */
    void lapse(Entry entry, Instant now) throws SQLException {
        ApprovalEvent event = event(Kind.LAPSED, entry, now, entry.written().why());
        made.add(event);
        tell(event, Follower::happening);
        table.update(entry.lapsed(now));
    }

    private void announce(ApprovalEvent event) {
        made.add(event);
        followers.forEach(follower -> follower.happening(event));
    }

    /** They are committed. */
    void tell() {
        made.forEach(event -> tell(event, Follower::happened));
    }

    private void tell(ApprovalEvent event, BiConsumer<Follower, ApprovalEvent> how) {
        for (Follower follower : followers) {
            try {
                how.accept(follower, event);
            } catch (Throwable e) {
                // Nothing is undone by who only listens.
            }
        }
    }

    private static ApprovalEvent event(Kind kind, Entry entry, Instant now, String why) {
        AskedQuestion written = entry.written();
        return new ApprovalEvent(kind, now, entry.id(), written.question(), entry.lapses(), written.who(), why);
    }
}
