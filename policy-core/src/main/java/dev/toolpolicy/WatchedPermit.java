package dev.toolpolicy;

import dev.toolpolicy.spi.AuditRecord.Result;
import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;

/** A permit of which is recorded and told what becomes of it. */
final class WatchedPermit implements Permit {
    private final Permit permit;
    private final String decision;
    private final Witness witness;

    WatchedPermit(Permit permit, String decision, Witness witness) {
        this.permit = permit;
        this.decision = decision;
        this.witness = witness;
    }

    @Override
    public boolean refund() {
        // One that fails may have given back a part, and is not tried again.
        boolean first = true;
        try {
            first = permit.refund();
        } finally {
            if (first) witness.settled(decision, Result.REFUNDED, "");
        }
        return first;
    }

    @Override
    public boolean settle(String counter, BigDecimal actual) {
        boolean first = permit.settle(counter, actual);
        if (first) witness.settled(decision, Result.SETTLED, counter);
        return first;
    }

    @Override
    public CompletionStage<Boolean> refundAsync() {
        return permit.refundAsync()
                .whenComplete((first, thrown) -> {
                    if (thrown != null || first) witness.settled(decision, Result.REFUNDED, "");
                })
                .thenApply(WatchedPermit::unowned);
    }

    @Override
    public CompletionStage<Boolean> settleAsync(String counter, BigDecimal actual) {
        return permit.settleAsync(counter, actual)
                .whenComplete((first, thrown) -> {
                    if (thrown == null && first) witness.settled(decision, Result.SETTLED, counter);
                })
                .thenApply(WatchedPermit::unowned);
    }

    /** The stage that the host gets is not the one that records: to cancel it is to record it all the same. */
    private static boolean unowned(boolean first) {
        return first;
    }

    @Override
    public void done() {
        witness.settled(decision, Result.DONE, "");
    }

    @Override
    public void failed() {
        witness.settled(decision, Result.FAILED, "");
    }

    @Override
    public String toString() {
        return permit.toString();
    }
}
