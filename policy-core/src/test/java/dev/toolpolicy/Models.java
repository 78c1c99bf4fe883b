package dev.toolpolicy;

import dev.toolpolicy.CallPath.Each;
import dev.toolpolicy.CallPath.Root;
import dev.toolpolicy.CallPath.Step;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.One;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.ArgumentsSchema;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.Policy.Unlisted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small parts of policies, for tests of the model. */
final class Models {
    static final Condition YES = test(Operator.EXISTS, true);
    static final Condition WITHIN = test(Operator.PATH_WITHIN, "/srv");
    static final Condition HOST = test(Operator.HOST_IN, List.of("example.com"));
    static final Limit LIMIT = limit(new One());
    static final Tool OPEN = tool(Action.ALLOW, "", Rules.NONE);

    static Condition test(Operator operator, Object value) {
        return new Condition.Test(path(Root.ARGS), operator, new Value(value), IfMissing.UNSAID);
    }

    static CallPath path(Root root, Step... steps) {
        return new CallPath(root, List.of(steps));
    }

    static Counter counter(long window, long max, int decimals) {
        return new Counter("c", window, max, Scope.GRANT, decimals);
    }

    static Limit limit(Limit.Amount amount, Condition... when) {
        return new Limit("", "", counter(60, 10, 0), amount, List.of(when), "");
    }

    static Rule rule(Condition... conditions) {
        return new Rule("", "", List.of(conditions), "");
    }

    static Rules requiring(Condition... conditions) {
        return new Rules(List.of(rule(conditions)), List.of(), List.of(), List.of());
    }

    static Rules denying(Condition... conditions) {
        return new Rules(List.of(), List.of(rule(conditions)), List.of(), List.of());
    }

    static Rules asking(Condition... conditions) {
        return new Rules(List.of(), List.of(), List.of(rule(conditions)), List.of());
    }

    static Rules limiting(Limit... limits) {
        return new Rules(List.of(), List.of(), List.of(), List.of(limits));
    }

    static Tool tool(Action action, String text, Rules rules, Limit... rateLimit) {
        return new Tool("", action, text, rules, ArgumentsSchema.NONE, List.of(rateLimit), List.of());
    }

    static Policy policy(String... entries) {
        Map<ToolPattern, Tool> tools = new LinkedHashMap<>();
        for (String entry : entries) tools.put(new ToolPattern(entry), OPEN);
        return new Policy("", Unlisted.DENY, List.of(), Rules.NONE, List.of(), tools, List.of());
    }

    static CallPath arg(String name) {
        return path(Root.ARGS, new CallPath.Key(name));
    }

    static Step[] steps(int count) {
        Step[] steps = new Step[count];
        Arrays.fill(steps, Each.EACH);
        return steps;
    }

    static ArgumentsSchema schema() {
        return ArgumentsSchema.of(true, List.of(arguments -> List.of()));
    }

    private Models() {}
}
