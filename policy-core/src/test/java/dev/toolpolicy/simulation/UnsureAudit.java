package dev.toolpolicy.simulation;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;

/** The log of one life of a machine. */
final class UnsureAudit implements AuditSink {
    private final Machine machine;
    private final World world;
    private final int life;
    private final AuditSink sink;

    UnsureAudit(Machine machine, AuditSink sink) {
        this.machine = machine;
        this.world = machine.world();
        this.life = machine.life();
        this.sink = sink;
    }

    @Override
    public void record(AuditRecord record) {
        machine.mayBeKilled(life);
        if (world.faults.happens(Fault.AUDIT_FAILS)) throw new IllegalStateException("the log fails");
        try {
            sink.record(record);
        } catch (RuntimeException e) {
            machine.log().failed(e);
            throw e;
        }
        machine.mayBeKilled(life);
        if (world.faults.happens(Fault.AUDIT_UNSURE)) throw new IllegalStateException("the log is unsure");
    }
}
