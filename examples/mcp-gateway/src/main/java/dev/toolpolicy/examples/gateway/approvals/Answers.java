package dev.toolpolicy.examples.gateway.approvals;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.AskedQuestion;
import java.util.function.Consumer;

/** Takes a person's answer to the desk, and says in plain words what came of it. Blocks, as the desk does. */
final class Answers {
    private final ApprovalDesk desk;
    private final String approver;
    private final ShownTime time;

    Answers(ApprovalDesk desk, String approver, ShownTime time) {
        this.desk = desk;
        this.approver = approver;
        this.time = time;
    }

    /** What came of an answer; for all but the first two nothing has changed. The number is HTTP's. */
    enum Kind {
        APPROVED(200),
        REJECTED(200),
        UNKNOWN(404),
        LAPSED(410),
        SETTLED(409),
        NOT_ALLOWED(403);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }

        boolean counts() {
            return this == APPROVED || this == REJECTED;
        }
    }

    /** What came of it, and a sentence for a person. It may hold names that others chose. */
    record Outcome(Kind kind, String sentence) {}

    Outcome approve(String id) {
        return answered(id, desk -> desk.approve(id, approver), Kind.APPROVED);
    }

    Outcome reject(String id, String why) {
        return answered(id, desk -> desk.reject(id, approver, why), Kind.REJECTED);
    }

    private Outcome answered(String id, Consumer<ApprovalDesk> answer, Kind kind) {
        try {
            answer.accept(desk);
        } catch (AnswerRefused.NotAllowed e) {
            return unchanged(new Outcome(Kind.NOT_ALLOWED, "You may not give this answer: " + e.getMessage() + "."));
        } catch (AnswerRefused e) {
            return unchanged(found(id));
        }
        return desk.find(id)
                .map(question -> new Outcome(kind, done(question, kind)))
                .orElse(new Outcome(kind, kind == Kind.APPROVED ? "Approved." : "Rejected."));
    }

    private String done(AskedQuestion question, Kind kind) {
        return kind == Kind.APPROVED
                ? "Approved: " + question.tool() + " may run once, with these arguments, until "
                        + time.of(question.lapses()) + "."
                : "Rejected: " + question.tool() + " with these arguments is denied until " + time.of(question.lapses())
                        + ".";
    }

    /** How a question stands that cannot be answered. */
    Outcome found(String id) {
        return desk.find(id)
                .map(this::standing)
                .orElseGet(() -> new Outcome(Kind.UNKNOWN, "There is no such question, or it was over long ago."));
    }

    private Outcome standing(AskedQuestion question) {
        String who = ShownText.quoted(question.who());
        return switch (question.state()) {
            case LAPSED -> new Outcome(Kind.LAPSED, "The question has lapsed; the agent has to ask again.");
            case REJECTED -> settled(who + " has rejected it already.");
            case USED -> settled(who + " has approved it already, and the call has been made.");
            case APPROVED -> settled(who + " has approved it already; the call has not been made yet.");
            case PENDING -> settled("The question waits; look at it again.");
        };
    }

    private static Outcome settled(String how) {
        return new Outcome(Kind.SETTLED, how);
    }

    private static Outcome unchanged(Outcome outcome) {
        return new Outcome(outcome.kind(), "Nothing has changed. " + outcome.sentence());
    }
}
