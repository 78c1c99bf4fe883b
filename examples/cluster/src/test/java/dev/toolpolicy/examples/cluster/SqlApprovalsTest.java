package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.ApprovalTable.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Approvals.Follower;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import dev.toolpolicy.spi.Standing.Approved;
import dev.toolpolicy.spi.Standing.TooMany;
import dev.toolpolicy.spi.Standing.Waiting;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What approvals in a database promise whoever asks, answers and listens. */
class SqlApprovalsTest extends OnApprovalTable {
    @Test
    void sameQuestionHasTheSameIdWhereverItIsAskedWhileItWaits() {
        Standing first = here.ask(PAY);

        assertThat(((Waiting) first).id()).matches("[0-9a-f]{32}");
        assertThat(((Waiting) first).lapses()).isCloseTo(Instant.now().plus(LIFE), within(1, ChronoUnit.MINUTES));
        assertThat(there.ask(PAY)).isEqualTo(first);
        assertThat(there.look(PAY)).isEqualTo(first);
        assertThat(there.ask(question("alice", "6"))).isNotEqualTo(first);
        assertThat(there.ask(question("bob", "5"))).isNotEqualTo(first);
        assertThat(there.ask(question("test", "alice", "5"))).isNotEqualTo(first);
    }

    @Test
    void lookingAsksNobody() {
        assertThat(here.look(PAY))
                .isInstanceOfSatisfying(
                        Waiting.class, waiting -> assertThat(waiting.id()).isEmpty());
        assertThat(there.pending()).isEmpty();
        assertThat(heardHere).isEmpty();

        String id = ask(here, PAY);
        there.approve(id, "carol");
        assertThat(here.look(PAY)).isInstanceOf(Approved.class);
        assertThat(there.claim(id)).isPresent();
        assertThat(here.look(PAY)).isInstanceOf(Waiting.class);
    }

    @Test
    void approvalIsUsedOnce() {
        String id = ask(here, PAY);
        assertThat(here.claim(id)).as("not given").isEmpty();
        there.approve(id, "carol");

        Claim claim = here.claim(id).orElseThrow();
        assertThat(there.claim(id)).as("held").isEmpty();
        assertThat(there.ask(PAY))
                .as("held")
                .isInstanceOfSatisfying(
                        Waiting.class, waiting -> assertThat(waiting.id()).isEqualTo(id));
        claim.use();
        claim.release();

        assertThat(there.claim(id)).as("used").isEmpty();
        assertThat(here.claim(id)).as("used").isEmpty();
        assertThat(state(there, id)).isEqualTo(State.USED);
        assertThatIllegalStateException().isThrownBy(claim::use).withMessage("this claim is over");
        assertThat(ask(there, PAY)).as("asked anew").isNotEqualTo(id);
    }

    @Test
    void approvalThatIsLetGoOfIsAsGoodAsBefore() {
        String id = ask(here, PAY);
        here.approve(id, "carol");
        Standing approved = here.look(PAY);

        Claim claim = here.claim(id).orElseThrow();
        claim.release();
        claim.release();

        assertThat(there.ask(PAY)).isEqualTo(approved);
        assertThatIllegalStateException().as("let go of").isThrownBy(claim::use);
        Claim other = there.claim(id).orElseThrow();
        claim.release();
        assertThat(here.claim(id)).as("another's is not let go of").isEmpty();
        other.use();
        assertThat(state(here, id)).isEqualTo(State.USED);
    }

    @Test
    void thereAreFourWaysToRefuseAnAnswer() throws Exception {
        SqlApprovals strict =
                with(builder -> builder.approvers((question, who) -> who.equals("carol") && isPay(question)));
        String id = ask(here, PAY);

        assertThatExceptionOfType(AnswerRefused.Unknown.class)
                .isThrownBy(() -> strict.approve("0123456789abcdef0123456789abcdef", "carol"));
        assertThatExceptionOfType(AnswerRefused.NotAllowed.class)
                .isThrownBy(() -> strict.approve(id, "dave"))
                .withMessage("the host's rule does not let this person answer");
        assertThatExceptionOfType(AnswerRefused.NotAllowed.class).isThrownBy(() -> strict.reject(id, "dave", ""));
        strict.approve(id, "carol");
        assertThatExceptionOfType(AnswerRefused.Settled.class).isThrownBy(() -> there.approve(id, "carol"));
        assertThatExceptionOfType(AnswerRefused.Settled.class).isThrownBy(() -> there.reject(id, "carol", ""));
        age(Duration.ofDays(1));
        assertThatExceptionOfType(AnswerRefused.Lapsed.class).isThrownBy(() -> there.reject(id, "carol", ""));
    }

