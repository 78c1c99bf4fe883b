package dev.toolpolicy;

import dev.toolpolicy.Explanation.Counted;
import dev.toolpolicy.Explanation.Step;
import dev.toolpolicy.Explanation.Tested;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is noted of a decision on its way: nothing, the cause of a failure, or every step. */
final class Trace {
    /** Notes nothing, and so may be shared. */
    static final Trace OFF = new Trace();

    private final boolean complete;
    private final boolean off;
    private final List<Step> steps = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();
    private @Nullable Throwable cause;
    private @Nullable Policy policy;
    private String approval = "";

    private Trace() {
        this.complete = false;
        this.off = true;
    }

    Trace(boolean complete) {
        this.complete = complete;
        this.off = false;
    }

    /** Whether rules are looked at that can change nothing any more, to be told that they were not reached. */
    boolean complete() {
        return complete;
    }

    Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** The digest of the policy that decided, or {@code ""}. */
    String policyDigest() {
        return policy == null ? "" : policy.digest();
    }

    /** The id of the question that was asked or answered, or {@code ""}. */
    String approval() {
        return approval;
    }

    List<Step> steps() {
        return steps;
    }

    List<Counted> counted() {
        return counted;
    }

    List<Violation> violations() {
        return violations;
    }

    void policy(Policy decides) {
        if (!off) policy = decides;
    }

    void approval(String id) {
        if (!off) approval = id;
    }

    void failed(Throwable thrown) {
        if (!off && cause == null) cause = thrown;
    }

    void judged(CompiledRule rule, Verdict verdict, ToolCall call) {
        if (!complete) return;
        List<Tested> tests = tested(rule.check().tests(), call);
        steps.add(new Step(rule.kind().key(), rule.name(), said(verdict), tests));
    }

    private static List<Tested> tested(List<TestCheck> tests, ToolCall call) {
        return tests.stream()
                .map(test -> new Tested(
                        test.test().path().toString(),
                        test.test().operator().word(),
                        Sentences.written(test.test().operand()),
                        said(test, call)))
                .toList();
    }

    /** What its tests would have said is noted all the same: it tells what a suite of tests has tried. */
    void notReached(CompiledRule rule, ToolCall call) {
        if (!complete) return;
        List<Tested> tests = tested(rule.check().tests(), call);
        steps.add(new Step(rule.kind().key(), rule.name(), Explanation.Said.NOT_REACHED, tests));
    }

    void judged(CompiledLimit limit, Verdict verdict, ToolCall call) {
        if (!complete) return;
        steps.add(new Step("limits", limit.name(), said(verdict), tested(limit, call)));
    }

    private static List<Tested> tested(CompiledLimit limit, ToolCall call) {
        Check when = limit.when();
        return when == null ? List.of() : tested(when.tests(), call);
    }

    void restNotReached(CompiledTool tool, ToolCall call) {
        if (!complete) return;
        for (Section part : tool.sections()) {
            if (!part.applies(call)) continue;
            for (CompiledLimit limit : part.limits()) notReached(limit, call);
        }
        askingNotReached(tool, call);
    }

    void askingNotReached(CompiledTool tool, ToolCall call) {
        if (!complete) return;
        for (Section part : tool.sections()) {
            if (!part.applies(call)) continue;
            for (CompiledRule rule : part.asking()) notReached(rule, call);
        }
    }

    void notReached(CompiledLimit limit, ToolCall call) {
        if (!complete) return;
        steps.add(new Step("limits", limit.name(), Explanation.Said.NOT_REACHED, tested(limit, call)));
    }

    void left(CompiledLimit limit, Charge charge, Left left) {
        if (!complete) return;
        counted.add(new Counted(
                limit.name(),
                limit.counter(),
                limit.inAuthorsUnit(charge.units()),
                limit.inAuthorsUnit(left.units()),
                left.untilNext()));
    }

    void checked(String rule, List<Violation> found) {
        if (!complete) return;
        violations.addAll(found);
        steps.add(new Step("arguments_schema", rule, said(Verdict.of(found.isEmpty())), List.of()));
    }

    void notChecked(String rule) {
        if (complete) steps.add(new Step("arguments_schema", rule, Explanation.Said.NOT_REACHED, List.of()));
    }

    /** A test by itself; one that the decision did not get to may fail where the decision did not. */
    private static Explanation.Said said(TestCheck test, ToolCall call) {
        try {
            return said(test.judge(call));
        } catch (Throwable e) {
            return Explanation.Said.NOT_REACHED;
        }
    }

    private static Explanation.Said said(Verdict verdict) {
        return Explanation.Said.valueOf(verdict.name());
    }
}
