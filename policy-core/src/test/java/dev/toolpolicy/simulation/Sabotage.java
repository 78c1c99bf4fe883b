package dev.toolpolicy.simulation;

import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.AuditSink;
import dev.toolpolicy.spi.Counters;

/** What is wrong with what is plugged in, beyond what may go wrong: the simulation must find it. */
interface Sabotage {
    Sabotage NONE = new Sabotage() {};

    default Counters of(Counters counters) {
        return counters;
    }

    default Approvals of(Approvals approvals) {
        return approvals;
    }

    default AuditSink of(AuditSink sink) {
        return sink;
    }

    /** Whether the client of the store sends what gives back a second time. */
    default boolean replays() {
        return false;
    }

    /** Whether a machine that comes back finds its journal of approvals without the last changes. */
    default boolean losesTheLastChanges() {
        return false;
    }
}
