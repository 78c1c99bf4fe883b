package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.approval.AskedQuestion.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is known of questions takes no more room however often an approval is held and let go of. */
class RegisterTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(30));

    private final Register register = new Register(new Bounds(10, 10));
    private final Entry entry = new Entry("id", question("alice", "5"), NOON, LATER);

    @Test
    void holdingAndLettingGoLeavesNothingBehind() {
        register.add(entry);
        register.answer(entry, State.APPROVED, "carol", "", NOON, LATER);
        int before = register.due();

        for (int i = 0; i < 1_000; i++) {
            entry.hold(true);
            register.letGo(entry);
        }

        assertThat(register.due()).isEqualTo(before);
        assertThat(register.over(LATER)).containsExactly(entry);
    }

    @Test
    void whatWasHeldWhenItsTimeWasOverIsLookedAtAgain() {
        register.add(entry);
        register.answer(entry, State.APPROVED, "carol", "", NOON, LATER);
        entry.hold(true);
        assertThat(register.over(LATER)).isEmpty();

        register.letGo(entry);

        assertThat(register.over(LATER)).containsExactly(entry);
    }
}
