package dev.toolpolicy.approval;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where people answer what agents ask. Safe for any number of threads.
 *
 * <p>A question waits until somebody answers it, or it lapses. An approval is good for one call of the one who asked, with the
 * very arguments that were shown, until it lapses. A rejection holds as long as a question does, from then on. Never let a tool
 * call reach these methods.
 */
public abstract sealed class ApprovalDesk implements Approvals permits InMemoryApprovals, FileApprovals {
    private static final int ID_BYTES = 16;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_REASON = 1_000;

    private final BiPredicate<AskedQuestion, String> approvers;
    private final Duration life;
    private final InstantSource clock;
    private final Register register;
    private final Journal journal;
    private final Events events = new Events();
    private final SecureRandom random = new SecureRandom();
    /** At first everything is looked at: it may have been written down by a clock that was ahead. */
    private Instant latest = Instant.MAX;

    private boolean closed;

    ApprovalDesk(Builder<?> builder, Journal journal) {
        this.approvers = builder.approvers;
        this.life = builder.life;
        this.clock = builder.clock;
        this.register = new Register(builder.bounds);
        this.journal = journal;
        builder.listeners.forEach(listener -> events.subscribe(new Follower() {
            @Override
            public void happened(ApprovalEvent event) {
                listener.accept(event);
            }
        }));
    }

    /** What was known when the process before this one ended. */
    final void restore(Iterable<Entry> entries) {
        entries.forEach(register::add);
    }

    @Override
    public final Standing ask(Question question) {
        return locked(now -> {
            Entry entry = register.open(question);
            if (entry != null && !lapsed(entry, now)) return standing(entry);
            if (!register.hasRoomFor(question)) return new Standing.TooMany();
            Entry asked = new Entry(newId(), question, now, now.plus(life));
            happens(Kind.ASKED, asked, now, "", "", asked.lapses());
            register.add(asked);
            return standing(asked);
        });
    }

    @Override
    public final Standing look(Question question) {
        return locked(now -> {
            Entry entry = register.open(question);
            if (entry != null && !lapsed(entry, now)) return standing(entry);
            return register.hasRoomFor(question) ? new Standing.Waiting("", now.plus(life)) : new Standing.TooMany();
        });
    }

    private static Standing standing(Entry entry) {
        return switch (entry.state()) {
            case APPROVED ->
                entry.held()
                        ? new Standing.Waiting(entry.id(), entry.lapses())
                        : new Standing.Approved(entry.id(), entry.lapses());
            case REJECTED -> new Standing.Rejected(entry.id());
            default -> new Standing.Waiting(entry.id(), entry.lapses());
        };
    }

    @Override
    public final Optional<Claim> claim(String id) {
        return locked(now -> {
            Entry entry = register.find(id);
            if (entry == null || lapsed(entry, now)) return Optional.empty();
            if (entry.state() != State.APPROVED || entry.held()) return Optional.empty();
            entry.hold(true);
            return Optional.of(new Held(entry));
        });
    }

    /**
     * Says yes: the same call may run once.
     *
     * @param who says so: a person, as the host knows them
     * @throws AnswerRefused in one of four ways: {@code Unknown}, {@code Lapsed}, {@code Settled}, {@code NotAllowed}
     * @throws IllegalArgumentException if {@code who} is blank, over 256 characters, or holds control characters
     */
    public final void approve(String id, String who) {
        answer(id, who, "", State.APPROVED);
    }

    /**
     * Says no: the same call is denied for as long as a question lives.
     *
     * @param who says so: a person, as the host knows them
     * @param why for the record, not for the agent; may be empty
     * @throws AnswerRefused in one of four ways, as for {@link #approve}
     * @throws IllegalArgumentException if {@code who} is none, or {@code why} has more than 1,000 characters
     */
    public final void reject(String id, String who, String why) {
        requireNonNull(why, "why");
        if (why.length() > LONGEST_REASON || !Json.isWhole(why))
            throw new IllegalArgumentException(
                    "why must have at most " + LONGEST_REASON + " characters, and no half of a surrogate pair");
        answer(id, who, why, State.REJECTED);
    }

    private void answer(String id, String who, String why, State answer) {
        requireNonNull(id, "id");
        requireName(requireNonNull(who, "who"));
        AskedQuestion shown = find(id).orElseThrow(AnswerRefused.Unknown::new);
        if (shown.state() == State.PENDING) requireAllowed(shown, who, answer);
        // The rule was asked outside of the lock, for it is the host's: what has changed since is seen here.
        locked(now -> {
            Entry entry = register.find(id);
            if (entry == null) throw new AnswerRefused.Unknown();
            if (lapsed(entry, now)) throw new AnswerRefused.Lapsed();
            if (entry.state() != State.PENDING) throw new AnswerRefused.Settled();
            Instant until = answer == State.REJECTED ? now.plus(life) : entry.lapses();
            happens(answer == State.APPROVED ? Kind.APPROVED : Kind.REJECTED, entry, now, who, why, until);
            register.answer(entry, answer, who, why, now, until);
            return entry;
        });
    }

    private void requireAllowed(AskedQuestion question, String who, State answer) {
        if (answer == State.APPROVED && who.equals(question.asker().grant()))
            throw new AnswerRefused.NotAllowed("who asks may not approve");
        if (!approvers.test(question, who))
            throw new AnswerRefused.NotAllowed("the host's rule does not let this person answer");
    }

