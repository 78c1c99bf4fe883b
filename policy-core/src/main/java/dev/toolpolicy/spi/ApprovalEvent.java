package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that happens to a question.
 *
 * @param time on the approvals' own clock
 * @param id the question's
 * @param lapses when the question, or its approval, lapses
 * @param who answered, or {@code ""} where nobody did
 * @param why it was rejected, or {@code ""}
 */
public record ApprovalEvent(
        Kind kind, Instant time, String id, Question question, Instant lapses, String who, String why) {
    public ApprovalEvent {
        requireNonNull(kind, "kind");
        requireNonNull(time, "time");
        requireNonNull(id, "id");
        requireNonNull(question, "question");
        requireNonNull(lapses, "lapses");
        requireNonNull(who, "who");
        requireNonNull(why, "why");
    }

    /** What happens to it. */
    public enum Kind {
        /** It is asked, and waits for a person. */
        ASKED,
        /** A person says yes. */
        APPROVED,
        /** A person says no. */
        REJECTED,
        /** A call uses the approval. */
        USED,
        /** Nobody answered in time, or no call used the answer. */
        LAPSED
    }
}
