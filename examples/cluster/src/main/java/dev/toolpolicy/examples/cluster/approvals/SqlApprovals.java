package dev.toolpolicy.examples.cluster.approvals;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Approvals that several processes share, in a table of a database: asked in one, answered in another, used in a third, once.
 * Safe for any number of threads and processes.
 *
 * <p>It promises what {@link dev.toolpolicy.approval.FileApprovals} promises in one process. A question waits until somebody
 * answers it, or it lapses. An approval is good for one call of the one who asked, with the very arguments that were shown, until
 * it lapses. A rejection holds as long as a question does, from then on. Never let a tool call reach {@code approve} and
 * {@code reject}.
 *
 * <p>The table is made by {@code schema.sql}, beside this class. While the database is away, or too slow, everything throws, and
 * that denies the call. Whatever is told to a follower is told in the process in which it happens.
 */
public final class SqlApprovals implements Approvals {
    private static final int ID_BYTES = 16;
    /** How much whoever asks tidies up: more than one row for the one that is added, and never so many that it takes long. */
    private static final int MOST_TIDIED = 100;
    /** So long whoever answers a question that is over is told what became of it. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Database database;
    private final Answering answering;
    private final Duration life;
    private final Duration hold;
    private final Bounds bounds;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean closed;

    private SqlApprovals(Builder builder) {
        this.database = new Database(builder.connections, builder.timeLimit);
        this.answering = new Answering(builder.approvers);
        this.life = builder.life;
        this.hold = builder.hold;
        this.bounds = builder.bounds;
        builder.listeners.forEach(listener -> followers.add(new Follower() {
            @Override
            public void happened(ApprovalEvent event) {
                listener.accept(event);
            }
        }));
    }

    /** Approvals over these connections, which lapse after half an hour and which anybody may give but who asks, unless said otherwise. */
    public static Builder over(DataSource connections) {
        return new Builder(requireNonNull(connections, "connections"));
    }

    @Override
    public Standing ask(Question question) {
        Standing seen = look(question);
        boolean isNew = seen instanceof Standing.Waiting waiting && waiting.id().isEmpty();
        // Most that ask have asked before: they wait for nobody.
        return isNew ? changing((table, changes) -> askNow(question, table, changes)) : seen;
    }

    private Standing askNow(Question question, Table table, Changes changes) throws SQLException {
        table.lockAsking();
        tidy(question.namespace(), table, changes);
        Optional<Entry> known = table.lockOpen(question);
        Instant now = table.now();
        if (known.isPresent()) {
            // Another was faster, or it was not its turn to be tidied up.
            if (!known.get().isOver(now)) return known.get().standing(now);
            changes.lapse(known.get(), now);
        }
        if (!table.hasRoomFor(question, bounds, now)) return new Standing.TooMany();
        Entry asked = Entry.asked(newId(), question, now, life);
        changes.ask(asked, now);
        return asked.standing(now);
    }

    /** Of its own namespace only: nobody here may be following the others. */
    private static void tidy(String namespace, Table table, Changes changes) throws SQLException {
        Instant now = table.now();
        for (Entry entry : table.lockOver(namespace, now, MOST_TIDIED)) {
            if (entry.isOver(now)) changes.lapse(entry, now);
        }
        table.forget(now.minus(REMEMBERED), MOST_TIDIED);
    }

    @Override
    public Standing look(Question question) {
        requireNonNull(question, "question");
        return reading(table -> {
            Optional<Entry> known = table.findOpen(question);
            Instant now = table.now();
            if (known.isPresent() && !known.get().isOver(now))
                return known.get().standing(now);
            boolean hasRoom = table.hasRoomFor(question, bounds, now);
            return hasRoom ? new Standing.Waiting("", now.plus(life)) : new Standing.TooMany();
        });
    }

    @Override
    public Optional<Claim> claim(String id) {
        requireNonNull(id, "id");
        return reading(table -> {
            Entry entry = table.lock(id).orElse(null);
            Instant now = table.now();
            if (entry == null || entry.isOver(now)) return Optional.empty();
            if (entry.state() != State.APPROVED || entry.isHeld(now)) return Optional.empty();
            String token = newId();
            table.update(entry.held(new Hold(token, now.plus(hold))));
            return Optional.of(new Held(id, token));
        });
    }

