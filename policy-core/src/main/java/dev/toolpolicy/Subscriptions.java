package dev.toolpolicy;

import dev.toolpolicy.spi.Approvals;
import org.jspecify.annotations.Nullable;

/** What an evaluator follows, from its beginning to its end. */
final class Subscriptions {
    private final @Nullable Approvals approvals;
    private final PolicySource source;
    private final @Nullable PolicySource shadow;
    private @Nullable Runnable end;

    Subscriptions(@Nullable Approvals approvals, PolicySource source, @Nullable PolicySource shadow) {
        this.approvals = approvals;
        this.source = source;
        this.shadow = shadow;
    }

    /** All or none: a source that has what cannot be served now refuses, and then nothing is followed. */
    void begin(Approvals.Follower ofApprovals, PolicySource.Follower ofSource, PolicySource.Follower ofShadow) {
        end = () -> {
            if (approvals != null) approvals.unsubscribe(ofApprovals);
            source.unsubscribe(ofSource);
            if (shadow != null) shadow.unsubscribe(ofShadow);
        };
        boolean begun = false;
        try {
            if (approvals != null) approvals.subscribe(ofApprovals);
            source.subscribe(ofSource);
            if (shadow != null) shadow.subscribe(ofShadow);
            begun = true;
        } finally {
            if (!begun) end();
        }
    }

    synchronized void end() {
        if (end != null) end.run();
        end = null;
    }
}
