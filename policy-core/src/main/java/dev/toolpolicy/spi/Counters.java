package dev.toolpolicy.spi;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Counts what calls use up, in windows that begin at their multiples since 1970. Safe for any number of threads.
 *
 * <p>It keeps the number of units used, not what is left of them: a charge brings the {@code max} that it is judged by, so that
 * a changed policy holds at once. Time does not go back for a counter: an earlier instant than the latest it has seen counts as
 * that one. A counter whose window has passed is the same as a new one.
 *
 * <p>Whatever a method throws denies the call, and so does an answer that cannot be.
 *
 * <p>The methods that end in {@code Async} do the same for callers that must not wait. Counters that have to wait for somebody, a
 * store beyond this process, say, override them; others need not, and answer at once.
 */
public interface Counters extends AutoCloseable {
    /** What is left for each of these charges, in their order. Takes nothing. */
    List<Taking.Left> look(List<Charge> charges, Instant now);

    /**
     * Takes all of these charges or none: never is more taken in a window than {@code max}, whatever the number of threads.
     *
     * @param charges of different counters
     */
    Taking take(List<Charge> charges, Instant now);

    /**
     * Changes what a charge has taken from its window; does nothing once that window has passed.
     *
     * @param window the window that the charge was taken from: the second since 1970 at which it began
     * @param more how many units more, down to nothing left; if negative, how many to give back of those that were taken
     */
    void change(Charge charge, long window, long more);

    /** As {@link #look}, without waiting for it. Does not throw: the stage fails. */
    default CompletionStage<List<Taking.Left>> lookAsync(List<Charge> charges, Instant now) {
        return atOnce(() -> look(charges, now));
    }

    /** As {@link #take}, without waiting for it. Does not throw: the stage fails. */
    default CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        return atOnce(() -> take(charges, now));
    }

    /** As {@link #change}, without waiting for it; the stage ends with true. Does not throw: the stage fails. */
    default CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        return atOnce(() -> {
            change(charge, window, more);
            return true;
        });
    }

    private static <T> CompletionStage<T> atOnce(Callable<T> work) {
        try {
            return CompletableFuture.completedStage(work.call());
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Ends the counting. What is asked of it afterwards throws. */
    @Override
    default void close() {}
}
