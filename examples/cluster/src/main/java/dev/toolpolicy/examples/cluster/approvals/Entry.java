package dev.toolpolicy.examples.cluster.approvals;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row: one question, and what has become of it. All that follows from the time is decided here.
 *
 * @param written as it was written; it may have lapsed since
 * @param since when it is as it is
 */
record Entry(AskedQuestion written, Instant since, @Nullable Hold hold) {
    Entry {
        requireNonNull(written, "written");
        requireNonNull(since, "since");
    }

    static Entry asked(String id, Question question, Instant now, Duration life) {
        return new Entry(new AskedQuestion(id, question, now, now.plus(life), State.PENDING, "", ""), now, null);
    }

    String id() {
        return written.id();
    }

    State state() {
        return written.state();
    }

    Instant lapses() {
        return written.lapses();
    }

    /** Whether it says something of its question, unless its time is over. */
    boolean open() {
        return state() != State.USED && state() != State.LAPSED;
    }

    boolean isHeld(Instant now) {
        return hold != null && hold.lasts(now);
    }

    boolean isHeldBy(String token, Instant now) {
        return hold != null && hold.lasts(now) && hold.token().equals(token);
    }

    /**
     * Whether its time is over. A clock that was set back gives it no more than the same time again: else what was asked while
     * the clock was wrong would hold for years.
     */
    boolean isOver(Instant now) {
        // What is held is its holder's to use.
        if (!open() || isHeld(now)) return false;
        Duration life = Duration.between(since, lapses());
        return !now.isBefore(lapses()) || !now.isAfter(since.minus(life));
    }

    /** How the question stands; only while this is neither closed nor over. */
    Standing standing(Instant now) {
        return switch (state()) {
            case APPROVED -> isHeld(now) ? new Standing.Waiting(id(), lapses()) : new Standing.Approved(id(), lapses());
            case REJECTED -> new Standing.Rejected(id());
            default -> new Standing.Waiting(id(), lapses());
        };
    }

    /** As a person sees it. */
    AskedQuestion shown(Instant now) {
        return isOver(now) ? lapsed(now).written : written;
    }

    Entry approved(String who) {
        // It lapses when the question would have, so it is as it is since that was asked.
        return new Entry(with(State.APPROVED, lapses(), who, ""), since, null);
    }

    Entry rejected(String who, String why, Instant now, Duration life) {
        return new Entry(with(State.REJECTED, now.plus(life), who, why), now, null);
    }

    Entry held(Hold by) {
        return new Entry(written, since, by);
    }

    Entry letGo() {
        return new Entry(written, since, null);
    }

    Entry used(Instant now) {
        return new Entry(with(State.USED, lapses(), written.who(), written.why()), now, null);
    }

    Entry lapsed(Instant now) {
        return new Entry(with(State.LAPSED, lapses(), written.who(), written.why()), now, null);
    }

    private AskedQuestion with(State state, Instant until, String who, String why) {
        return new AskedQuestion(id(), written.question(), written.asked(), until, state, who, why);
    }
}
