package dev.toolpolicy.examples.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of policies with as many tools as one likes. */
final class Documents {
    /** In both, {@code #} stands for the number of the tool. */
    private static final String THREE_CONDITIONS = """
            "require": [
              { "path": "args.currency", "op": "in", "value": ["usd", "eur"], "on_deny": "only USD and EUR" },
              { "path": "args.amount", "op": "lte", "value": 500, "on_deny": "at most 500" },
              { "path": "args.tenant", "op": "eq", "value_from": "identity.tenant", "on_deny": "only your own tenant" }
            ]""";

    private static final String TWO_LIMITS = """
            "limits": [
              { "counter": "spend_#", "window": "day", "max": 50000, "scope": "grant", "amount": "args.amount", "decimals": 2 },
              { "counter": "calls_#", "window": "minute", "max": 60, "scope": "identity.tenant" }
            ]""";

    private Documents() {}

    static String tool(int number) {
        return "create_charge_" + number;
    }

    static String withoutRules(int tools) {
        return document(tools, "");
    }

    static String withThreeConditions(int tools) {
        return document(tools, THREE_CONDITIONS);
    }

    static String withConditionsAndLimits(int tools) {
        return document(tools, THREE_CONDITIONS + ",\n" + TWO_LIMITS);
    }

    private static String document(int tools, String rules) {
        return IntStream.range(0, tools)
                .mapToObj(i -> "\"" + tool(i) + "\": {" + rules.replace("#", Integer.toString(i)) + "}")
                .collect(Collectors.joining(
                        ",\n", "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": {\n", "\n} }\n"));
    }
}
