package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A schema is one step of a decision, whatever else a policy says: random ones, and the second validator's word on them. */
final class StepOfADecisionTest {
    private static final int POLICIES = 2_000;
    private static final int CALLS_OF_EACH = 6;
    private static final long FIRST_SEED = 70_000_000;

    @Test
    void callsAreDecidedInTheOrderOfTheSteps() {
        Map<String, Long> outcomes = new TreeMap<>();
        for (int i = 0; i < POLICIES; i++) new Subject(FIRST_SEED + i).compare(outcomes);

        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrder(
                        "HIDDEN",
                        "REQUIREMENT_NOT_MET",
                        "FORBIDDEN",
                        "INVALID_ARGUMENTS",
                        "RATE_LIMITED",
                        "NEEDS_APPROVAL",
                        "ALLOW");
        assertThat(outcomes.values())
                .as("%s", outcomes)
                .allMatch(count -> count > POLICIES * (long) CALLS_OF_EACH / 50);
    }

    /** A policy of one tool: a random schema, and around it what may decide before it or after it. */
    private static final class Subject {
        private final long seed;
        private final Dice dice;
        private final RandomValues values;
        private final Map<String, Object> schema;
        private final boolean hidden;
        private final boolean unmet;
        private final boolean forbidden;
        private final boolean limited;
        private final boolean asks;
        private final String document;
        private long left = 2;

        Subject(long seed) {
            this.seed = seed;
            dice = new Dice(seed);
            values = new RandomValues(dice);
            schema = RandomSchemas.next(dice, values, dice.oneIn(2));
            values.referTo(schema);
            hidden = dice.oneIn(12);
            unmet = dice.oneIn(8);
            forbidden = dice.oneIn(8);
            limited = dice.oneIn(2);
            asks = dice.oneIn(3);
            document = Json.canonical(document());
        }

        private Map<String, Object> document() {
            Map<String, Object> tool = new LinkedHashMap<>(Map.of("arguments_schema", schema));
            tool.put("require", List.of(named(unmet ? "another" : "t")));
            tool.put("deny_if", List.of(named(forbidden ? "t" : "another")));
            tool.put("require_approval_if", List.of(named(asks ? "t" : "another")));
            if (limited) tool.put("rate_limit", Map.of("max", left, "window", "day"));
            return Map.of(
                    "version",
                    "1",
                    "default",
                    "deny",
                    "hide",
                    hidden ? List.of("t*") : List.of(),
                    "tools",
                    Map.of("t", tool));
        }

        private static Map<String, Object> named(String tool) {
            return Map.of("path", "tool", "op", "eq", "value", tool);
        }

        void compare(Map<String, Long> outcomes) {
            try (Evaluator evaluator = Evaluator.builder(PolicyParser.with(JsonSchema.validator())
                            .parse(document)
                            .orThrow())
                    .counters(Bucket4jCounters.inMemory())
                    .approvals(InMemoryApprovals.builder().build())
                    .clock(() -> Instant.EPOCH)
                    .build()) {
                IntStream.range(0, CALLS_OF_EACH).forEach(i -> {
                    Map<String, Object> arguments = arguments();
                    String expected = expected(arguments);
                    String text = Json.canonical(arguments);
                    String actual = evaluator
                            .evaluate(ToolCall.parse(Identity.of("alice"), "t", text))
                            .match(
                                    allow -> "ALLOW",
                                    deny -> deny.reason().code().name(),
                                    spent -> "RATE_LIMITED",
                                    asked -> "NEEDS_APPROVAL");
                    assertThat(actual)
                            .as("seed %d%npolicy %s%narguments %s", seed, document, text)
                            .isEqualTo(expected);
                    outcomes.merge(actual, 1L, Long::sum);
                });
            }
        }

        /** Either side is wanted; most schemas are kept to by few arguments. */
        private Map<String, Object> arguments() {
            boolean wanted = dice.upTo(4) < 3;
            Map<String, Object> arguments = values.arguments(schema);
            for (int i = 0; i < 4 && NaiveSchema.accepts(schema, arguments) != wanted; i++)
                arguments = values.arguments(schema);
            return arguments;
        }

        private String expected(Map<String, Object> arguments) {
            if (hidden) return "HIDDEN";
            if (unmet) return "REQUIREMENT_NOT_MET";
            if (forbidden) return "FORBIDDEN";
            if (!NaiveSchema.accepts(schema, arguments)) return "INVALID_ARGUMENTS";
            if (limited && left == 0) return "RATE_LIMITED";
            if (asks) return "NEEDS_APPROVAL";
            if (limited) left--;
            return "ALLOW";
        }
    }
}
