package dev.toolpolicy.analysis;

import dev.toolpolicy.Condition;
import dev.toolpolicy.Policy;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedCondition;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.RuleList;
import java.util.List;

/** Conditions that hold of every call, and so say nothing: the tool has a name, the arguments are an object. */
final class AlwaysHolding implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.rules().forEach(rule -> look(rule, subject.calls(), notes));
        subject.limits().forEach(limit -> look(limit, subject.calls(), notes));
    }

    private static void look(PlacedRule rule, Calls calls, Notes notes) {
        boolean lets = rule.list().letsThrough();
        Policy.Rule written = rule.rule();
        if (written.conditions().isEmpty()) return;
        boolean requires = rule.list() == RuleList.REQUIRE;
        if (!calls.exist(requires ? Effect.acting(rule) : Effect.resting(rule))) {
            notes.add(Code.ALWAYS_HOLDS, rule.pointer(), message(rule), hint(rule));
            return;
        }
        parts(rule.conditions(), lets, calls, notes);
    }

    private static String message(PlacedRule rule) {
        String holds = rule.rule().conditions().size() == 1
                ? Shown.condition(rule.rule().conditions().get(0)) + " holds of every call"
                : "these conditions hold of every call";
        return holds
                + switch (rule.list()) {
                    case REQUIRE -> ", so nothing is required";
                    case DENY_IF -> ", so every call is denied";
                    case REQUIRE_APPROVAL_IF -> ", so every call is asked about";
                };
    }

    private static String hint(PlacedRule rule) {
        return switch (rule.list()) {
            case REQUIRE -> "correct the path or the value, or remove the rule";
            case DENY_IF -> "correct the path or the value; to deny the tool, write `\"action\": \"deny\"`";
            case REQUIRE_APPROVAL_IF ->
                "correct the path or the value; to ask always, write `\"action\": \"require_approval\"`";
        };
    }

    private static void look(PlacedLimit limit, Calls calls, Notes notes) {
        List<Condition> when = limit.limit().when();
        if (when.isEmpty()) return;
        if (calls.exist(Calls.suppose(when, false, Says.FALSE))) {
            parts(limit.when(), false, calls, notes);
            return;
        }
        notes.add(
                Code.ALWAYS_HOLDS,
                limit.pointer() + "/when",
                "no call makes these conditions false, so the limit is charged by every call",
                "correct the path or the value, or remove `when`");
    }

    /** One of several conditions, or a test that is true of all that it can judge. */
    private static void parts(List<PlacedCondition> conditions, boolean lets, Calls calls, Notes notes) {
        for (PlacedCondition placed : conditions) {
            Condition condition = placed.condition();
            if (conditions.size() > 1 && !calls.exist(Calls.suppose(List.of(condition), lets, Says.NOT_TRUE))) {
                notes.add(
                        Code.ALWAYS_HOLDS,
                        placed.pointer(),
                        Shown.condition(condition) + " holds of every call, so this condition says nothing",
                        "correct the path or the value, or remove the condition");
            } else if (lets && condition instanceof Condition.Test test && isTrueOfAllTexts(test, true)) {
                notes.add(
                        Code.ALWAYS_HOLDS,
                        placed.pointer(),
                        Shown.condition(condition) + " holds of every string, so only its type is checked",
                        "write what the string is to be, or `\"op\": \"is\", \"value\": \"string\"` if that is meant");
            } else if (isNeverFalse(condition, lets, calls)) {
                neverFalse(placed, lets, notes);
            }
        }
    }

    private static boolean isNeverFalse(Condition condition, boolean lets, Calls calls) {
        if (condition instanceof Condition.Test test && isTrueOfAllTexts(test, lets)) return true;
        // Who writes `in [true, false]` means any boolean.
        return !(condition instanceof Condition.Test)
                && !calls.exist(Calls.suppose(List.of(condition), lets, Says.FALSE))
                && calls.exist(Calls.suppose(List.of(condition), lets, Says.TRUE));
    }

    /** Of what is missing, or of another type, it may say nothing; that is all it tells apart. */
    private static void neverFalse(PlacedCondition placed, boolean lets, Notes notes) {
        String combined = placed.condition() instanceof Condition.AnyOf
                ? "write `all_of` for `any_of`, or correct the values"
                : "correct the value";
        notes.add(
                Code.ALWAYS_HOLDS,
                placed.pointer(),
                Shown.condition(placed.condition()) + " is false of no value, so "
                        + (lets
                                ? "it checks only that there is one of the right type"
                                : "it holds of whatever there is"),
                combined
                        + (lets
                                ? "; if only the type matters, write `\"op\": \"is\"`"
                                : "; if any value is meant, write `\"op\": \"exists\", \"value\": true`"));
    }

    private static boolean isTrueOfAllTexts(Condition.Test test, boolean lets) {
        if (!(test.operand() instanceof Condition.Value value) || !(value.json() instanceof String text)) return false;
        return switch (test.operator()) {
            case STARTS_WITH, ENDS_WITH -> text.isEmpty();
            case REGEX -> text.isEmpty() || text.equals("^") || text.equals("$") || text.equals(".*");
            // A dot takes a line feed only where a match stops the call.
            case MATCHES -> !lets && text.equals(".*");
            default -> false;
        };
    }
}
