package dev.toolpolicy.testing;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Reason;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyDocument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls under a policy, with counters, approvals and a clock of its own, and checks what is said of them.
 *
 * <p>The clock stands still at the beginning of 2026 until it is turned. A call that is not decided as expected throws an
 * {@link AssertionError} that says what was expected, what was decided, and why. Not for several threads.
 */
public final class PolicyTester {
    private static final Identity AGENT = Identity.of("agent");

    private final Scene scene;
    private final Identity who;
    private final Consumer<Scene.Judged> seen;

    private PolicyTester(Scene scene, Identity who, Consumer<Scene.Judged> seen) {
        this.scene = scene;
        this.who = who;
        this.seen = seen;
    }

    /** A tester of this policy, calling as the grant {@code agent} until told otherwise. */
    public static PolicyTester of(Policy policy) {
        return of(Served.Policies.of(requireNonNull(policy, "policy")), judged -> {});
    }

    /** The same, and what its calls exercise of the policy is noted. */
    public static PolicyTester of(PolicyDocument document, Coverage coverage) {
        coverage.add(document);
        return of(Served.Policies.of(document), judged -> judged.addTo(coverage, List.of(document)));
    }

    private static PolicyTester of(Served.Policies policies, Consumer<Scene.Judged> seen) {
        return new PolicyTester(new Scene(policies, new TurnedClock(TurnedClock.BEGINNING)), AGENT, seen);
    }

    /**
     * Turns the clock.
     *
     * @param instant as {@code 2026-01-01T00:00:00Z}, or from now on, as {@code +30s} or {@code +1h30m}
     * @throws IllegalArgumentException if it is neither
     */
    public PolicyTester at(String instant) {
        Instant now = scene.clock().instant();
        return at(Spans.instant(requireNonNull(instant, "instant"), now)
                .orElseThrow(() -> new IllegalArgumentException(
                        "found `" + instant + "`, expected an instant such as `2026-01-01T00:00:00Z`, or `+30s`")));
    }

    /** Turns the clock. */
    public PolicyTester at(Instant instant) {
        scene.clock().turnTo(requireNonNull(instant, "instant"));
        return this;
    }

    /** The same tester, whose calls are somebody else's: clock, counters and approvals are shared. */
    public PolicyTester as(Identity identity) {
        return new PolicyTester(scene, requireNonNull(identity, "identity"), seen);
    }

    /** The policy changes: what was used stays used. */
    public PolicyTester reload(Policy policy) {
        scene.reload(Served.Policies.of(requireNonNull(policy, "policy")));
        return this;
    }

    /** Calls a tool without arguments. */
    public Called call(String tool) {
        return call(tool, Map.of());
    }

    /** Calls a tool. */
    public Called call(String tool, Map<String, ?> arguments) {
        return calls(1, tool, arguments);
    }

    /** Calls a tool with arguments as an agent sends them: text, which may be malformed. */
    public Called call(String tool, String argumentsJson) {
        requireNonNull(argumentsJson, "argumentsJson");
        return calls(1, tool, caller -> ToolCall.parse(caller, tool, argumentsJson));
    }

    /** Makes the same call several times over; what is expected is expected of each. */
    public Called calls(int times, String tool, Map<String, ?> arguments) {
        requireNonNull(arguments, "arguments");
        return calls(times, tool, caller -> ToolCall.of(caller, tool, arguments));
    }

    private Called calls(int times, String tool, Scene.CallMaker call) {
        requireNonNull(tool, "tool");
        if (times < 1) throw new IllegalArgumentException("times must be at least 1, got " + times);
        return new Called(scene, new Scene.Attempt(tool, () -> who, call), seen, times);
    }

    /** A call, or several alike, that were made: what is expected of them. Each check throws an {@link AssertionError} if it fails. */
    public static final class Called {
        private final Scene scene;
        private final Scene.Attempt attempt;
        private final Consumer<Scene.Judged> seen;
        private final List<Scene.Answer> answers = new ArrayList<>();
        /** What is expected so far, so that a failure tells all of it. */
        private @Nullable Told expected;

        private Called(Scene scene, Scene.Attempt attempt, Consumer<Scene.Judged> seen, int times) {
            this.scene = scene;
            this.attempt = attempt;
            this.seen = seen;
            for (int i = 0; i < times; i++) {
                Scene.Answer answer = scene.call(attempt);
                answer.judged().ifPresent(seen);
                answers.add(answer);
            }
        }

        /** It may run. */
        public Called isAllowed() {
            return expect(Told.only(Told.ALLOW));
        }

        /**
         * It is denied by the policy, for whatever reason. That it is malformed, or could not be checked, is not enough: who expects
         * that gives the code.
         */
        public Called isDenied() {
            return expect(Told.only(Told.DENY));
        }

        /** It is denied for this reason. */
        public Called isDenied(Reason.Code code) {
            return expect(Told.only(Told.DENY).withCode(code));
        }

        /** It has to wait, for a limit is spent. */
        public Called isRateLimited() {
            return expect(Told.only(Told.RATE_LIMITED));
        }

        /** A person is asked first. */
        public Called needsApproval() {
            return expect(Told.only(Told.NEEDS_APPROVAL));
        }

        /** It was this rule that decided: its id, else its pointer. To be said after the decision that is expected. */
        public Called by(String rule) {
            return expect(soFar().withRule(rule));
        }

        /** This is what the agent is told, or the person who is asked. To be said after the decision that is expected. */
        public Called saying(String message) {
            return expect(soFar().withMessage(message));
        }

        /** This long it has to wait. To be said after {@link #isRateLimited}. */
        public Called retryAfter(Duration wait) {
            return expect(soFar().withRetryAfter(wait));
        }

        /** This much is left of the limit, in the policy's own unit. To be said after {@link #isRateLimited}. */
        public Called remaining(long left) {
            return expect(soFar().withRemaining(BigDecimal.valueOf(left)));
        }

        private Told soFar() {
            if (expected == null) throw new IllegalStateException("say first what is decided: `isDenied()`, say");
            return expected;
        }

        private Called expect(Told more) {
            expected = more;
            for (int i = 0; i < answers.size(); i++) {
                Scene.Answer answer = answers.get(i);
                if (more.isMetBy(answer.told())) continue;
                String which = answers.size() == 1 ? "" : ", call " + (i + 1) + " of " + answers.size();
                throw new AssertionError(Failure.text(attempt.tool() + which, more, answer));
            }
            return this;
        }

        /** A person says yes, and the same call is made once more. */
        public Called approvedBy(String who) {
            needsApproval();
            scene.approve(question(), who);
            return new Called(scene, attempt, seen, 1);
        }

        /** A person says no, and the same call is made once more. */
        public Called rejectedBy(String who) {
            needsApproval();
            scene.reject(question(), who);
            return new Called(scene, attempt, seen, 1);
        }

        /** Its own, whatever was asked since. */
        private String question() {
            return answers.get(answers.size() - 1).asked().orElseThrow();
        }

        /** What was decided; of several calls, of the last. */
        public Decision decision() {
            return answers.get(answers.size() - 1).decision();
        }
    }
}
