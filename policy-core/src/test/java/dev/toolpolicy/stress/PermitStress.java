package dev.toolpolicy.stress;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Permit;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import java.math.BigDecimal;
import java.time.Instant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A permit is refunded and settled at once: the first counts, and only the first. */
@JCStressTest
@Outcome(id = "true, false, 10", expect = Expect.ACCEPTABLE, desc = "Refunded: all ten are left.")
@Outcome(id = "false, true, 6", expect = Expect.ACCEPTABLE, desc = "Settled for four: six are left.")
@State
public class PermitStress {
    private static final Policy POLICY = PolicyParser.standard().parse("""
                    { "version": "1", "default": "deny", "tools": { "pay": { "limits": [
                      { "counter": "spend", "window": "day", "max": 10, "scope": "grant", "amount": "args.amount" } ] } } }""").orThrow();
    private static final ToolCall CALL = ToolCall.parse(Identity.of("alice"), "pay", "{\"amount\":7}");
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    private final Evaluator evaluator = Evaluator.builder(POLICY)
            .counters(Bucket4jCounters.inMemory())
            .clock(() -> Instant.EPOCH)
            .build();

    private final Permit permit = ((Allow) evaluator.evaluate(CALL)).permit();

    @Actor
    public void refunds(ZZL_Result first) {
        first.r1 = permit.refund();
    }

    @Actor
    public void settles(ZZL_Result first) {
        first.r2 = permit.settle("spend", FOUR);
    }

    @Arbiter
    public void looks(ZZL_Result first) {
        first.r3 = evaluator.explain(CALL).counted().get(0).left();
    }
}
