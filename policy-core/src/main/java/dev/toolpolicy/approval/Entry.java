package dev.toolpolicy.approval;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One question, and what has become of it. Guarded by the lock of its desk. */
final class Entry {
    /** For what is short. */
    private static final long FIXED_BYTES = 2_048;

    private final String id;
    private final Question question;
    private final Instant asked;
    private final Instant firstLapses;
    private Instant since;
    private Instant lapses;
    private State state = State.PENDING;
    private String who = "";
    private String why = "";
    private boolean held;

    Entry(String id, Question question, Instant asked, Instant lapses) {
        this.id = id;
        this.question = question;
        this.asked = asked;
        this.firstLapses = lapses;
        this.since = asked;
        this.lapses = lapses;
    }

    String id() {
        return id;
    }

    Question question() {
        return question;
    }

    String grant() {
        return question.asker().grant();
    }

    /** About how much memory it takes. */
    long bytes() {
        return bytes(question);
    }

    static long bytes(Question question) {
        long bytes = FIXED_BYTES + Json.utf8Bytes(question.argumentsJson());
        for (Asking asking : question.rules()) bytes += asking.rule().length() + Json.utf8Bytes(asking.text());
        for (Object value : question.asker().attributes().values()) {
            for (Object text : value instanceof List<?> several ? several : List.of(value))
                bytes += Json.utf8Bytes((String) text);
        }
        return bytes;
    }

    Instant asked() {
        return asked;
    }

    /** When it was to lapse when it was asked. */
    Instant firstLapses() {
        return firstLapses;
    }

    /** Since when it is as it is: since it was asked, or rejected. */
    Instant since() {
        return since;
    }

    Instant lapses() {
        return lapses;
    }

    State state() {
        return state;
    }

    boolean held() {
        return held;
    }

    void hold(boolean held) {
        this.held = held;
    }

    /** Whether it still says something of its question. */
    boolean open() {
        return state == State.PENDING || state == State.APPROVED || state == State.REJECTED;
    }

    /**
     * Whether its time is over. A clock that was set back gives it no more than the same time again: else what was asked while the
     * clock was wrong would hold for years.
     */
    boolean over(Instant now) {
        // What is held is its holder's to see to.
        if (!open() || held) return false;
        Duration life = Duration.between(since, lapses);
        return !now.isBefore(lapses) || !now.isAfter(since.minus(life));
    }

    void answered(State answer, String by, String because, Instant when, Instant until) {
        state = answer;
        who = by;
        why = because;
        // A rejection holds as long as a question does, from now; an approval is good for what is left.
        if (answer == State.REJECTED) {
            since = when;
            lapses = until;
        }
    }

    void close(State last) {
        state = last;
    }

    /** As it was closed by a process before this one. */
    void closed(State last, String by, String because, Instant until) {
        state = last;
        who = by;
        why = because;
        lapses = until;
    }

    AskedQuestion shown() {
        return new AskedQuestion(id, question, asked, lapses, state, who, why);
    }

    String who() {
        return who;
    }

    String why() {
        return why;
    }
}
