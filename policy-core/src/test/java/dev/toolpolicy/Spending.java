package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.math.BigDecimal;
import java.util.Map;

/** Payments under a budget of the day, and what is left of it. */
abstract class Spending {
    static final Identity ALICE = Identity.of("alice");
    static final Policy SPEND = spend(10);

    final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
    final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    final Evaluator evaluator = evaluator(SPEND);

    static Policy spend(int max) {
        return policy("'default':'deny','tools':{'pay':{'limits':[{'counter':'spend','window':'day','max':" + max
                + ",'scope':'grant','amount':'args.amount','decimals':2}]},'call':{'limits':["
                + "{'counter':'calls','window':'day','max':100,'scope':'grant'}]},'both':{'limits':["
                + "{'counter':'spend','window':'day','max':" + max
                + ",'scope':'grant','amount':'args.amount','decimals':2},"
                + "{'counter':'calls','window':'day','max':100,'scope':'grant'}]}}");
    }

    Evaluator evaluator(Policy policy) {
        return evaluator(PolicySource.of(policy));
    }

    Evaluator evaluator(PolicySource source) {
        return Evaluator.builder(source).counters(counters).clock(clock).build();
    }

    static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    Permit permit(ToolCall call) {
        return ((Allow) evaluator.evaluate(call)).permit();
    }

    BigDecimal left() {
        return left(evaluator);
    }

    static BigDecimal left(Evaluator evaluator) {
        return evaluator.explain(pay(0)).counted().get(0).left();
    }
}
