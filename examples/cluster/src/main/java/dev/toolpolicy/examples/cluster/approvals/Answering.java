package dev.toolpolicy.examples.cluster.approvals;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.json.Json;
import java.util.function.BiPredicate;

/**
 * Who may answer, and with which words.
 *
 * @param approvers the host's rule
 */
record Answering(BiPredicate<AskedQuestion, String> approvers) {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_REASON = 1_000;

    static void requireName(String who) {
        boolean name = !who.isBlank() && who.length() <= LONGEST_NAME && Json.isWhole(who);
        if (!name || who.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "who must be 1 to " + LONGEST_NAME + " characters, not blank, without control characters");
        }
    }

    static void requireReason(String why) {
        // PostgreSQL has no text with a zero in it.
        if (why.length() > LONGEST_REASON || !Json.isWhole(why) || why.indexOf(0) >= 0)
            throw new IllegalArgumentException("why must have at most " + LONGEST_REASON
                    + " characters, none of them zero, and no half of a surrogate pair");
    }

    void requireMayApprove(AskedQuestion question, String who) {
        if (who.equals(question.asker().grant())) throw new AnswerRefused.NotAllowed("who asks may not approve");
        requireMayAnswer(question, who);
    }

    void requireMayAnswer(AskedQuestion question, String who) {
        if (!approvers.test(question, who))
            throw new AnswerRefused.NotAllowed("the host's rule does not let this person answer");
    }
}
