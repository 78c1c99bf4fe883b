package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Calls under limits: what a call took is given back if the tool comes to nothing. */
final class CountedCalls {
    private CountedCalls() {}

    /**
     * What is said of each call.
     *
     * @param tool takes arguments as JSON, and says whether it did what it was asked
     */
    static List<Decision> run(Policy policy, List<ToolCall> calls, Predicate<String> tool) {
        List<Decision> decisions = new ArrayList<>();
        // README from here
        Evaluator evaluator =
                Evaluator.builder(policy).counters(Bucket4jCounters.inMemory()).build();

        for (ToolCall call : calls) {
            Decision decision = evaluator.evaluate(call);
            decisions.add(decision);
            if (decision instanceof Decision.Allow allow && !tool.test(call.argumentsJson())) {
                allow.permit().refund();
            }
        }
        // README to here
        return decisions;
    }
}
