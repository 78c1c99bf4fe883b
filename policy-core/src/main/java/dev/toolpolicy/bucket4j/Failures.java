package dev.toolpolicy.bucket4j;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a stage failed of, out of what stages wrap it in. */
final class Failures {
    private Failures() {}

    static Throwable cause(@Nullable Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause != null ? cause : new IllegalStateException("the store gave no answer");
    }
}
