package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
        // When its time would be over, there is nothing to look at.
        clock.advance(Duration.ofMinutes(31));
        assertThat(desk.pending()).isEmpty();
    }

    @Test
    void soAreThoseThatLapsed() {
        ApprovalDesk desk = InMemoryApprovals.builder().clock(clock).build();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10_100; i++) {
            if (i == 5_000 || i == 10_000) clock.advance(Duration.ofMinutes(30));
            ids.add(ask(desk, question("grant " + i / 100, "" + i)));
        }
        clock.advance(Duration.ofMinutes(30));

        assertThat(ids.subList(0, 5_000))
                .as("of those that lapsed first")
                .anyMatch(id -> desk.find(id).isEmpty());
        assertThat(ids.subList(5_000, 10_100)).allMatch(id -> desk.find(id).isPresent());
    }

    @Test
    void whatIsLargeIsForgottenSoonerAndTakesNothingWithIt() {
        ApprovalDesk desk = InMemoryApprovals.builder().clock(clock).build();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = ask(desk, question("alice", i + (i < 20 ? "x".repeat(1 << 20) : "")));
            desk.reject(id, "carol", "");
            ids.add(id);
            clock.advance(Duration.ofMinutes(30));
        }

        assertThat(desk.find(ids.get(0))).as("of 20 MiB").isEmpty();
        assertThat(ids.subList(20, 40)).allMatch(id -> desk.find(id).isPresent());
    }

    @Test
    void withoutAClockOfItsOwnItHasTheSystems() {
        ApprovalDesk desk = InMemoryApprovals.builder().build();
        Instant lapses =
                desk.find(ask(desk, question("alice", "5"))).orElseThrow().lapses();

        assertThat(lapses).isCloseTo(Instant.now().plus(Duration.ofMinutes(30)), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void anApprovalThatWasGivenLateHoldsThoughTheClockIsSetBack() {
        ApprovalDesk desk = InMemoryApprovals.builder().clock(clock).build();
        String id = ask(desk, question("alice", "5"));
        clock.advance(Duration.ofMinutes(29));
        desk.approve(id, "carol");

        clock.advance(Duration.ofMinutes(-5));

        assertThat(desk.claim(id)).isPresent();
    }

    @Test
    void whoFollowsHearsBeforehandThatAQuestionLapsesAndWhoAnsweredIt() {
        List<ApprovalEvent> announced = new ArrayList<>();
        ApprovalDesk desk = InMemoryApprovals.builder().clock(clock).build();
        desk.subscribe(new Follower() {
            @Override
            public void happening(ApprovalEvent event) {
                announced.add(event);
            }
        });
        String approved = ask(desk, question("alice", "5"));
        String rejected = ask(desk, question("alice", "6"));
        clock.advance(Duration.ofMinutes(10));
        desk.approve(approved, "carol");
        desk.reject(rejected, "dave", "not today");
        clock.advance(Duration.ofMinutes(30));
        desk.pending();

        Instant asked = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(announced)
                .extracting(ApprovalEvent::kind, ApprovalEvent::who, ApprovalEvent::why, ApprovalEvent::lapses)
                .containsExactly(
                        tuple(Kind.ASKED, "", "", asked.plus(Duration.ofMinutes(30))),
                        tuple(Kind.ASKED, "", "", asked.plus(Duration.ofMinutes(30))),
                        tuple(Kind.APPROVED, "carol", "", asked.plus(Duration.ofMinutes(30))),
                        tuple(Kind.REJECTED, "dave", "not today", asked.plus(Duration.ofMinutes(40))),
                        tuple(Kind.LAPSED, "carol", "", asked.plus(Duration.ofMinutes(30))),
                        tuple(Kind.LAPSED, "dave", "not today", asked.plus(Duration.ofMinutes(40))));
    }

    @Test
    void toTheBoundsAndNotBeyond() {
        InMemoryApprovals.Builder builder = InMemoryApprovals.builder().clock(clock);
        Duration year = Duration.ofDays(366);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.lapsingAfter(year.plusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.pendingAtMost(0, 1));
        ApprovalDesk desk = builder.lapsingAfter(year).pendingAtMost(1, 2).build();
        String id = ask(desk, question("alice", "5"));
        String other = ask(desk, question("bob", "5"));

        assertThatIllegalArgumentException().isThrownBy(() -> desk.approve(id, "c".repeat(257)));
        assertThatIllegalArgumentException().isThrownBy(() -> desk.reject(id, "carol", "w".repeat(1_001)));
        desk.approve(id, "c".repeat(256));
        desk.reject(other, "carol", "w".repeat(1_000));
        assertThat(desk.find(other)).map(AskedQuestion::why).contains("w".repeat(1_000));
    }
}
