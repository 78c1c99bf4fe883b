package dev.toolpolicy.simulation;

/** What may go wrong. */
enum Fault {
    /** The store never hears of a request. */
    REQUEST_LOST,
    /** The store does what it is asked, and nobody hears of it. */
    ANSWER_LOST,
    /** The store does what it is asked, or the answer comes, when nobody waits any more. */
    LATE,
    /** A request that takes comes twice; one that gives back must not, which is what a client of a store has to be set for. */
    TWICE,
    /** For a while the store is not there for anybody. */
    STORE_AWAY,
    /** The store loses all it has: only what was counted before it is lost with it. */
    STORE_EMPTIED,
    /** Counters throw and have done nothing. */
    COUNTERS_FAIL,
    /** Counters throw and have done it all the same. */
    COUNTERS_UNSURE,
    /** Approvals throw and have done nothing. */
    APPROVALS_FAIL,
    /** Approvals throw and have done it all the same. */
    APPROVALS_UNSURE,
    /** A log throws and has kept nothing. */
    AUDIT_FAILS,
    /** A log throws and has kept the record all the same. */
    AUDIT_UNSURE,
    /** A write of the log takes a part only, for want of room. */
    DISK_FULL,
    /** What was written in part cannot be taken back either. */
    DISK_STUCK,
    /** A machine is killed before or after any of these, and comes back with what is on its disk. */
    KILLED,
    /** A kill that leaves a line or a change half written. */
    TORN,
    /** A machine's clock is set. */
    CLOCK_FORWARD,
    CLOCK_BACK,
    /** Who called wants no answer any more. */
    CANCELLED
}
