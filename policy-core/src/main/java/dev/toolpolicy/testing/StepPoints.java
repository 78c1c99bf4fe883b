package dev.toolpolicy.testing;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Explanation.Said;
import dev.toolpolicy.Explanation.Step;
import dev.toolpolicy.Explanation.Tested;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The points of one rule, one limit or one schema: what it can come to for a call, and what each of its tests can say. */
final class StepPoints {
    /** What it comes to for a call. */
    enum Outcome {
        /** It denied the call, asked about it, or was spent. */
        STOPPED,
        /** It let the call through, did not ask, or was charged. */
        PASSED,
        /** It asked about the call, and a person has said yes. */
        APPROVED
    }

    private final Map<Outcome, Point> outcomes;
    /** For each test, in the order in which explanations tell them. */
    private final List<Map<Said, Point>> tests;

    StepPoints(Map<Outcome, Point> outcomes, List<Map<Said, Point>> tests) {
        this.outcomes = new EnumMap<>(Outcome.class);
        this.outcomes.putAll(outcomes);
        this.tests = List.copyOf(tests);
    }

    /** Notes what a step of a decision came to. */
    void saw(Step step, Decision decision) {
        outcome(step, decision).ifPresent(this::saw);
        // Of a rule that was not reached, the tests say what they would have said: that was tried too.
        List<Tested> said = step.tests();
        if (said.size() != tests.size()) throw new IllegalArgumentException("this is another policy's " + step.rule());
        for (int i = 0; i < said.size(); i++) {
            Point point = tests.get(i).get(said.get(i).said());
            if (point != null) point.cover();
        }
    }

    void saw(Outcome outcome) {
        Point point = outcomes.get(outcome);
        if (point != null) point.cover();
    }

    private static Optional<Outcome> outcome(Step step, Decision decision) {
        boolean named = decision.rule().equals(step.rule());
        if (step.said() == Said.NOT_REACHED) return Optional.empty();
        return switch (step.list()) {
            case "require", "arguments_schema" -> judged(step.said() == Said.TRUE, named);
            case "deny_if" -> judged(step.said() == Said.FALSE || step.said() == Said.MISSING, named);
            case "limits" ->
                step.said() != Said.FALSE && decision instanceof Allow ? Optional.of(Outcome.PASSED) : Optional.empty();
            default -> asked(step.said(), decision);
        };
    }

    private static Optional<Outcome> judged(boolean passed, boolean named) {
        if (passed) return Optional.of(Outcome.PASSED);
        return named ? Optional.of(Outcome.STOPPED) : Optional.empty();
    }

    /** A call that a rule asks about is allowed only after a person has said yes. */
    private static Optional<Outcome> asked(Said said, Decision decision) {
        if (said == Said.FALSE) return Optional.of(Outcome.PASSED);
        if (decision instanceof NeedsApproval) return Optional.of(Outcome.STOPPED);
        return decision instanceof Allow ? Optional.of(Outcome.APPROVED) : Optional.empty();
    }
}
