package dev.toolpolicy.analysis;

import dev.toolpolicy.Condition;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedCondition;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.RuleList;
import java.util.List;

/** Conditions that can never all be true: no number is above 10 and below 5, no argument is absent and a string. */
final class Contradictions implements Check {
    private static final int MOST_PAIRED = 30;
    private static final String HINT = "correct the value or the path that is wrong";

    @Override
    public void look(Subject subject, Notes notes) {
        subject.rules().forEach(rule -> look(rule, subject.calls(), notes));
        subject.limits().forEach(limit -> look(limit, subject.calls(), notes));
    }

    private static void look(PlacedRule rule, Calls calls, Notes notes) {
        List<Condition> conditions = rule.rule().conditions();
        boolean lets = rule.list().letsThrough();
        if (calls.exist(Calls.suppose(conditions, lets, Says.TRUE))) {
            branches(rule.conditions(), lets, calls, notes);
            return;
        }
        notes.add(
                Code.CONTRADICTION,
                rule.pointer(),
                why(conditions, lets, calls) + ", so this rule " + follows(rule, calls),
                HINT + (lets ? "; to deny the tool, write `\"action\": \"deny\"`" : ", or remove the rule"));
    }

    private static String follows(PlacedRule rule, Calls calls) {
        if (rule.list() == RuleList.REQUIRE) return "denies every call";
        boolean asks = rule.list() == RuleList.REQUIRE_APPROVAL_IF;
        if (!calls.exist(Effect.acting(rule))) return asks ? "never asks" : "never denies a call";
        return asks ? "asks only where something is missing or cannot be judged" : "denies only what cannot be judged";
    }

    private static void look(PlacedLimit limit, Calls calls, Notes notes) {
        List<Condition> when = limit.limit().when();
        if (when.isEmpty()) return;
        if (calls.exist(Calls.suppose(when, false, Says.TRUE))) {
            branches(limit.when(), false, calls, notes);
            return;
        }
        boolean never = !calls.exist(Calls.suppose(when, false, Says.NOT_FALSE));
        notes.add(
                Code.CONTRADICTION,
                limit.pointer() + "/when",
                why(when, false, calls) + ", so this limit is "
                        + (never ? "never charged" : "charged only where something is missing or cannot be judged"),
                "correct the value or the path that is wrong, or remove the limit");
    }

    /** The one condition, or the two, that cannot be true; else all of them. */
    private static String why(List<Condition> conditions, boolean lets, Calls calls) {
        List<Condition> some = conditions.subList(0, Math.min(MOST_PAIRED, conditions.size()));
        for (Condition one : some) {
            if (!calls.exist(Calls.suppose(List.of(one), lets, Says.TRUE))) {
                return Shown.condition(one) + " is never true";
            }
        }
        for (int i = 1; i < some.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (calls.exist(Calls.suppose(List.of(some.get(j), some.get(i)), lets, Says.TRUE))) continue;
                return Shown.condition(some.get(j)) + " and " + Shown.condition(some.get(i)) + " are never both true";
            }
        }
        return "these conditions are never all true";
    }

    /** Parts of an {@code any_of} that are never the one that is true. */
    private static void branches(List<PlacedCondition> conditions, boolean lets, Calls calls, Notes notes) {
        for (PlacedCondition placed : conditions) {
            if (placed.condition() instanceof Condition.Not) continue;
            branches(placed.parts(), lets, calls, notes);
            if (!(placed.condition() instanceof Condition.AnyOf)) continue;
            for (PlacedCondition part : placed.parts()) {
                List<Condition> only =
                        part.condition() instanceof Condition.AllOf all ? all.conditions() : List.of(part.condition());
                if (calls.exist(Calls.suppose(only, lets, Says.TRUE))) continue;
                notes.add(
                        Code.CONTRADICTION,
                        part.pointer(),
                        why(only, lets, calls) + ", so this part of `any_of` is never the one that holds",
                        "correct the value or the path that is wrong, or remove this part");
            }
        }
    }
}
