package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** A desk in memory. */
class InMemoryApprovalsTest extends ApprovalDeskTest {
    @Override
    ApprovalDesk desk(Options options) {
        return options.on(InMemoryApprovals.builder().clock(clock)).build();
    }

    @Test
    void oldQuestionsAreForgottenInTime() {
        ApprovalDesk desk = InMemoryApprovals.builder().clock(clock).build();
        String first = "";
        for (int i = 0; i < 10_001; i++) {
            String id = ask(desk, question("alice", "" + i));
            if (i == 0) first = id;
            desk.approve(id, "carol");
            desk.claim(id).orElseThrow().use();
        }
        String forgotten = first;

        assertThat(desk.find(forgotten)).isEmpty();
        assertThatExceptionOfType(AnswerRefused.Unknown.class).isThrownBy(() -> desk.approve(forgotten, "carol"));
    }
}
