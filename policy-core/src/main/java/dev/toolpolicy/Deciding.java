package dev.toolpolicy;

import dev.toolpolicy.Witness.Judged;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call on its way to a decision that nobody waits for: judged, recorded, told. The steps are those of {@link Evaluator}. */
final class Deciding {
    private final Evaluator evaluator;
    private final Decider decider;
    private final ToolCall call;
    private final String id;
    private final Moment moment;
    private final CompletableFuture<Decision> answer = new CompletableFuture<>();

    Deciding(Evaluator evaluator, Decider decider, ToolCall call, String id) {
        this.evaluator = evaluator;
        this.decider = decider;
        this.call = call;
        this.id = id;
        this.moment = new Moment(evaluator.clock);
    }

    /** Is given the decision, and never fails; to cancel it is to give the decision up. */
    CompletableFuture<Decision> answer() {
        return answer;
    }

    void begin() {
        try {
            PolicySource shadow = evaluator.shadow;
            // The candidate first, for it takes nothing: what this very call takes must not count against it.
            if (shadow == null) enforce(Optional.empty());
            else {
                Course beside = new Course(judged -> enforce(Optional.of(judged)));
                judge(beside, evaluator.shadowTimeLimit, shadow, false);
            }
        } catch (Throwable e) {
            fail();
        }
    }

    private void enforce(Optional<Judged> beside) {
        try {
            long begun = System.nanoTime();
            Course course = new Course(judged -> end(judged, beside, begun));
            judge(course, evaluator.timeLimit, evaluator.source, true);
        } catch (Throwable e) {
            fail();
        }
    }

    private void judge(Course course, @Nullable TimeLimit limit, PolicySource source, boolean takes) {
        Trace trace = evaluator.watched ? new Trace(false) : Trace.OFF;
        // Whoever cancels it, or has already. Once the course is over this says nothing any more.
        CompletableFuture<Decision> unused = answer.whenComplete((said, thrown) -> course.cancel());
        course.begin(limit, () -> decider.decide(source, call, takes, moment, trace, course), trace);
    }

    private void end(Judged judged, Optional<Judged> beside, long begun) {
        try {
            Decision decision = evaluator.watched
                    ? evaluator.witness.decided(id, call, judged, beside, moment, begun)
                    : judged.decision();
            if (!decision.allowed()) Course.giveBack(judged.decision());
            // Cancelled meanwhile: nobody is there to run the call.
            if (!answer.complete(decision)) Course.giveBack(decision);
        } catch (Throwable e) {
            // What was told already stands, and keeps what it took.
            if (fail()) Course.giveBack(judged.decision());
        }
    }

    /** For want of stack or memory. Whatever still goes on finds that nobody waits for it. */
    private boolean fail() {
        return answer.complete(CompiledPolicy.CHECK_FAILED);
    }
}
