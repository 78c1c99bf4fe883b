package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A policy and calls of its tools, all of which it answers alike. */
public enum Workload {
    /** Calls of tools that have no rules: allowed. */
    NO_RULES(true),
    /** Calls of tools that the policy does not list: denied by default. */
    NOT_LISTED(false),
    /** Three conditions, all of which hold: allowed. */
    CONDITIONS_HOLD(true),
    /** Three conditions, one of which does not hold: denied. */
    CONDITION_FAILS(false);

    /** How many calls there are, one after the other in turn, so that a branch does not go the same way every time. */
    static final int CALLS = 64;

    private static final Identity AGENT =
            Identity.of("alice-laptop").withSession("s-1").with("tenant", "acme");

    private final boolean allowed;

    Workload(boolean allowed) {
        this.allowed = allowed;
    }

    /** What is right for each of the calls. */
    boolean allowed() {
        return allowed;
    }

    /** The library, with a policy for so many tools. */
    Evaluator evaluator(int tools) {
        String document = this == NO_RULES ? Documents.withoutRules(tools) : Documents.withThreeConditions(tools);
        return Evaluator.builder(PolicyParser.standard().parse(document).orThrow())
                .build();
    }

    /** The same by hand: for each tool a compiled lambda. */
    Map<String, Predicate<ToolCall>> floor(int tools) {
        Map<String, Predicate<ToolCall>> rules = new HashMap<>();
        for (int i = 0; i < tools; i++) {
            rules.put(Documents.tool(i), this == NO_RULES ? call -> true : ByHand.threeConditions(500));
        }
        return rules;
    }

    /** Calls of tools that lie apart in the policy. */
    ToolCall[] calls(int tools) {
        return IntStream.range(0, CALLS)
                .mapToObj(i -> ToolCall.parse(AGENT, tool(i, tools), arguments(i)))
                .toArray(ToolCall[]::new);
    }

    private String tool(int call, int tools) {
        return this == NOT_LISTED ? "delete_charge_" + call : Documents.tool((int) ((long) call * tools / CALLS));
    }

    /** Four arguments; where they are to be wrong, in one of four ways by turns. */
    private String arguments(int call) {
        boolean wrong = this == CONDITION_FAILS;
        String amount = call % 2 == 0 ? "" + 7 * call : 7 * call + ".95";
        String currency = call % 3 == 0 ? "eur" : "usd";
        String tenant = "acme";
        if (wrong && call % 4 == 0) currency = "gbp";
        if (wrong && call % 4 == 1) amount = "500.01";
        if (wrong && call % 4 == 2) amount = "\"100\"";
        if (wrong && call % 4 == 3) tenant = "globex";
        return charge(call, amount, currency, tenant);
    }

    static String charge(int number, String amount, String currency, String tenant) {
        return """
                { "customer": "cus_%04d", "amount": %s, "currency": "%s", "tenant": "%s" }""".formatted(number, amount, currency, tenant);
    }
}