    /**
     * Says yes: the same call may run once, in whichever process.
     *
     * @param who says so: a person, as the host knows them
     * @throws AnswerRefused in one of four ways: {@code Unknown}, {@code Lapsed}, {@code Settled}, {@code NotAllowed}
     * @throws IllegalArgumentException if {@code who} is blank, over 256 characters, or holds control characters
     */
    public void approve(String id, String who) {
        Answering.requireName(requireNonNull(who, "who"));
        askWhoMay(id, question -> answering.requireMayApprove(question, who));
        answer(id, Kind.APPROVED, (entry, now) -> entry.approved(who));
    }

    /**
     * Says no: the same call is denied for as long as a question lives.
     *
     * @param who says so: a person, as the host knows them
     * @param why for the record, not for the agent; may be empty
     * @throws AnswerRefused in one of four ways, as for {@link #approve}
     * @throws IllegalArgumentException if {@code who} is none, or {@code why} has more than 1,000 characters
     */
    public void reject(String id, String who, String why) {
        Answering.requireName(requireNonNull(who, "who"));
        Answering.requireReason(requireNonNull(why, "why"));
        askWhoMay(id, question -> answering.requireMayAnswer(question, who));
        answer(id, Kind.REJECTED, (entry, now) -> entry.rejected(who, why, now, life));
    }

    /** Outside of any transaction, for the rule is the host's and may take its time. */
    private void askWhoMay(String id, Consumer<AskedQuestion> rule) {
        AskedQuestion question = find(id).orElseThrow(AnswerRefused.Unknown::new);
        // The clock may go back before it is looked at again: nobody answers what the rule was not asked for.
        if (question.state() == State.LAPSED) throw new AnswerRefused.Lapsed();
        if (question.state() != State.PENDING) throw new AnswerRefused.Settled();
        rule.accept(question);
    }

    @FunctionalInterface
    private interface Answer {
        Entry to(Entry entry, Instant now);
    }

    private void answer(String id, Kind kind, Answer answer) {
        changing((table, changes) -> {
            Entry entry = table.lock(id).orElseThrow(AnswerRefused.Unknown::new);
            Instant now = table.now();
            if (entry.shown(now).state() == State.LAPSED) throw new AnswerRefused.Lapsed();
            if (entry.state() != State.PENDING) throw new AnswerRefused.Settled();
            changes.make(kind, answer.to(entry, now), now);
            return entry;
        });
    }

    /** The questions that wait for a person, whichever process asked, the oldest first. */
    public List<AskedQuestion> pending() {
        return reading(
                table -> table.pending(table.now()).stream().map(Entry::written).toList());
    }

    /** A question and what has become of it; empty if there was none, or it is over for more than a day. */
    public Optional<AskedQuestion> find(String id) {
        requireNonNull(id, "id");
        return reading(table -> {
            Optional<Entry> entry = table.find(id);
            Instant now = table.now();
            return entry.map(found -> found.shown(now));
        });
    }

    @Override
    public void subscribe(Follower follower) {
        followers.add(requireNonNull(follower, "follower"));
    }

    @Override
    public void unsubscribe(Follower follower) {
        followers.remove(follower);
    }

    /** Ends it in this process. The connections are the giver's to close. */
    @Override
    public void close() {
        closed = true;
    }

    private <T> T reading(Database.Work<T> work) {
        if (closed) throw new IllegalStateException("these approvals are closed");
        return database.transaction(work);
    }

    @FunctionalInterface
    private interface Changing<T> {
        T by(Table table, Changes changes) throws SQLException;
    }

