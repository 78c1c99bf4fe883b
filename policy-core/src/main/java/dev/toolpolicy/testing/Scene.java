package dev.toolpolicy.testing;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Explanation;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyDocument;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An evaluator with counters and approvals of its own, on a clock that is turned: what one case, or one tester, plays in. */
final class Scene {
    /**
     * One call and what was said of it.
     *
     * @param judged the call and how it was judged; empty if it could not even be made
     * @param why what led to it, as text that is only made for a failure: a call may be repeated a million times
     */
    record Answer(Decision decision, Optional<Judged> judged, Supplier<String> why) {
        Told told() {
            return Told.of(decision);
        }

        /** The question, if the call is one that a person is asked about. */
        Optional<String> asked() {
            return decision instanceof NeedsApproval needs ? Optional.of(needs.approvalId()) : Optional.empty();
        }
    }

    /**
     * A call that was judged.
     *
     * @param governing the document of the policy that governs the caller, if its text is known
     * @param before what was said of it just before it was made
     */
    record Judged(ToolCall call, Optional<PolicyDocument> governing, Explanation before) {
        /** Notes what the call exercises, if it is one of these policies that governs it. */
        void addTo(Coverage coverage, List<PolicyDocument> measured) {
            governing.filter(measured::contains).ifPresent(document -> coverage.saw(document, call, before));
        }
    }

    /** A way to make a call, which may turn out to be malformed. */
    record Attempt(String tool, Supplier<Identity> who, CallMaker call) {}

    /** Makes a call for a caller. */
    @FunctionalInterface
    interface CallMaker {
        ToolCall of(Identity who);
    }

    private final TurnedClock clock;
    private final Served served;
    private final InMemoryApprovals approvals;
    private final Evaluator evaluator;
    private Optional<String> asked = Optional.empty();

    Scene(Served.Policies policies, TurnedClock clock) {
        this.clock = clock;
        this.served = new Served(policies);
        this.approvals = InMemoryApprovals.builder().clock(clock).build();
        this.evaluator = Evaluator.builder(served)
                .counters(Bucket4jCounters.inMemory())
                .approvals(approvals)
                .clock(clock)
                .build();
    }

    TurnedClock clock() {
        return clock;
    }

    void reload(Served.Policies policies) {
        served.reload(policies);
    }

    /** Makes a call. What is said of it is explained before, for afterwards its limits are charged. */
    Answer call(Attempt attempt) {
        Identity who = null;
        try {
            who = attempt.who().get();
            return judged(attempt.call().of(who));
        } catch (MalformedCallException e) {
            return malformed(who, attempt.tool(), e);
        }
    }

    private Answer judged(ToolCall call) {
        Explanation before = evaluator.explain(call);
        Decision decision = evaluator.evaluate(call);
        if (decision instanceof NeedsApproval needs) asked = Optional.of(needs.approvalId());
        Judged judged = new Judged(call, served.documentFor(call.identity()), before);
        return new Answer(decision, Optional.of(judged), before::toString);
    }

    private Answer malformed(@Nullable Identity who, String tool, MalformedCallException e) {
        Decision denied = evaluator.malformed(who, tool, e);
        return new Answer(denied, Optional.empty(), () -> "the call is malformed: " + e.getMessage() + "\n");
    }

    /**
     * Says yes to the question that was asked last.
     *
     * @throws AssertionError if there is none
     */
    void approve(String who) {
        approve(question(), who);
    }

    /** Says yes to a question. */
    void approve(String question, String who) {
        approvals.approve(question, who);
    }

    /**
     * Says no to the question that was asked last.
     *
     * @throws AssertionError if there is none
     */
    void reject(String who) {
        reject(question(), who);
    }

    /** Says no to a question. */
    void reject(String question, String who) {
        approvals.reject(question, who, "");
    }

    private String question() {
        return asked.orElseThrow(() -> new AssertionError("no call before has asked for approval"));
    }
}
