package dev.toolpolicy;

import dev.toolpolicy.Reference.Answer;
import dev.toolpolicy.Reference.Call;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Where a {@link History} happens twice: to the library and to the reference. */
final class Stage {
    private static final Instant BEGIN = Instant.parse("2026-01-01T11:59:50Z");

    private final Map<String, Long> seen;
    private final boolean oneCounter;

    private final TestClock clock = new TestClock(BEGIN.toString());
    private final TestClock peoplesClock = new TestClock(BEGIN.toString());
    private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
    private final InMemoryApprovals approvals = InMemoryApprovals.builder()
            .pendingAtMost(NaiveQuestions.PER_GRANT, NaiveQuestions.IN_ALL)
            .clock(peoplesClock)
            .build();
    private final Map<String, Evaluator> evaluators = Map.of("here", evaluator("here"), "there", evaluator("there"));
    private final NaiveState state = new NaiveState();

    /** What is in force for {@code acme}, and for all others. */
    private final Map<Boolean, Step.Reloaded> inForce = new HashMap<>();

    /** The questions' ids by their numbers. */
    private final List<String> ids = new ArrayList<>();

    /** What asked them. */
    private final List<Step.Called> asking = new ArrayList<>();

    private final List<Permitted> permitted = new ArrayList<>();
    /** Calls as the library takes them: many are made more than once. */
    private final IdentityHashMap<Call, ToolCall> frozen = new IdentityHashMap<>();

    /** The windows of all limits that there ever were. */
    private final TreeSet<Long> windows = new TreeSet<>();

    private Instant latest = BEGIN;

    /** What one call was allowed, on either side. */
    private record Permitted(Permit permit, Call call, List<NaiveState.Taken> taken) {}

    Stage(Map<String, Long> seen, boolean oneCounter) {
        this.seen = seen;
        this.oneCounter = oneCounter;
    }

    private Evaluator evaluator(String namespace) {
        return Evaluator.builder(this::policyFor)
                .counters(counters)
                .approvals(approvals)
                .clock(clock)
                .namespace(namespace)
                .build();
    }

    private Optional<Policy> policyFor(Identity who) {
        if (who.grant().equals("nobody")) return Optional.empty();
        return Optional.of(inForce.get(who.grant().equals("acme")).policy());
    }

    private Map<String, Object> documentFor(Call call) {
        String grant = (String) call.who().get("grant");
        return grant.equals("nobody") ? null : inForce.get(grant.equals("acme")).document();
    }

    /** The first step of which the two say something different. */
    Optional<String> disagreement(List<Step> steps) {
        for (Step step : steps) {
            Optional<String> found = taken(step);
            if (found.isPresent()) return found;
        }
        seen.merge("used", state.questions.used(), Long::sum);
        List<Object> pending = new ArrayList<>(approvals.pending().stream()
                .map(AskedQuestion::id)
                .map(ids::indexOf)
                .sorted()
                .toList());
        return differs(state.questions.waiting(state.peoplesNow), pending);
    }

    private Optional<String> taken(Step step) {
        if (step instanceof Step.Called called) return called(called);
        if (step instanceof Step.CalledAgain again && !asking.isEmpty()) return called(latest(asking, again.back()));
        if (step instanceof Step.Answered answered) return answered(answered);
        if (step instanceof Step.Refunded refunded && !permitted.isEmpty()) {
            Permitted one = latest(permitted, refunded.back());
            boolean first = state.refund(one.taken());
            see("refunded " + first);
            return differs(first, one.permit().refund());
        }
        if (step instanceof Step.Settled settled && !permitted.isEmpty()) {
            Permitted one = latest(permitted, settled.back());
            boolean first = state.settle(one.taken(), settled.counter(), settled.actual(), documentFor(one.call()));
            see("settled " + first);
            return differs(first, one.permit().settle(settled.counter(), settled.actual()));
        }
        if (step instanceof Step.Reloaded reloaded) {
            inForce.put(reloaded.acme(), reloaded);
            NaiveLimits.everywhere(reloaded.document())
                    .forEach(limit -> windows.add(NaiveLimits.seconds(limit.get("window"))));
        }
        turn(step);
        return Optional.empty();
    }

