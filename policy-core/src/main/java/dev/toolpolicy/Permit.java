package dev.toolpolicy;

import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;

/**
 * What an allowed call has taken from its limits, and may give back; and where to say what became of it. Of refund and settle, asked
 * with {@code Async} or not, the first counts, for each counter; the second does nothing. Safe from any thread.
 *
 * <p>Where the counters answer later, what follows runs on the executor of the {@link AsyncEvaluator} that gave the permit. If that
 * takes no more work, or an {@link Evaluator} gave it, what follows runs where the JDK runs stages without an executor: mostly in its
 * common pool.
 */
public interface Permit {
    /** Nothing was taken, for no limit applies to the call, and nobody keeps a record of what it comes to. */
    Permit NOTHING_TAKEN = new Permit() {
        @Override
        public boolean refund() {
            return false;
        }

        @Override
        public boolean settle(String counter, BigDecimal actual) {
            TakenPermit.check(counter, actual);
            return false;
        }

        @Override
        public void done() {}

        @Override
        public void failed() {}

        @Override
        public String toString() {
            return "Permit[nothing taken]";
        }
    };

    /**
     * Gives back what was taken from every counter that was not settled, each into the window it was taken from, or nowhere if
     * that has passed. An approval that the call has used stays used.
     *
     * @return whether this was the first word on any of the counters
     */
    boolean refund();

    /**
     * Charges a counter with what the call really came to, in place of what was taken: less is given back; more is taken from
     * what is left, down to nothing.
     *
     * @param actual in the author's unit, rounded up to the counter's decimals
     * @return whether this was the first word on that counter; false if the call did not charge it
     * @throws IllegalArgumentException if the amount is negative
     */
    boolean settle(String counter, BigDecimal actual);

    /** As {@link #refund}, without waiting for the counters. Does not throw: the stage fails. */
    default CompletionStage<Boolean> refundAsync() {
        return Stages.atOnce(this::refund);
    }

    /**
     * As {@link #settle}, without waiting for the counters: the stage fails where they do.
     *
     * @throws IllegalArgumentException if the amount is negative
     */
    default CompletionStage<Boolean> settleAsync(String counter, BigDecimal actual) {
        TakenPermit.check(counter, actual);
        return Stages.atOnce(() -> settle(counter, actual));
    }

    /** For the record and for who listens: the tool has answered. Changes nothing. */
    void done();

    /** For the record and for who listens: the tool has failed. Changes nothing: what was taken stays taken unless it is refunded. */
    void failed();
}
