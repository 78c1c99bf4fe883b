package dev.toolpolicy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Witness.Judged;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pace of a caller who does not wait: one judging, which ends once. Either it comes to something, or it is given up, by the
 * caller or because it takes too long; what it takes from the counters after that is given back.
 */
final class Course implements Pace<CompletionStage<Decision>> {
    private final Consumer<Judged> end;
    /** Whoever completes it ends this: the judging, the caller, or the clock, which makes it fail. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /**
     * @param end gets what it comes to, on the thread on which that is known
     */
    Course(Consumer<Judged> end) {
        this.end = end;
    }

    /**
     * Begins; throws if what it came to at once could not be told.
     *
     * @param limit after which it is given up
     * @param judging at this pace
     */
    void begin(@Nullable TimeLimit limit, Supplier<CompletionStage<Decision>> judging, Trace trace) {
        if (limit != null) limit.watch(over, () -> giveUp(Judged.TOO_LATE));
        CompletableFuture<Decision> told = judging.get()
                .whenComplete((decision, thrown) -> {
                    if (thrown == null) ended(Judged.of(decision, trace));
                    else ended(failed(Stages.cause(thrown)));
                })
                .toCompletableFuture();
        // Near the end of the stack, or of memory. A stage keeps that to itself, and somebody waits.
        if (told.isCompletedExceptionally()) throw new IllegalStateException("the decision could not be told");
    }

    private void ended(Judged judged) {
        if (over.complete(null)) end.accept(judged);
        else giveBack(judged.decision());
    }

    /** Its caller wants no answer any more. */
    void cancel() {
        if (over.complete(null)) giveUp(failed(new CancellationException("the decision was cancelled")));
    }

    /** Not on the executor, which may be why it takes so long. */
    private void giveUp(Judged instead) {
        Handover.elsewhere(() -> {
            try {
                end.accept(instead);
            } finally {
                givenUp.complete(null);
            }
        });
    }

    private static Judged failed(Throwable cause) {
        return new Judged(CompiledPolicy.CHECK_FAILED, Optional.of(cause), "", "");
    }

    @Override
    public CompletionStage<Decision> said(Decision decision) {
        return CompletableFuture.completedStage(decision);
    }

    @Override
    public CompletionStage<Decision> settled(CompletionStage<Decision> decision) {
        return decision;
    }

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public CompletionStage<List<Left>> look(Counters counters, List<Charge> charges, Instant now) {
        return counters.lookAsync(charges, now).thenApply(left -> {
            // Nobody is asked for a call that will not run.
            requireWanted();
            return left;
        });
    }

    @Override
    public CompletionStage<Taking> take(Counters counters, List<Charge> charges, Instant now) {
        requireWanted();
        return counters.takeAsync(charges, now);
    }

    private void requireWanted() {
        if (over.isDone()) throw new CancellationException("the decision was given up");
    }

    @Override
    public void giveBack(Permit permit) {
        refund(permit);
    }

    /** Nobody runs this call: what it took is given back. */
    static void giveBack(Decision decision) {
        if (decision instanceof Allow allow) refund(allow.permit());
    }

    private static void refund(Permit permit) {
        try {
            permit.refundAsync();
        } catch (Throwable e) {
            // What cannot be given back stays taken; the call is denied all the same.
        }
    }

    @Override
    public void whenGivenUp(Runnable action) {
        CompletableFuture<Void> unused = givenUp.thenRun(action);
    }
}
