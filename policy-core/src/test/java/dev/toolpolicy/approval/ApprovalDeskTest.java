package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.TestClock;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Approvals.Follower;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import dev.toolpolicy.spi.Standing.Approved;
import dev.toolpolicy.spi.Standing.Rejected;
import dev.toolpolicy.spi.Standing.TooMany;
import dev.toolpolicy.spi.Standing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a desk promises whoever asks, answers and listens, in memory and in a file. */
abstract class ApprovalDeskTest {
    private static final Question PAY = question("alice", "5");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final TestClock clock = new TestClock(NOON.toString());
    private final List<ApprovalEvent> heard = new ArrayList<>();

    /** A desk with this clock, and with these options. */
    abstract ApprovalDesk desk(Options options);

    /** Options of either. */
    interface Options {
        <B extends ApprovalDesk.Builder<B>> B on(B builder);
    }

    private ApprovalDesk desk() {
        return desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.listener(heard::add);
            }
        });
    }

    static String ask(ApprovalDesk desk, Question question) {
        return ((Waiting) desk.ask(question)).id();
    }

    @Test
    void sameQuestionHasTheSameIdWhileItWaits() {
        ApprovalDesk desk = desk();

        Standing first = desk.ask(PAY);

        assertThat(first).isEqualTo(new Waiting(((Waiting) first).id(), NOON.plus(Duration.ofMinutes(30))));
        assertThat(desk.ask(PAY)).isEqualTo(first);
        assertThat(desk.ask(question("alice", "6"))).isNotEqualTo(first);
        assertThat(desk.ask(question("bob", "5"))).isNotEqualTo(first);
        assertThat(heard).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED, Kind.ASKED, Kind.ASKED);
    }

    @Test
    void idsAreLongAndNoTwoAreTheSame() {
        ApprovalDesk desk = desk();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) ids.add(ask(desk, question("alice", "" + i)));

        assertThat(ids).hasSize(50).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void lookingAsksNobody() {
        ApprovalDesk desk = desk();

        assertThat(desk.look(PAY)).isEqualTo(new Waiting("", NOON.plus(Duration.ofMinutes(30))));
        assertThat(desk.pending()).isEmpty();
        String id = ask(desk, PAY);
        assertThat(desk.look(PAY)).isEqualTo(desk.ask(PAY));
        desk.approve(id, "carol");
        assertThat(desk.look(PAY)).isInstanceOf(Approved.class);
        assertThat(desk.claim(id)).isPresent();
        assertThat(desk.look(PAY)).isInstanceOf(Waiting.class);
    }

    @Test
    void approvalIsUsedOnce() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        assertThat(desk.claim(id)).as("not given").isEmpty();
        desk.approve(id, "carol");

        Claim claim = desk.claim(id).orElseThrow();
        assertThat(desk.claim(id)).as("held").isEmpty();
        assertThat(desk.ask(PAY)).as("held").isInstanceOf(Waiting.class);
        claim.use();
        claim.release();

        assertThat(desk.claim(id)).as("used").isEmpty();
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.USED);
        assertThat(((Waiting) desk.ask(PAY)).id()).as("asked anew").isNotEqualTo(id);
        assertThatIllegalStateException().isThrownBy(claim::use);
    }

    @Test
    void approvalThatIsLetGoOfIsAsGoodAsBefore() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        desk.approve(id, "carol");

        Claim claim = desk.claim(id).orElseThrow();
        claim.release();
        claim.release();

        assertThat(desk.ask(PAY)).isEqualTo(new Approved(id, NOON.plus(Duration.ofMinutes(30))));
        assertThatIllegalStateException().as("a claim that is over").isThrownBy(claim::use);
        assertThat(desk.claim(id)).isPresent();
    }

    @Test
    void rejectionHoldsAsLongAsAQuestionFromThenOn() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        clock.advance(Duration.ofMinutes(20));
        desk.reject(id, "carol", "not today");

        clock.advance(Duration.ofMinutes(29));
        assertThat(desk.ask(PAY)).isEqualTo(new Rejected(id));
        clock.advance(Duration.ofMinutes(1));
        assertThat(desk.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(desk.find(id).orElseThrow())
                .extracting(AskedQuestion::state, AskedQuestion::who, AskedQuestion::why)
                .containsExactly(State.LAPSED, "carol", "not today");
    }

    @Test
    void questionAndApprovalLapseAtTheSameInstant() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        String other = ask(desk, question("alice", "6"));
        clock.set(NOON.plus(Duration.ofMinutes(30)).minusNanos(1));
        desk.approve(id, "carol");
        assertThat(desk.ask(PAY)).isInstanceOf(Approved.class);

        clock.set(NOON.plus(Duration.ofMinutes(30)));

        assertThat(desk.claim(id)).isEmpty();
        assertThat(desk.pending()).isEmpty();
        assertThatExceptionOfType(AnswerRefused.Lapsed.class).isThrownBy(() -> desk.approve(other, "carol"));
        assertThat(heard)
                .extracting(ApprovalEvent::kind)
                .containsExactly(Kind.ASKED, Kind.ASKED, Kind.APPROVED, Kind.LAPSED, Kind.LAPSED);
    }

    @Test
    void whatIsHeldDoesNotLapseUntilItIsLetGo() {
        ApprovalDesk desk = desk();
        String used = ask(desk, PAY);
        String released = ask(desk, question("alice", "6"));
        desk.approve(used, "carol");
        desk.approve(released, "carol");
        Claim first = desk.claim(used).orElseThrow();
        Claim second = desk.claim(released).orElseThrow();

        clock.advance(Duration.ofHours(1));
        first.use();
        second.release();

        assertThat(desk.find(used)).map(AskedQuestion::state).contains(State.USED);
        assertThat(desk.find(released)).map(AskedQuestion::state).contains(State.LAPSED);
    }

    @Test
    void whatHasLapsedDoesNotComeBackWithTheClock() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        desk.approve(id, "carol");
        clock.advance(Duration.ofMinutes(30));
        assertThat(desk.pending()).isEmpty();

        clock.set(NOON);

        assertThat(desk.claim(id)).isEmpty();
        assertThat(((Waiting) desk.ask(PAY)).id()).isNotEqualTo(id);
    }

    @Test
    void whatWasAskedWhileTheClockWasYearsAheadDoesNotHoldForYears() {
        ApprovalDesk desk = desk();
        clock.advance(Duration.ofDays(3_650));
        String id = ask(desk, PAY);
        desk.approve(id, "carol");

        clock.set(NOON);

        assertThat(desk.claim(id)).isEmpty();
        assertThat(((Waiting) desk.ask(PAY)).id()).isNotEqualTo(id);
    }

    @Test
    void clockThatIsSetBackALittleChangesNothing() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        desk.approve(id, "carol");

        clock.set(NOON.minusSeconds(5));

        assertThat(desk.claim(id)).isPresent();
    }

    @Test
    void thereAreFourWaysToRefuseAnAnswer() {
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.approvers((question, who) ->
                        who.equals("carol") && question.tool().equals("pay"));
            }
        });
        String id = ask(desk, PAY);

        assertThatExceptionOfType(AnswerRefused.Unknown.class)
                .isThrownBy(() -> desk.approve("0123456789abcdef0123456789abcdef", "carol"))
                .withMessage("there is no such question");
        assertThatExceptionOfType(AnswerRefused.NotAllowed.class)
                .isThrownBy(() -> desk.approve(id, "dave"))
                .withMessage("the host's rule does not let this person answer");
        assertThatExceptionOfType(AnswerRefused.NotAllowed.class).isThrownBy(() -> desk.reject(id, "dave", ""));
        desk.approve(id, "carol");
        assertThatExceptionOfType(AnswerRefused.Settled.class)
                .isThrownBy(() -> desk.approve(id, "carol"))
                .withMessage("the question is answered already");
        assertThatExceptionOfType(AnswerRefused.Settled.class).isThrownBy(() -> desk.reject(id, "carol", ""));
        clock.advance(Duration.ofDays(1));
        assertThatExceptionOfType(AnswerRefused.Lapsed.class)
                .isThrownBy(() -> desk.reject(id, "carol", ""))
                .withMessage("the question has lapsed");
    }

    @Test
    void whoAsksNeverApprovesWhateverTheRuleSays() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);

        assertThatExceptionOfType(AnswerRefused.NotAllowed.class)
                .isThrownBy(() -> desk.approve(id, "alice"))
                .withMessage("who asks may not approve");
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.PENDING);
        desk.reject(id, "alice", "a mistake of mine");
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.REJECTED);
    }

    @Test
    void approverIsAPersonWithAName() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);

        for (String nobody : List.of("", "  ", "ca\nrol", "x".repeat(257)))
            assertThatIllegalArgumentException().isThrownBy(() -> desk.approve(id, nobody));
        assertThatIllegalArgumentException().isThrownBy(() -> desk.reject(id, "carol", "x".repeat(1_001)));
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.PENDING);
    }

    @Test
    void approverSeesAllThatWillRun() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);

        assertThat(desk.pending()).singleElement().satisfies(seen -> {
            assertThat(seen.id()).isEqualTo(id);
            assertThat(seen.asker()).isEqualTo(PAY.asker());
            assertThat(seen.tool()).isEqualTo("pay");
            assertThat(seen.argumentsJson()).isEqualTo("{\"note\":\"5\"}");
            assertThat(seen.arguments()).containsExactly(java.util.Map.entry("note", "5"));
            assertThat(seen.rules()).isEqualTo(PAY.rules());
            assertThat(seen.asked()).isEqualTo(NOON);
            assertThat(seen.lapses()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
            assertThat(seen.toString()).doesNotContain("note").contains(id, "pay", "PENDING");
            assertThat(seen.question().toString()).doesNotContain("note");
        });
    }

    @Test
    void asMuchMayWaitAsIsSaid() {
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.pendingAtMost(2, 3);
            }
        });
        String first = ask(desk, question("alice", "1"));
        ask(desk, question("alice", "2"));
        assertThat(desk.ask(question("alice", "3"))).isEqualTo(new TooMany());
        assertThat(desk.look(question("alice", "3"))).isEqualTo(new TooMany());
        assertThat(desk.ask(question("alice", "1"))).isInstanceOf(Waiting.class);
        ask(desk, question("bob", "1"));
        assertThat(desk.ask(question("carol", "1"))).isEqualTo(new TooMany());

        desk.approve(first, "dave");

        assertThat(desk.ask(question("carol", "1"))).isInstanceOf(Waiting.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryApprovals.builder().pendingAtMost(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryApprovals.builder().pendingAtMost(2, 1));
    }

    @Test
    void largeArgumentsCountToo() {
        ApprovalDesk desk = desk();
        String mebibyte = "x".repeat(1 << 20);
        for (int i = 0; i < 3; i++) ask(desk, question("alice", i + mebibyte));

        assertThat(desk.ask(question("alice", "8" + mebibyte))).isEqualTo(new TooMany());
        // What is rejected is kept too, and so still counts.
        desk.pending().forEach(waiting -> desk.reject(waiting.id(), "carol", ""));
        assertThat(desk.ask(question("alice", "8" + mebibyte))).isEqualTo(new TooMany());
        assertThat(desk.ask(question("bob", "8" + mebibyte))).isInstanceOf(Waiting.class);
        clock.advance(Duration.ofMinutes(30));
        assertThat(desk.ask(question("alice", "8" + mebibyte))).isInstanceOf(Waiting.class);
    }

    @Test
    void whoSaysNoBeforehandKeepsItFromHappening() {
        ApprovalDesk desk = desk();
        Set<Kind> forbidden = new HashSet<>(Set.of(Kind.ASKED));
        Follower strict = new Follower() {
            @Override
            public void happening(ApprovalEvent event) {
                if (forbidden.contains(event.kind())) throw new IllegalStateException("not recorded");
            }
        };
        desk.subscribe(strict);

        assertThatIllegalStateException().isThrownBy(() -> desk.ask(PAY));
        assertThat(desk.pending()).isEmpty();
        forbidden.remove(Kind.ASKED);
        String id = ask(desk, PAY);
        forbidden.add(Kind.APPROVED);
        assertThatIllegalStateException().isThrownBy(() -> desk.approve(id, "carol"));
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.PENDING);
        forbidden.remove(Kind.APPROVED);
        desk.approve(id, "carol");
        forbidden.addAll(Set.of(Kind.USED, Kind.LAPSED));
        Claim claim = desk.claim(id).orElseThrow();
        assertThatIllegalStateException().isThrownBy(claim::use);
        claim.release();
        assertThat(desk.find(id)).map(AskedQuestion::state).contains(State.APPROVED);
        clock.advance(Duration.ofHours(1));
        assertThat(desk.find(id))
                .map(AskedQuestion::state)
                .as("cannot be kept from")
                .contains(State.LAPSED);
        desk.unsubscribe(strict);
        forbidden.add(Kind.ASKED);
        assertThat(desk.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(heard)
                .as("what did not happen is not told")
                .extracting(ApprovalEvent::kind)
                .containsExactly(Kind.ASKED, Kind.APPROVED, Kind.LAPSED, Kind.ASKED);
    }

    @Test
    void listenerMayAnswerAndMayFail() {
        List<ApprovalDesk> desks = new ArrayList<>();
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.listener(event -> {
                            throw new IllegalStateException("broken");
                        })
                        .listener(event -> {
                            if (event.kind() == Kind.ASKED) desks.get(0).approve(event.id(), "robot");
                        });
            }
        });
        desks.add(desk);

        assertThat(desk.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(desk.ask(PAY)).isInstanceOf(Approved.class);
    }

    @Test
    void whatIsClosedAnswersNothing() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        desk.approve(id, "carol");
        Claim claim = desk.claim(id).orElseThrow();
        desk.close();

        for (Runnable use : List.<Runnable>of(
                () -> desk.ask(PAY),
                () -> desk.look(PAY),
                () -> desk.claim(id),
                claim::use,
                desk::pending,
                () -> desk.find(id),
                () -> desk.approve(id, "dave"))) {
            assertThatIllegalStateException().isThrownBy(use::run).withMessage("these approvals are closed");
        }
    }

    @Test
    void lifeOfAQuestionIsBounded() {
        UnaryOperator<Duration> with = life -> {
            InMemoryApprovals.builder().lapsingAfter(life);
            return life;
        };
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(367)))
            assertThatIllegalArgumentException().isThrownBy(() -> with.apply(wrong));
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.lapsingAfter(Duration.ofSeconds(1));
            }
        });
        assertThat(desk.ask(PAY)).extracting("lapses").isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void whatIsHeldIsLetGoOfWhateverFails() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);
        desk.approve(id, "carol");
        Claim claim = desk.claim(id).orElseThrow();
        clock.set(null);
        claim.release();
        clock.set(NOON);

        assertThat(desk.claim(id)).isPresent();
    }

    @Test
    void questionsOfAClockThatWasYearsAheadTakeNoRoom() {
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.pendingAtMost(2, 2);
            }
        });
        clock.advance(Duration.ofDays(3_650));
        ask(desk, question("alice", "1"));
        ask(desk, question("alice", "2"));

        clock.set(NOON);

        assertThat(desk.ask(question("alice", "3"))).isInstanceOf(Waiting.class);
        assertThat(desk.pending()).hasSize(1);
    }

    @Test
    void lapsingOfManyHoldsUpNobody() {
        ApprovalDesk desk = desk(new Options() {
            @Override
            public <B extends ApprovalDesk.Builder<B>> B on(B builder) {
                return builder.pendingAtMost(100, 100).listener(heard::add);
            }
        });
        for (int i = 0; i < 100; i++) ask(desk, question("alice", "" + i));
        clock.advance(Duration.ofMinutes(30));

        assertThat(desk.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(heard)
                .extracting(ApprovalEvent::kind)
                .filteredOn(Kind.LAPSED::equals)
                .hasSize(100);
    }

    @Test
    void whoHasHalfASurrogatePairInTheNameIsNobody() {
        ApprovalDesk desk = desk();
        String id = ask(desk, PAY);

        assertThatIllegalArgumentException().isThrownBy(() -> desk.approve(id, "carol\ud800"));
        assertThatIllegalArgumentException().isThrownBy(() -> desk.reject(id, "carol", "\udc00"));
    }

    @Test
    void closingTwiceIsClosingOnce() {
        ApprovalDesk desk = desk();
        desk.close();
        ApprovalDesk next = desk();
        desk.close();

        assertThat(next.ask(PAY)).isInstanceOf(Waiting.class);
        if (next instanceof FileApprovals) assertThatIllegalStateException().isThrownBy(this::desk);
    }
}
