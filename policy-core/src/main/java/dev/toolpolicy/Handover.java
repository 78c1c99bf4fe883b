package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Gets work off the thread on which an answer came. A store answers on a thread of its own, which serves all of its callers:
 * neither our code nor the host's may hold that up.
 */
final class Handover {
    /** Where the JDK runs a stage that was given no executor: its common pool, mostly. */
    static final Executor NOBODYS = new CompletableFuture<Void>().defaultExecutor();

    private final Executor executor;

    Handover(Executor executor) {
        this.executor = executor;
    }

    /** Runs this work on the executor, or else on nobody's: somebody waits for it. */
    void run(Runnable work) {
        run(work, refusal -> work.run());
    }

    /** What a stage comes to, told on the executor, or else on nobody's; at once if it is complete already. */
    <T> CompletionStage<T> of(CompletionStage<T> stage) {
        return told(stage, (told, value, refusal) -> told.complete(value));
    }

    /**
     * The same, but the stage fails if the executor takes no more work.
     *
     * @param unwanted gets what it came to, which nobody will hear of
     */
    <T> CompletionStage<T> of(CompletionStage<T> stage, Consumer<T> unwanted) {
        return told(stage, (told, value, refusal) -> {
            try {
                unwanted.accept(value);
            } finally {
                told.completeExceptionally(refusal);
            }
        });
    }

    /** What is done with an answer that the executor does not take. */
    private interface Otherwise<T> {
        void tell(CompletableFuture<T> told, T value, Throwable refusal);
    }

    private <T> CompletionStage<T> told(CompletionStage<T> stage, Otherwise<T> otherwise) {
        CompletableFuture<T> asked =
                requireNonNull(stage, "counters answer with a stage").toCompletableFuture();
        if (asked.isDone()) return asked;
        CompletableFuture<T> told = new CompletableFuture<>();
        CompletableFuture<T> unused = asked.whenComplete((value, thrown) -> {
            if (thrown == null) run(() -> told.complete(value), refusal -> otherwise.tell(told, value, refusal));
            else run(() -> told.completeExceptionally(thrown));
        });
        return told;
    }

    private void run(Runnable work, Consumer<Throwable> refused) {
        // An executor that throws may have kept the work all the same: one of the two is done, and never both.
        AtomicBoolean begun = new AtomicBoolean();
        try {
            executor.execute(() -> {
                if (begun.compareAndSet(false, true)) work.run();
            });
        } catch (Throwable e) {
            elsewhere(() -> {
                if (begun.compareAndSet(false, true)) refused.accept(e);
            });
        }
    }

    /** Runs this work where the JDK runs a stage that was given no executor. */
    static void elsewhere(Runnable work) {
        try {
            NOBODYS.execute(work);
        } catch (Throwable e) {
            // No thread is to be had anywhere: to hold up a store is better than to keep a caller waiting for ever.
            work.run();
        }
    }
}
