package dev.toolpolicy.examples.cluster.approvals;

import java.time.Duration;
import java.time.Instant;

/**
 * That an approval is kept for one call, until it is used, or let go, or the time is over: the process of the call may be gone.
 *
 * @param token which nobody else has
 */
record Hold(String token, Instant ends) {
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** Whether it still keeps others from it. One that would last longer than any can is of a clock that was ahead. */
    boolean lasts(Instant now) {
        return now.isBefore(ends) && !now.plus(LONGEST).isBefore(ends);
    }
}
