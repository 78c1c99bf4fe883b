package dev.toolpolicy;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What stages are made of, and what made them fail. */
final class Stages {
    private Stages() {}

    /** What this work comes to, or what it throws, as a stage that is complete. */
    static <T> CompletionStage<T> atOnce(Callable<T> work) {
        try {
            return CompletableFuture.completedStage(work.call());
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** The stage that this work begins; one that has failed if it throws, or begins none. */
    static <T> CompletionStage<T> begun(Callable<CompletionStage<T>> work) {
        return atOnce(work).thenCompose(stage -> stage);
    }

    /** What was thrown in the first place: stages that follow a failed one wrap it. */
    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause(cause) : thrown;
    }
}