    private static void requireName(String who) {
        boolean name = !who.isBlank() && who.length() <= LONGEST_NAME && Json.isWhole(who);
        if (!name || who.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "who must be 1 to " + LONGEST_NAME + " characters, not blank, without control characters");
        }
    }

    /** The questions that wait for a person, the oldest first. */
    public final List<AskedQuestion> pending() {
        return locked(now -> register.all().stream()
                .filter(entry -> entry.state() == State.PENDING && !entry.over(now))
                .sorted(Comparator.comparing(Entry::asked))
                .map(Entry::shown)
                .toList());
    }

    /** A question and what has become of it; empty if there was none, or it has long been over. */
    public final Optional<AskedQuestion> find(String id) {
        requireNonNull(id, "id");
        return locked(now -> {
            Entry entry = register.find(id);
            if (entry != null) lapsed(entry, now);
            return Optional.ofNullable(entry).map(Entry::shown);
        });
    }

    @Override
    public final void subscribe(Follower follower) {
        events.subscribe(follower);
    }

    @Override
    public final void unsubscribe(Follower follower) {
        events.unsubscribe(follower);
    }

    @Override
    public final synchronized void close() {
        if (closed) return;
        closed = true;
        journal.close();
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("these approvals are closed");
    }

    /** Does it under the lock, on what has not lapsed by now; who listens hears of either without the lock, and in order. */
    private <T> T locked(Function<Instant, T> work) {
        Instant now = sweep();
        try {
            synchronized (this) {
                requireOpen();
                return work.apply(now);
            }
        } finally {
            events.deliver();
        }
    }

    private Instant sweep() {
        Instant now;
        synchronized (this) {
            requireOpen();
            now = clock.instant();
            lapse(register.over(now), now);
            // A clock that was set back, and not only by a trifle.
            if (now.isBefore(latest.minusSeconds(1))) lapse(register.overBefore(now), now);
            latest = now;
        }
        events.deliver();
        return now;
    }

    private void lapse(Collection<Entry> entries, Instant now) {
        for (Entry entry : entries) lapse(entry, now);
    }

    /** Whether its time is over, be it only now that somebody looks. */
    private boolean lapsed(Entry entry, Instant now) {
        if (entry.over(now)) lapse(entry, now);
        return entry.state() == State.LAPSED;
    }

    private void lapse(Entry entry, Instant now) {
        ApprovalEvent event = event(Kind.LAPSED, entry, now, entry.who(), entry.why(), entry.lapses());
        events.announce(event, false);
        register.lapse(entry);
        journal.note(event);
        events.add(event);
    }

    private void happens(Kind kind, Entry entry, Instant now, String who, String why, Instant lapses) {
        ApprovalEvent event = event(kind, entry, now, who, why, lapses);
        events.announce(event, true);
        journal.write(event, register.all());
        events.add(event);
    }

    private static ApprovalEvent event(Kind kind, Entry entry, Instant now, String who, String why, Instant lapses) {
        return new ApprovalEvent(kind, now, entry.id(), entry.question(), lapses, who, why);
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** An approval that one call holds. */
    private final class Held implements Claim {
        private final Entry entry;
        private boolean over;

        Held(Entry entry) {
            this.entry = entry;
        }

        @Override
        public void use() {
            locked(now -> {
                if (over) throw new IllegalStateException("this claim is over");
                happens(Kind.USED, entry, now, entry.who(), "", entry.lapses());
                over = true;
                entry.hold(false);
                register.use(entry);
                return entry;
            });
        }

        @Override
        public void release() {
            // Nothing that could fail comes before it: it would be held for ever.
            synchronized (ApprovalDesk.this) {
                if (!over) register.letGo(entry);
                over = true;
            }
        }
    }

    /** What all approvals can be told when they are put together. */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits InMemoryApprovals.Builder, FileApprovals.Builder {
        private Duration life = Duration.ofMinutes(30);
        private Bounds bounds = new Bounds(100, 10_000);
        private BiPredicate<AskedQuestion, String> approvers = (question, who) -> true;
        private InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis());
        private final List<Consumer<ApprovalEvent>> listeners = new ArrayList<>();

        Builder() {}

        abstract B self();

        /** How long a question, and what was answered, holds: half an hour unless set; at most a year. */
        public B lapsingAfter(Duration life) {
            if (life.isNegative() || life.isZero() || life.compareTo(Duration.ofDays(366)) > 0)
                throw new IllegalArgumentException(
                        "a question lives for more than nothing and at most a year, got " + life);
            this.life = life;
            return self();
        }

        /** How many questions may wait, of one grant and in all: 100 and 10,000 unless set. More are not asked, but denied. */
        public B pendingAtMost(int perGrant, int inAll) {
            this.bounds = new Bounds(perGrant, inAll);
            return self();
        }

        /**
         * Who may answer a question: a person's name, as the host gives it to {@code approve} and {@code reject}. Anybody unless
         * set; whatever it says, a grant does not approve what it asks. What it throws reaches who answers, and nothing changes.
         */
        public B approvers(BiPredicate<AskedQuestion, String> approvers) {
            this.approvers = requireNonNull(approvers, "approvers");
            return self();
        }

        /** The clock by which questions lapse; the system's unless set. */
        public B clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return self();
        }

        /**
         * Hears of everything that happens to questions, so that the host can notify people. It is called on the thread of a call,
         * or of who answers, and should be quick; what it throws is dropped.
         */
        public B listener(Consumer<ApprovalEvent> listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return self();
        }
    }
}
