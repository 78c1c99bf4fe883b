package dev.toolpolicy;

import dev.toolpolicy.NaiveLimits.Account;
import dev.toolpolicy.NaiveLimits.Counter;
import dev.toolpolicy.NaiveLimits.Due;
import dev.toolpolicy.NaiveQuestions.Asked;
import dev.toolpolicy.NaiveQuestions.Asking;
import dev.toolpolicy.Reference.Answer;
import dev.toolpolicy.Reference.Call;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What decisions leave behind, for the reference evaluator: the steps 9 to 11 of SPEC §5, refund and settle. */
final class NaiveState {
    /** The namespace of who decides; what was counted and asked is told apart by it. */
    String namespace = "";

    Instant now = Instant.EPOCH;
    /** By the clock of the approvals. */
    Instant peoplesNow = Instant.EPOCH;

    final NaiveQuestions questions = new NaiveQuestions();
    private final Map<Account, Used> counters = new HashMap<>();

    /** What was used of a counter in the window that began at this second since 1970. */
    private record Used(long begins, BigDecimal amount) {}

    /** A decision, and what an allowed call has taken. */
    record Decided(Answer answer, List<Taken> taken) {}

    /** What was taken from one counter, until there is a word on it. */
    static final class Taken {
        final Due due;
        final long begins;
        private boolean done;

        private Taken(Due due, long begins) {
            this.due = due;
            this.begins = begins;
        }
    }

    Decided settled(List<Due> due, List<Asking> asking, Call call, Answer allow, boolean takes) {
        // 9: spent already; of several the one with the longest wait, of those the first.
        Due longest = null;
        for (Due one : due) {
            boolean spent = left(one).compareTo(one.amount()) < 0;
            if (spent && (longest == null || wait(one).compareTo(wait(longest)) > 0)) longest = one;
        }
        if (longest != null) return decided(limited(longest));
        // 10: people
        Asked asked = null;
        if (!asking.isEmpty()) {
            String rule = asking.get(0).rule();
            asked = questions.find(namespace, call, asking, peoplesNow);
            if (asked == null && questions.areTooMany(call, peoplesNow))
                return decided(Reference.deny("TOO_MANY_QUESTIONS", rule));
            if (asked == null && !takes) return decided(waits(rule, "not asked", peoplesNow.plus(NaiveQuestions.LIFE)));
            if (asked == null) asked = questions.ask(namespace, call, asking, peoplesNow);
            if (asked.state() == NaiveQuestions.State.REJECTED)
                return decided(Reference.deny("APPROVAL_REJECTED", rule));
            if (asked.state() == NaiveQuestions.State.WAITING)
                return decided(waits(rule, asked.number(), asked.lapses()));
        }
        if (!takes) return decided(allow);
        // 11: all are taken, and the approval is used
        if (asked != null) asked.use();
        List<Taken> taken = due.stream()
                .map(one -> new Taken(one, used(one.account()).begins()))
                .toList();
        for (Due one : due) use(one.account(), used(one.account()).begins(), one.amount());
        return new Decided(allow, taken);
    }

    private static Decided decided(Answer answer) {
        return new Decided(answer, List.of());
    }

    private static Answer waits(String rule, Object question, Instant lapses) {
        return new Answer("NEEDS_APPROVAL", "", rule, List.of(question, lapses));
    }

    private Answer limited(Due due) {
        Object left = left(due).stripTrailingZeros();
        return new Answer(
                "RATE_LIMITED", "", due.rule(), List.of(due.account().counter().name(), due.max(), left, wait(due)));
    }

    private Duration wait(Due due) {
        long ends = used(due.account()).begins() + due.account().counter().window();
        return Duration.between(now, Instant.ofEpochSecond(ends));
    }

    private BigDecimal left(Due due) {
        return left(due.max(), used(due.account()));
    }

    private static BigDecimal left(BigDecimal max, Used used) {
        return max.subtract(used.amount()).max(BigDecimal.ZERO);
    }

    /** By now: the window of the clock, unless the counter has seen a later one. */
    private Used used(Account account) {
        long window = account.counter().window();
        long begins = Math.floorDiv(now.getEpochSecond(), window) * window;
        Used used = counters.get(account);
        return used == null || used.begins() < begins ? new Used(begins, BigDecimal.ZERO) : used;
    }

    private void use(Account account, long begins, BigDecimal more) {
        Used used = counters.get(account);
        BigDecimal before = used != null && used.begins() == begins ? used.amount() : BigDecimal.ZERO;
        counters.put(account, new Used(begins, before.add(more).max(BigDecimal.ZERO)));
    }

    /** Whether it was the first word on any of the counters. */
    boolean refund(List<Taken> taken) {
        boolean any = false;
        for (Taken one : taken) {
            any |= !one.done;
            if (!one.done) change(one, one.due.amount().negate(), one.due.max());
            one.done = true;
        }
        return any;
    }

    /** Whether it was the first word on the counter; {@code document} is what the caller's policy is by now. */
    boolean settle(List<Taken> taken, String counter, BigDecimal actual, Map<String, Object> document) {
        boolean first = false;
        for (Taken one : taken) {
            Counter counted = one.due.account().counter();
            if (!counted.name().equals(counter) || one.done) continue;
            BigDecimal more = NaiveLimits.rounded(actual, counted.decimals()).subtract(one.due.amount());
            change(one, more, maxOf(counted, document, one.due.max()));
            one.done = true;
            first = true;
        }
        return first;
    }

    /** What any limit on this counter says by now. */
    private static BigDecimal maxOf(Counter counter, Map<String, Object> document, BigDecimal before) {
        return NaiveLimits.everywhere(document).stream()
                .filter(limit -> NaiveLimits.counter(limit, counter.namespace()).equals(counter))
                .map(limit -> new BigDecimal(limit.get("max").toString()))
                .findFirst()
                .orElse(before);
    }

    /** In the window it was taken from, or nowhere; of more as much as is left. */
    private void change(Taken taken, BigDecimal more, BigDecimal max) {
        Used used = counters.get(taken.due.account());
        if (used == null || used.begins() != taken.begins) return;
        use(taken.due.account(), taken.begins, more.min(left(max, used)));
    }
}