    private static boolean isPay(AskedQuestion question) {
        return question.tool().equals("pay");
    }

    @Test
    void whoAsksNeverApprovesWhateverTheRuleSays() {
        String id = ask(here, PAY);

        for (SqlApprovals each : List.of(here, there)) {
            assertThatExceptionOfType(AnswerRefused.NotAllowed.class)
                    .isThrownBy(() -> each.approve(id, "alice"))
                    .withMessage("who asks may not approve");
        }
        assertThat(state(here, id)).isEqualTo(State.PENDING);
        there.reject(id, "alice", "a mistake of mine");
        assertThat(state(here, id)).isEqualTo(State.REJECTED);
    }

    @Test
    void approverIsAPersonWithAName() {
        String id = ask(here, PAY);

        for (String nobody : List.of("", "  ", "ca\nrol", "x".repeat(257), "carol\ud800"))
            assertThatIllegalArgumentException().isThrownBy(() -> here.approve(id, nobody));
        for (String wrong : List.of("x".repeat(1_001), "\udc00", "\u0000"))
            assertThatIllegalArgumentException().isThrownBy(() -> here.reject(id, "carol", wrong));
        assertThat(state(here, id)).isEqualTo(State.PENDING);
        here.reject(id, "é".repeat(256), "\ud83d\ude00".repeat(500));
        assertThat(there.find(id)).map(AskedQuestion::why).contains("\ud83d\ude00".repeat(500));
    }

    @Test
    void approverInAnotherProcessSeesAllThatWillRun() {
        Question whole = question("ålice", "ü\ud83d\ude00");
        String first = ask(here, PAY);
        String second = ask(here, whole);

        assertThat(there.pending()).extracting(AskedQuestion::id).containsExactlyInAnyOrder(first, second);
        assertThat(there.find(second)).hasValueSatisfying(seen -> {
            assertThat(seen.question()).isEqualTo(whole);
            assertThat(seen.arguments()).isEqualTo(Map.of("note", "ü\ud83d\ude00"));
            assertThat(seen.state()).isEqualTo(State.PENDING);
            assertThat(Duration.between(seen.asked(), seen.lapses())).isEqualTo(LIFE);
        });
    }

