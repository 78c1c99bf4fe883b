package dev.toolpolicy.testing;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Explanation;
import dev.toolpolicy.Identity;
import dev.toolpolicy.TestClock;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import dev.toolpolicy.spi.Violation;
import java.util.List;
import java.util.Optional;

/** A policy, an evaluator of it, and what of the policy the calls have exercised that are made by this. */
final class Measured {
    /** Every schema asks for an argument `a`. */
    private static final ArgumentValidatorFactory WANTS_A = (schema, findings) -> arguments ->
            arguments.containsKey("a") ? List.of() : List.of(new Violation("", "required", "the member a"));

    private static final Identity WHO = Identity.of("alice").with("tenant", "acme");

    private final PolicyDocument document;
    private final Coverage coverage;
    private final InMemoryApprovals approvals;
    private final Evaluator evaluator;
    private Optional<String> asked = Optional.empty();

    private Measured(PolicyDocument document, Coverage coverage) {
        TestClock clock = new TestClock("2026-01-01T12:00:00Z");
        this.document = document;
        this.coverage = coverage;
        this.approvals = InMemoryApprovals.builder().clock(clock).build();
        this.evaluator = Evaluator.builder(document.policy())
                .counters(Bucket4jCounters.inMemory())
                .approvals(approvals)
                .clock(clock)
                .build();
    }

    static PolicyDocument document(String name, String policy) {
        return PolicyDocument.of(name, policy, PolicyParser.with(WANTS_A));
    }

    static Measured of(String policy) {
        PolicyDocument document = document("policy.json", policy);
        return new Measured(document, Coverage.of(document));
    }

    /** The policy of one entry, `pay`. */
    static Measured ofTool(String rules) {
        return of("{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"pay\":" + rules + "}}");
    }

    static Measured in(Coverage coverage, PolicyDocument document) {
        return new Measured(document, coverage);
    }

    Measured call(String tool, String arguments) {
        ToolCall call = ToolCall.parse(WHO, tool, arguments);
        Explanation before = evaluator.explain(call);
        Decision decision = evaluator.evaluate(call);
        if (decision instanceof NeedsApproval needs) asked = Optional.of(needs.approvalId());
        coverage.saw(document, call, before);
        return this;
    }

    /** What the first test of the first rule says of a call. */
    Explanation.Said firstTestSays(String tool, String arguments) {
        Explanation explanation = evaluator.explain(ToolCall.parse(WHO, tool, arguments));
        return explanation.steps().get(0).tests().get(0).said();
    }

    Measured approve() {
        approvals.approve(asked.orElseThrow(), "carol");
        return this;
    }

    Measured reject() {
        approvals.reject(asked.orElseThrow(), "carol", "no");
        return this;
    }

    Coverage coverage() {
        return coverage;
    }

    /** What is missed at one place. */
    List<String> missedAt(String pointer) {
        return coverage.missed().stream()
                .filter(missed -> missed.pointer().equals(pointer))
                .map(Coverage.Missed::message)
                .toList();
    }
}
