package dev.toolpolicy.testing;

import dev.toolpolicy.json.Pointer;
import java.time.Instant;
import java.util.Optional;

/** One step of a case. */
sealed interface Step {
    /** Where in its file it stands. */
    Pointer at();

    /** To what the clock is turned before it. */
    Optional<When> turned();

    /** A call, and what is expected to be said of it. */
    record Call(Pointer at, String name, Optional<When> turned, Scene.Attempt attempt, int repeat, Told expected)
            implements Step {}

    /** A person answers what was asked last. */
    record Answer(Pointer at, Optional<When> turned, boolean approves, String who) implements Step {}

    /** Other policies come into force. */
    record Reload(Pointer at, Optional<When> turned, Served.Policies policies) implements Step {}

    /** An instant, or a span from whatever time it is then. */
    @FunctionalInterface
    interface When {
        /** The instant; throws a {@link java.time.DateTimeException} if it is later than any clock can tell. */
        Instant from(Instant now);
    }
}
