package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a call is decided as it is: every rule that was looked at, and what it said. For operators; an agent gets a {@link Refusal}. */
public final class Explanation {
    private static final int LONGEST_CAUSE = 1_000;

    private final ToolCall call;
    private final Decision decision;
    private final List<Step> steps;
    private final List<Violation> violations;
    private final List<Counted> counted;
    private final Optional<Throwable> cause;

    Explanation(ToolCall call, Decision decision, Trace trace) {
        this.call = call;
        this.decision = decision;
        this.steps = List.copyOf(trace.steps());
        this.violations = List.copyOf(trace.violations());
        this.counted = List.copyOf(trace.counted());
        this.cause = trace.cause();
    }

    /** What {@code evaluate} says of the same call. */
    public Decision decision() {
        return decision;
    }

    /** The rules, in the order in which they are looked at. */
    public List<Step> steps() {
        return steps;
    }

    /** Everything in which the arguments break their schema. */
    public List<Violation> violations() {
        return violations;
    }

    /** What the call would charge, and what is left; empty if it does not come to that. */
    public List<Counted> counted() {
        return counted;
    }

    /** What a check threw, if that is why the call is denied. */
    public Optional<Throwable> cause() {
        return cause;
    }

    /** The same as plain maps, lists and strings. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tool", call.tool());
        map.put("grant", call.identity().grant());
        map.put("outcome", outcome());
        map.put("rule", decision.rule());
        map.put("message", message());
        map.put("steps", steps.stream().map(Step::toMap).toList());
        map.put("violations", violations.stream().map(Explanation::toMap).toList());
        map.put("counted", counted.stream().map(Counted::toMap).toList());
        cause.ifPresent(thrown -> map.put("cause", thrown.toString()));
        return Collections.unmodifiableMap(map);
    }

    /** The same as text. What others chose, an argument's name or an exception's text, cannot end a line of it. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(call.tool())
                .append(": ")
                .append(outcome())
                .append(named(decision.rule()))
                .append('\n');
        if (!message().isEmpty()) out.append("  ").append(message()).append('\n');
        for (Step step : steps) {
            out.append("  ")
                    .append(step.list())
                    .append(named(step.rule()))
                    .append(": ")
                    .append(step.said())
                    .append('\n');
            // What a rule would have said is no reason for what was decided.
            if (step.said() == Said.NOT_REACHED) continue;
            for (Tested test : step.tests()) {
                out.append("    ")
                        .append(test.path())
                        .append(' ')
                        .append(test.operator())
                        .append(' ')
                        .append(test.operand())
                        .append(": ")
                        .append(test.said())
                        .append('\n');
            }
        }
        for (Violation violation : violations) {
            out.append("  ")
                    .append(Sentences.place(violation))
                    .append(": expected ")
                    .append(violation.expected())
                    .append('\n');
        }
        for (Counted one : counted) {
            out.append("  ")
                    .append(one.rule())
                    .append(" counts ")
                    .append(one.amount().toPlainString())
                    .append(" to `")
                    .append(Json.shown(one.counter()))
                    .append("`: ")
                    .append(one.left().toPlainString())
                    .append(" left, the next window begins in ")
                    .append(Sentences.wholeSeconds(one.untilNext()))
                    .append(" s\n");
        }
        cause.ifPresent(thrown -> out.append("  cause: ")
                .append(Json.shown(thrown.toString(), LONGEST_CAUSE))
                .append('\n'));
        return out.toString();
    }

    private String outcome() {
        return decision.match(
                allow -> "ALLOW",
                deny -> deny.reason().code().name(),
                limited -> "RATE_LIMITED",
                asked -> "NEEDS_APPROVAL");
    }

    private String message() {
        return decision.match(
                allow -> "", deny -> deny.reason().message(), limited -> limited.message(), asked -> asked.question());
    }

    private static String named(String rule) {
        return rule.isEmpty() ? "" : " by " + rule;
    }

    private static Map<String, Object> toMap(Violation violation) {
        return Map.of("pointer", violation.pointer(), "keyword", violation.keyword(), "expected", violation.expected());
    }

    /** What a rule or a test said. */
    public enum Said {
        TRUE,
        FALSE,
        /** What is there is of a type that cannot be judged. */
        UNDECIDABLE,
        /** Nothing is there. */
        MISSING,
        /** An earlier rule had decided, or the check failed here. */
        NOT_REACHED;

        /** The word in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One rule that was looked at, or was not reached.
     *
     * @param list in which list it stands
     * @param rule its id, else its JSON Pointer
     * @param tests what each of its tests says by itself; of a rule that was not reached, what it would have said
     */
    public record Step(String list, String rule, Said said, List<Tested> tests) {
        public Step {
            requireNonNull(list, "list");
            requireNonNull(rule, "rule");
            requireNonNull(said, "said");
            tests = List.copyOf(tests);
        }

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("list", list);
            map.put("rule", rule);
            map.put("said", said.toString());
            List<Tested> reasons = said == Said.NOT_REACHED ? List.of() : tests;
            map.put("tests", reasons.stream().map(Tested::toMap).toList());
            return Collections.unmodifiableMap(map);
        }
    }

    /**
     * What the call would charge to one counter.
     *
     * @param rule the limit's id, else its JSON Pointer
     * @param amount in the author's unit
     * @param left what is left of the window, in the author's unit
     * @param untilNext how long until the next window begins
     */
    public record Counted(String rule, String counter, BigDecimal amount, BigDecimal left, Duration untilNext) {
        public Counted {
            requireNonNull(rule, "rule");
            requireNonNull(counter, "counter");
            requireNonNull(amount, "amount");
            requireNonNull(left, "left");
            requireNonNull(untilNext, "untilNext");
        }

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("rule", rule);
            map.put("counter", counter);
            map.put("amount", amount.toPlainString());
            map.put("left", left.toPlainString());
            map.put("secondsUntilNext", String.valueOf(Sentences.wholeSeconds(untilNext)));
            return Collections.unmodifiableMap(map);
        }
    }

    /**
     * One test of a rule.
     *
     * @param path what it read
     * @param operator how it compared
     * @param operand with what: a value as the policy gives it, cut off where it is long, or the path that it is found at
     */
    public record Tested(String path, String operator, String operand, Said said) {
        public Tested {
            requireNonNull(path, "path");
            requireNonNull(operator, "operator");
            requireNonNull(operand, "operand");
            requireNonNull(said, "said");
        }

        private Map<String, Object> toMap() {
            return Map.of("path", path, "op", operator, "operand", operand, "said", said.toString());
        }
    }
}
