package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.json.Json;
import java.util.List;
import java.util.Optional;

/** Rules about an argument that may be left out: a {@code deny_if} does not match then, and whoever approves is asked each time. */
final class Evasions implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        Presence presence = new Presence(subject);
        for (Section section : subject.outline().sections()) {
            for (PlacedRule rule : section.rules()) {
                if (rule.list() == RuleList.REQUIRE || !subject.calls().exist(Effect.acting(rule))) continue;
                for (PlacedTest placed : rule.tests()) {
                    if (waves(placed)) filledInAllTheSame(section, rule, placed, subject, notes);
                }
                for (PlacedTest placed : Presence.open(rule)) {
                    if (presence.mayBeMissing(Presence.neededBy(placed.test()), section)
                            && presence.mayBeMissing(placed.path(), section)) {
                        note(section, rule, placed, subject, notes);
                    }
                }
            }
        }
    }

    /** Whether its author says that what is left out is no match. */
    private static boolean waves(PlacedTest placed) {
        return placed.test().ifMissing() == (placed.negated() ? IfMissing.TRUE : IfMissing.FALSE);
    }

    /** What is left out is said to be harmless, and the server makes of it the very thing that the rule is about. */
    private static void filledInAllTheSame(
            Section section, PlacedRule rule, PlacedTest placed, Subject subject, Notes notes) {
        String tool = FilledIn.of(placed, servedTo(section, subject)).toolThatMatches();
        if (tool == null) return;
        notes.add(
                Code.SERVER_FILLS_IN,
                placed.pointer(),
                "the server fills in " + Shown.quoted(placed.path().toString()) + " where a call of "
                        + Shown.quoted(tool)
                        + " leaves it out, with what this rule is about, and `if_missing` lets that through",
                rule.list() == RuleList.DENY_IF
                        ? "write `\"if_missing\": " + !placed.negated() + "`: what is left out is then denied"
                        : "remove `if_missing`: what is left out is then asked about");
    }

    private static void note(Section section, PlacedRule rule, PlacedTest placed, Subject subject, Notes notes) {
        String path = Shown.quoted(placed.path().toString());
        boolean broad = isBroad(section, placed.path(), subject);
        FilledIn filledIn = FilledIn.of(placed, servedTo(section, subject));
        if (rule.list() == RuleList.REQUIRE_APPROVAL_IF) {
            // To ask is right where the server makes of it what the rule asks about.
            if (isDemanded(section, placed.path(), subject) || filledIn.toolThatMatches() != null) return;
            boolean alone = rule.tests().size() == 1;
            notes.add(
                    Code.ASKS_IF_MISSING,
                    placed.pointer(),
                    "to leave out " + path + " counts as a match here, so such a call " + (alone ? "is" : "may be")
                            + " asked about as well",
                    "add `\"if_missing\": " + placed.negated()
                            + "` if leaving it out is harmless, or "
                            + (broad
                                    ? "write the rule for those tools that have such an argument"
                                    : "have `require` demand it"));
            return;
        }
        if (filledIn.isHarmlessEverywhere()) return;
        String filling = filledIn.toolThatMayMatch();
        if (filling != null) {
            notes.add(
                    Code.SERVER_FILLS_IN,
                    placed.pointer(),
                    "the server fills in " + path + " where a call of " + Shown.quoted(filling)
                            + " leaves it out, and that gets past this test",
                    hint(rule, placed, broad));
        } else {
            notes.add(
                    Code.EVADED_BY_OMISSION,
                    placed.pointer(),
                    "to leave out " + path + " gets past this test, and the server may fill in a default of its own",
                    hint(rule, placed, broad));
        }
    }

    /** Whether the server itself says that it cannot be left out: then hardly anybody is asked for that. */
    private static boolean isDemanded(Section section, CallPath path, Subject subject) {
        List<ServerTools.ServerTool> tools = servedTo(section, subject);
        return !tools.isEmpty() && tools.stream().allMatch(tool -> SchemaWords.mayRequire(tool.inputSchema(), path));
    }

    private static List<ServerTools.ServerTool> servedTo(Section section, Subject subject) {
        return subject.served().map(served -> served.of(section)).orElse(List.of());
    }

    /** Whether the rule is perhaps for tools too that have no such argument: to demand it there would deny all their calls. */
    private static boolean isBroad(Section section, CallPath path, Subject subject) {
        if (section.tools().size() == 1 && section.tools().get(0).exact()) return false;
        return subject.served()
                .map(served ->
                        served.of(section).stream().anyMatch(tool -> SchemaWords.at(tool.inputSchema(), path) == null))
                .orElse(true);
    }

    private static String hint(PlacedRule rule, PlacedTest placed, boolean broad) {
        boolean alone =
                rule.conditions().size() == 1 && rule.conditions().get(0).condition() instanceof Test;
        String missing = "`\"if_missing\": " + !placed.negated() + "`: what is left out is then "
                + (alone ? "denied too" : "a match too");
        if (broad) return "write this rule for those tools that have such an argument, with " + missing;
        if (placed.negated()) return "add " + missing;
        // What stands beside other conditions forbids less than its opposite would.
        return opposite(placed.test())
                .filter(require -> alone)
                .map(require -> "write what is allowed, in `require`: `" + require + "`; or add " + missing)
                .orElse("add " + missing + "; or write what is allowed, in `require`");
    }

    private static Optional<String> opposite(Test test) {
        if (!(test.operand() instanceof Value value)) return Optional.empty();
        String op = switch (test.operator()) {
            case LT -> "gte";
            case LTE -> "gt";
            case GT -> "lte";
            case GTE -> "lt";
            default -> "";
        };
        if (op.isEmpty() || Operator.of(op).isEmpty()) return Optional.empty();
        return Optional.of(
                "{ \"path\": " + Json.canonical(Json.shown(test.path().toString())) + ", \"op\": \"" + op
                        + "\", \"value\": " + Json.shown(Json.canonical(value.json())) + " }");
    }
}
