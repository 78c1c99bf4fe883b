package dev.toolpolicy.stress;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two counters are to be had once: whoever gets one gets both, in whatever order they are named. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "One of them gets both.")
@State
public class TakersStress {
    private static final Instant NOW = Instant.EPOCH;
    private static final Charge ONE = new Charge("", "one", "a", 60, 1, 1);
    private static final Charge OTHER = new Charge("", "other", "a", 60, 1, 1);

    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();

    @Actor
    public void oneWayRound(ZZ_Result taken) {
        taken.r1 = counters.take(List.of(ONE, OTHER), NOW) instanceof Taken;
    }

    @Actor
    public void theOther(ZZ_Result taken) {
        taken.r2 = counters.take(List.of(OTHER, ONE), NOW) instanceof Taken;
    }
}
