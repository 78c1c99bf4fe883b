package dev.toolpolicy.testing;

import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.Explanation.Said;
import dev.toolpolicy.Limit;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.testing.Point.Spot;
import dev.toolpolicy.testing.StepPoints.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the points of the rules, the limits and the schema of one part of a policy. */
final class RulePoints {
    private static final int LONGEST_VALUE = 60;

    private final List<Point> points;
    private final String calls;

    /** @param calls which calls the part is for, in words */
    RulePoints(List<Point> points, String calls) {
        this.points = points;
        this.calls = calls;
    }

    StepPoints rule(PlacedRule rule) {
        boolean always = rule.rule().conditions().isEmpty();
        Map<Outcome, Point> outcomes =
                rule.list() == RuleList.REQUIRE_APPROVAL_IF ? asking(rule.pointer(), always) : denying(rule, always);
        return new StepPoints(outcomes, tests(rule.tests()));
    }

    private Map<Outcome, Point> denying(PlacedRule rule, boolean always) {
        Spot spot = new Spot(points, PointKind.RULES, rule.pointer());
        boolean requires = rule.list().letsThrough();
        String holds = calls + (always ? "" : " so that it holds") + ", and nothing before it denies the call";
        String fails = calls + " so that it does not hold, and nothing before it denies the call";
        Map<Outcome, Point> outcomes = new EnumMap<>(Outcome.class);
        outcomes.put(Outcome.STOPPED, spot.add("denied a call", "no call was denied by it", requires ? fails : holds));
        if (always) return outcomes;
        outcomes.put(
                Outcome.PASSED, spot.add("let a call through", "it let no call through", requires ? holds : fails));
        return outcomes;
    }

    /** An entry that asks always. */
    StepPoints action(String pointer) {
        return new StepPoints(asking(pointer, true), List.of());
    }

    private Map<Outcome, Point> asking(String pointer, boolean always) {
        Spot spot = new Spot(points, PointKind.APPROVALS, pointer);
        String holds = calls + (always ? "" : " so that it holds");
        Map<Outcome, Point> outcomes = new EnumMap<>(Outcome.class);
        outcomes.put(
                Outcome.STOPPED,
                spot.add("asked", "it asked about no call", holds + ", and nothing denies or limits the call"));
        outcomes.put(
                Outcome.APPROVED,
                spot.add(
                        "approved",
                        "no call that it asked about was approved",
                        holds + ", approve it, and make the same call again"));
        if (always) return outcomes;
        outcomes.put(
                Outcome.PASSED,
                spot.add(
                        "did not ask",
                        "it let no call through without asking",
                        calls + " so that it does not hold, and nothing denies the call"));
        return outcomes;
    }

    StepPoints schema(String pointer) {
        Spot spot = new Spot(points, PointKind.SCHEMAS, pointer);
        String denies = ", and no rule denies the call";
        Point kept = spot.add(
                "let a call through", "it let no call through", calls + " with arguments that keep to it" + denies);
        Point broken =
                spot.add("denied a call", "no call was denied by it", calls + " with arguments that break it" + denies);
        return new StepPoints(Map.of(Outcome.PASSED, kept, Outcome.STOPPED, broken), List.of());
    }

    StepPoints limit(PlacedLimit placed) {
        Spot spot = new Spot(points, PointKind.LIMITS, placed.pointer());
        Limit limit = placed.limit();
        String when = limit.when().isEmpty() ? "" : " so that its `when` holds";
        String stays = when.isEmpty() ? " so that nothing stops the call" : ", and nothing stops the call";
        Point charged = spot.add("was charged", "no allowed call was charged to it", calls + when + stays);
        Point spent = spot.add("was spent", "no call found it spent", calls + when + more(limit));
        return new StepPoints(Map.of(Outcome.PASSED, charged, Outcome.STOPPED, spent), tests(placed.tests()));
    }

    private static String more(Limit limit) {
        Limit.Counter counter = limit.counter();
        String most = limit.amount() instanceof Limit.One
                ? ", " + (counter.max() + 1) + " times"
                : ", for more than " + counter.max() + " together,";
        return most + " in one window of " + counter.windowSeconds() + " s";
    }

    private List<Map<Said, Point>> tests(List<PlacedTest> tests) {
        return tests.stream().map(this::test).toList();
    }

    private Map<Said, Point> test(PlacedTest placed) {
        Spot spot = new Spot(points, PointKind.CONDITIONS, placed.pointer());
        Test test = placed.test();
        String text = "`" + text(test) + "`";
        Map<Said, Point> said = new EnumMap<>(Said.class);
        said.put(Said.TRUE, said(spot, text, "true", " so that " + text + " is true"));
        said.put(Said.FALSE, said(spot, text, "false", " so that " + text + " is false"));
        Undecided.hint(test)
                .ifPresent(how -> said.put(Said.UNDECIDABLE, said(spot, text, "undecidable", " and " + how)));
        if (Undecided.canBeMissing(test)) {
            said.put(Said.MISSING, spot.addUncounted("missing", text + " was never missing", calls + " without it"));
        }
        return said;
    }

    private Point said(Spot spot, String text, String label, String how) {
        return spot.add(label, text + " was never " + label, calls + how);
    }

    private static String text(Test test) {
        String operand = test.operand() instanceof ValueFrom from
                ? from.path().toString()
                : Json.canonical(((Value) test.operand()).json());
        return Json.shown(test.path().toString())
                + ' '
                + test.operator().word()
                + ' '
                + Json.shown(operand, LONGEST_VALUE);
    }
}
