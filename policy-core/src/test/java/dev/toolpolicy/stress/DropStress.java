package dev.toolpolicy.stress;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** One thread takes from a counter whose window has passed, while another makes a counter and so drops that one. */
@JCStressTest
@Outcome(id = "true, true, false", expect = Expect.ACCEPTABLE, desc = "Both take, and nothing is left in that window.")
@State
public class DropStress {
    private static final Charge KNOWN = new Charge("", "calls", "known", 60, 1, 1);
    private static final Charge FRESH = new Charge("", "calls", "fresh", 60, 1, 1);
    private static final Instant NEXT = Instant.EPOCH.plusSeconds(60);

    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();

    public DropStress() {
        counters.take(List.of(KNOWN), Instant.EPOCH);
    }

    @Actor
    public void takes(ZZZ_Result taken) {
        taken.r1 = counters.take(List.of(KNOWN), NEXT) instanceof Taken;
    }

    @Actor
    public void drops(ZZZ_Result taken) {
        taken.r2 = counters.take(List.of(FRESH), NEXT) instanceof Taken;
    }

    @Arbiter
    public void takesAgain(ZZZ_Result taken) {
        // The clock jumped back: neither the old window nor the new one has anything left.
        taken.r3 = counters.take(List.of(KNOWN), Instant.EPOCH) instanceof Taken
                || counters.take(List.of(KNOWN), NEXT) instanceof Taken;
    }
}