    @Test
    void asMuchMayWaitAsIsSaidInEachNamespace() {
        SqlApprovals small = with(builder -> builder.pendingAtMost(2, 3));
        String first = ask(there, question("alice", "1"));
        ask(there, question("alice", "2"));
        assertThat(small.ask(question("alice", "3"))).isEqualTo(new TooMany());
        assertThat(small.look(question("alice", "3"))).isEqualTo(new TooMany());
        assertThat(small.ask(question("alice", "1"))).isInstanceOf(Waiting.class);
        ask(there, question("bob", "1"));
        assertThat(small.ask(question("carol", "1"))).isEqualTo(new TooMany());
        assertThat(small.ask(question("test", "alice", "1"))).isInstanceOf(Waiting.class);

        there.approve(first, "dave");

        assertThat(small.ask(question("carol", "1"))).isInstanceOf(Waiting.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlApprovals.over(pool).pendingAtMost(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlApprovals.over(pool).pendingAtMost(2, 1));
    }

    @Test
    void largeArgumentsCountToo() throws Exception {
        String mebibyte = "x".repeat(1 << 20);
        for (int i = 0; i < 3; i++) ask(here, question("alice", i + mebibyte));

        assertThat(there.ask(question("alice", "8" + mebibyte))).isEqualTo(new TooMany());
        // What is rejected is kept too, and so still counts.
        there.pending().forEach(waiting -> there.reject(waiting.id(), "carol", ""));
        assertThat(there.ask(question("alice", "8" + mebibyte))).isEqualTo(new TooMany());
        assertThat(there.ask(question("bob", "8" + mebibyte))).isInstanceOf(Waiting.class);
        age(LIFE);
        assertThat(there.ask(question("alice", "8" + mebibyte))).isInstanceOf(Waiting.class);
    }

    @Test
    void whoSaysNoBeforehandKeepsItFromHappening() throws Exception {
        Set<Kind> forbidden = new HashSet<>(Set.of(Kind.ASKED));
        Follower strict = new Follower() {
            @Override
            public void happening(ApprovalEvent event) {
                if (forbidden.contains(event.kind())) throw new IllegalStateException("not recorded");
            }
        };
        here.subscribe(strict);

        assertThatIllegalStateException().isThrownBy(() -> here.ask(PAY)).withMessage("not recorded");
        assertThat(there.pending()).isEmpty();
        forbidden.remove(Kind.ASKED);
        String id = ask(here, PAY);
        forbidden.addAll(Set.of(Kind.APPROVED, Kind.REJECTED));
        assertThatIllegalStateException().isThrownBy(() -> here.approve(id, "carol"));
        assertThatIllegalStateException().isThrownBy(() -> here.reject(id, "carol", ""));
        assertThat(state(there, id)).isEqualTo(State.PENDING);
        forbidden.removeAll(Set.of(Kind.APPROVED, Kind.REJECTED));
        here.approve(id, "carol");
        forbidden.addAll(Set.of(Kind.USED, Kind.LAPSED));
        Claim claim = here.claim(id).orElseThrow();
        assertThatIllegalStateException().isThrownBy(claim::use).withMessage("not recorded");
        claim.release();
        assertThat(there.look(PAY)).isInstanceOf(Approved.class);
        age(Duration.ofHours(1));
        ask(here, question("alice", "6"));
        assertThat(state(there, id)).as("cannot be kept from").isEqualTo(State.LAPSED);
        here.unsubscribe(strict);
        forbidden.add(Kind.ASKED);
        assertThat(here.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(heardHere)
                .as("what did not happen is not told")
                .extracting(ApprovalEvent::kind)
                .containsExactly(Kind.ASKED, Kind.APPROVED, Kind.LAPSED, Kind.ASKED, Kind.ASKED);
    }

    @Test
    void whoOnlyListensStopsNothing() {
        SqlApprovals loud = with(builder -> builder.listener(event -> {
            throw new AssertionError("not of interest");
        }));
        String id = ask(loud, PAY);
        loud.approve(id, "carol");
        loud.claim(id).orElseThrow().use();

        assertThat(state(there, id)).isEqualTo(State.USED);
    }

    @Test
    void followerHearsWhoAnsweredAndWhy() {
        String id = ask(here, PAY);
        there.reject(id, "carol", "not today");

        assertThat(heardThere).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(id);
            assertThat(event.question()).isEqualTo(PAY);
            assertThat(event.who()).isEqualTo("carol");
            assertThat(event.why()).isEqualTo("not today");
            assertThat(event.lapses()).isEqualTo(event.time().plus(LIFE));
        });
    }

    @Test
    void rowThatSomebodyElseChangedDeniesAndIsNotGuessedAt() throws Exception {
        for (String damage :
                List.of("rules = '[['", "rules = '[[1,2]]'", "attributes = '{\"a\":1}'", "state = 'SEEN'")) {
            ApprovalTable.empty(pool);
            String id = ask(here, PAY);
            here.approve(id, "carol");
            Postgres.execute(pool, "UPDATE toolpolicy_approval SET " + damage);
            assertThatExceptionOfType(RuntimeException.class).as(damage).isThrownBy(() -> here.claim(id));
        }
    }

    @Test
    void whatIsClosedAnswersNothing() {
        String id = ask(here, PAY);
        here.approve(id, "carol");
        Claim claim = here.claim(id).orElseThrow();
        here.close();

        for (Runnable use : List.<Runnable>of(
                () -> here.ask(PAY),
                () -> here.look(PAY),
                () -> here.claim(id),
                claim::use,
                here::pending,
                () -> here.find(id),
                () -> here.approve(id, "dave"))) {
            assertThatIllegalStateException().isThrownBy(use::run).withMessage("these approvals are closed");
        }
        claim.release();
        assertThat(there.find(id)).as("others go on").isPresent();
    }

    @Test
    void whatCannotBeReliedOnIsNotBuilt() throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            SqlApprovals.over(new OneConnection(connection)).build())
                    .withMessageContaining("READ COMMITTED");
        }
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(367))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqlApprovals.over(pool).lapsingAfter(wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqlApprovals.over(pool).holdingFor(wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqlApprovals.over(pool).timeLimit(wrong));
        }
    }

    @Test
    void connectionsAreGivenBackAsTheyCame() throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 1_234);
            SqlApprovals approvals =
                    SqlApprovals.over(new OneConnection(connection)).build();
            ask(approvals, PAY);
            approvals.subscribe(new Follower() {
                @Override
                public void happening(ApprovalEvent event) {
                    throw new IllegalStateException("no");
                }
            });
            assertThatIllegalStateException().isThrownBy(() -> approvals.ask(question("alice", "6")));

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getNetworkTimeout()).isEqualTo(1_234);
        }
    }
}
