package dev.toolpolicy.approval;

import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.Approvals.Follower;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells what happens: before, under the lock, so that it can be kept from happening; and after, without the lock. */
final class Events {
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final Queue<ApprovalEvent> happened = new ConcurrentLinkedQueue<>();

    void subscribe(Follower follower) {
        followers.add(follower);
    }

    void unsubscribe(Follower follower) {
        followers.remove(follower);
    }

    /** Says that this is about to happen; what a follower throws comes out here if it can be kept from happening. */
    void announce(ApprovalEvent event, boolean stoppable) {
        if (stoppable) followers.forEach(follower -> follower.happening(event));
        else tellAll(event, Follower::happening);
    }

    /** This has happened, and is to be told when the lock is free. */
    void add(ApprovalEvent event) {
        happened.add(event);
    }

    /** Tells what has happened, perhaps what another thread did. */
    void deliver() {
        for (ApprovalEvent event = happened.poll(); event != null; event = happened.poll()) {
            tellAll(event, Follower::happened);
        }
    }

    private void tellAll(ApprovalEvent event, BiConsumer<Follower, ApprovalEvent> how) {
        for (Follower follower : followers) {
            try {
                how.accept(follower, event);
            } catch (Throwable e) {
                // Nothing is undone by who only listens.
            }
        }
    }
}