    private <T> T changing(Changing<T> work) {
        List<Changes> committed = new ArrayList<>();
        T result = reading(table -> {
            Changes changes = new Changes(table, followers);
            committed.add(changes);
            return work.by(table, changes);
        });
        committed.forEach(Changes::tell);
        return result;
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** An approval that one call holds, for some time. */
    private final class Held implements Claim {
        private final String id;
        private final String token;

        Held(String id, String token) {
            this.id = id;
            this.token = token;
        }

        @Override
        public void use() {
            changing((table, changes) -> {
                Entry entry = table.lock(id).orElse(null);
                Instant now = table.now();
                if (entry == null || entry.state() != State.APPROVED || !entry.isHeldBy(token, now))
                    throw new IllegalStateException("this claim is over");
                changes.make(Kind.USED, entry.used(now), now);
                return entry;
            });
        }

        @Override
        public void release() {
            try {
                reading(table -> {
                    Entry entry = table.lock(id).orElse(null);
                    if (entry != null
                            && entry.hold() != null
                            && entry.hold().token().equals(token)) table.update(entry.letGo());
                    return id;
                });
            } catch (IllegalStateException e) {
                // The call is refused already, and for a better reason: what nobody lets go of ends by itself.
            }
        }
    }

    /** Puts approvals together. All processes should say the same. */
    public static final class Builder {
        private final DataSource connections;
        private Duration life = Duration.ofMinutes(30);
        private Duration hold = Duration.ofSeconds(30);
        private Duration timeLimit = Duration.ofSeconds(2);
        private Bounds bounds = new Bounds(100, 10_000);
        private BiPredicate<AskedQuestion, String> approvers = (question, who) -> true;
        private final List<Consumer<ApprovalEvent>> listeners = new ArrayList<>();

        private Builder(DataSource connections) {
            this.connections = connections;
        }

        /** How long a question, and what was answered, holds: half an hour unless set; at most a year. */
        public Builder lapsingAfter(Duration life) {
            this.life = between(Duration.ofMillis(1), life, Duration.ofDays(366), "a question's life");
            return this;
        }

        /**
         * How long a call may hold an approval before it uses it: 30 seconds unless set, at most ten minutes. So long nobody can
         * use an approval whose process was killed at the wrong moment; a call that takes longer than this is denied.
         */
        public Builder holdingFor(Duration hold) {
            this.hold = between(Duration.ofMillis(1), hold, Hold.LONGEST, "a hold");
            return this;
        }

        /**
         * How long the database may take for one step: two seconds unless set, at most a minute. That is much for a machine, and
         * little for a person who is waited for anyway: a write that goes to a second machine too, and to an audit log in the
         * midst of it, is not refused because a disk was slow once. How long a connection is waited for is the data source's to
         * say, and so are the driver's own limits: PostgreSQL's waits ten seconds for a server that stands still to give up a
         * statement, unless {@code cancelSignalTimeout} says less.
         */
        public Builder timeLimit(Duration timeLimit) {
            this.timeLimit = between(Duration.ofMillis(10), timeLimit, Duration.ofMinutes(1), "a time limit");
            return this;
        }

        private static Duration between(Duration least, Duration given, Duration most, String what) {
            if (given.compareTo(least) < 0 || given.compareTo(most) > 0)
                throw new IllegalArgumentException(what + " is from " + least + " to " + most + ", got " + given);
            return given;
        }

        /**
         * How many questions may wait in one namespace, of one grant and in all: 100 and 10,000 unless set. More are not asked,
         * but denied.
         */
        public Builder pendingAtMost(int perGrant, int inAll) {
            this.bounds = new Bounds(perGrant, inAll);
            return this;
        }

        /**
         * Who may answer a question here: a person's name, as the host gives it to {@code approve} and {@code reject}. Anybody
         * unless set; whatever it says, a grant does not approve what it asks. What it throws reaches who answers, and nothing
         * changes.
         */
        public Builder approvers(BiPredicate<AskedQuestion, String> approvers) {
            this.approvers = requireNonNull(approvers, "approvers");
            return this;
        }

        /** Hears of everything that happens to questions in this process, after it has happened. What it throws is dropped. */
        public Builder listener(Consumer<ApprovalEvent> listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * The approvals.
         *
         * @throws IllegalStateException if the database is away, has not got the tables, or gives connections that are not
         *     {@code READ COMMITTED}
         */
        public SqlApprovals build() {
            SqlApprovals approvals = new SqlApprovals(this);
            approvals.database.requireUsable();
            return approvals;
        }
    }
}
