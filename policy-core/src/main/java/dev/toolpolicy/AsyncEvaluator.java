package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decides as an {@link Evaluator} does, for hosts whose threads must not wait for a counter store: same order, same decisions, same
 * records. Safe for any number of threads.
 *
 * <p>Whatever comes after an answer of the counters runs on the executor: what is left of the decision, its record, who listens, and
 * what the host has follow the stage. A store's own thread runs none of it. Where the counters answer at once, in memory, say, all of it
 * runs in the thread that calls. If the executor refuses work, the call is denied, and what it took is given back; that is seen to
 * where the JDK runs stages that have no executor.
 *
 * <p>Only counters are not waited for. Argument validators, approvals, the audit log and who listens run as they do for the evaluator,
 * on the thread that calls or on the executor, and hold that up where they are slow.
 */
public final class AsyncEvaluator {
    /** For want of memory or stack; as it is, so that nobody can make anything else of it. */
    private static final CompletionStage<Decision> FAILED =
            CompletableFuture.completedStage(CompiledPolicy.CHECK_FAILED);

    private final Evaluator evaluator;
    private final Decider decider;
    private final Handover handover;

    private AsyncEvaluator(Evaluator evaluator, Executor executor) {
        this.evaluator = evaluator;
        this.decider = evaluator.decider.on(executor);
        this.handover = new Handover(executor);
    }

    /**
     * Decides by all that this evaluator has: its policies, counters, approvals, audit log, listener, shadow and time limit. Once that
     * is closed, every call is denied here too.
     */
    public static AsyncEvaluator of(Evaluator evaluator, Executor executor) {
        return new AsyncEvaluator(requireNonNull(evaluator, "evaluator"), requireNonNull(executor, "executor"));
    }

    /**
     * What is said of this call. Throws for a null call only, and the stage never fails.
     *
     * <p>Where the evaluator has a time limit, the stage is complete when that is over and the executor gets to it. Whoever cancels the stage itself gives the
     * decision up: the call counts as denied, and what it has taken, or takes yet, is given back. To cancel a stage that follows is
     * to drop the decision: of that nobody here hears.
     */
    public CompletionStage<Decision> evaluate(ToolCall call) {
        requireNonNull(call, "call");
        try {
            return decide(call, evaluator.nextId());
        } catch (Throwable e) {
            return FAILED;
        }
    }

    /** The same, recorded under this id. */
    CompletableFuture<Decision> decide(ToolCall call, String id) {
        if (evaluator.isClosed()) return CompletableFuture.completedFuture(CompiledPolicy.CHECK_FAILED);
        Deciding deciding = new Deciding(evaluator, decider, handover, call, id);
        deciding.begin();
        return deciding.answer();
    }

    Evaluator evaluator() {
        return evaluator;
    }
}