    private Optional<String> called(Step.Called step) {
        Call call = step.call();
        Map<String, Object> document = documentFor(call);
        state.namespace = step.namespace();
        ToolCall asked;
        try {
            asked = frozen.computeIfAbsent(
                    call, one -> ToolCall.of(Sample.identity(one.who()), one.tool(), one.args()));
        } catch (MalformedCallException e) {
            see("MALFORMED_CALL");
            Answer expected = Reference.decide(document, call, state, true).answer();
            return differs(expected, Reference.deny("MALFORMED_CALL", ""));
        }
        Evaluator evaluator = evaluators.get(step.namespace());
        if (step.explained()) {
            see("explained");
            Answer would = Reference.decide(document, call, state, false).answer();
            Optional<String> found =
                    differs(would, answer(evaluator.explain(asked).decision()));
            if (found.isPresent()) return found;
        }
        NaiveState.Decided expected = Reference.decide(document, call, state, true);
        Decision decision = evaluator.evaluate(asked);
        if (decision instanceof Decision.Allow allow)
            permitted.add(new Permitted(allow.permit(), call, expected.taken()));
        Answer actual = answer(decision);
        if (asking.size() < ids.size()) asking.add(step);
        see(actual.code().isEmpty() ? actual.kind() : actual.code());
        return differs(expected.answer(), actual);
    }

    private void see(String outcome) {
        seen.merge(outcome, 1L, Long::sum);
    }

    private Answer answer(Decision decision) {
        if (decision instanceof Decision.RateLimited limited) {
            List<Object> more = List.of(
                    limited.counter(), limited.max(), limited.remaining().stripTrailingZeros(), limited.retryAfter());
            return new Answer("RATE_LIMITED", "", limited.rule(), more);
        }
        if (decision instanceof Decision.NeedsApproval asks)
            return new Answer("NEEDS_APPROVAL", "", asks.rule(), List.of(question(asks.approvalId()), asks.lapses()));
        return Sample.answer(decision);
    }

    /** Questions are numbered as their ids first appear. */
    private Object question(String id) {
        if (id.isEmpty()) return "not asked";
        if (!ids.contains(id)) ids.add(id);
        return ids.indexOf(id);
    }

    private Optional<String> answered(Step.Answered step) {
        if (ids.isEmpty()) return Optional.empty();
        String id = latest(ids, step.back());
        String expected = state.questions.answer(ids.indexOf(id), step.yes(), step.who(), state.peoplesNow);
        String actual = "";
        try {
            if (step.yes()) approvals.approve(id, step.who());
            else approvals.reject(id, step.who(), "");
        } catch (AnswerRefused e) {
            actual = e.getClass().getSimpleName();
        }
        see("answered " + expected);
        return differs(expected, actual);
    }

    private static <T> T latest(List<T> list, int back) {
        return list.get(Math.max(0, list.size() - 1 - back));
    }

    /** What has gone by for the counters has gone by for people too; but people's time does not go back. */
    private void turn(Step step) {
        Instant now = clock.instant();
        if (step instanceof Step.Later later) now = now.plus(later.by());
        if (step instanceof Step.ToNextWindow to)
            now = begin(now, to.seconds()).plusSeconds(to.seconds()).minusNanos(to.last() ? 1 : 0);
        if (step instanceof Step.ToLapse to && !ids.isEmpty()) {
            Instant lapses = state.questions.lapses(ids.size() - 1).minusNanos(to.last() ? 1 : 0);
            if (lapses.isAfter(now)) now = lapses;
        }
        if (step instanceof Step.Back back) now = now.minus(back.by());
        // A reload may bring a window that is shorter than all before.
        now = notTooFar(now);
        if (now.isAfter(latest)) latest = now;
        clock.set(now);
        peoplesClock.set(latest);
        state.now = now;
        state.peoplesNow = latest;
    }

    /**
     * SPEC leaves it open when a counter whose window is over is dropped, and from then on what went before is forgotten: a clock
     * is back in such a window only where there is one counter, which nothing drops.
     */
    private Instant notTooFar(Instant wanted) {
        if (oneCounter) return wanted;
        Instant now = wanted;
        for (long window : windows) {
            Instant begin = begin(latest, window);
            if (now.isBefore(begin)) now = begin;
        }
        return now;
    }

    private static Instant begin(Instant now, long window) {
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), window) * window);
    }

    private static Optional<String> differs(Object expected, Object actual) {
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of("reference " + expected + "\nlibrary   " + actual);
    }
}
