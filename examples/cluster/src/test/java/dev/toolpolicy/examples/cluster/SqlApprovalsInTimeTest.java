package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.ApprovalTable.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Approvals.Follower;
import dev.toolpolicy.spi.Standing.Approved;
import dev.toolpolicy.spi.Standing.Rejected;
import dev.toolpolicy.spi.Standing.Waiting;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** When what is written in the table lapses, is let go of and forgotten, and what becomes of it as clocks leap. */
class SqlApprovalsInTimeTest extends OnApprovalTable {
    /** A database that fails over to one whose clock is behind, say. */
    @Test
    void nobodyAnswersAsTheClockGoesBackWhatTheRuleWasNotAskedFor() {
        String id = ask(here, PAY);
        AtomicBoolean ahead = new AtomicBoolean();
        SqlApprovals leaping = SqlApprovals.over(leaping(ahead)).build();

        ahead.set(true);
        assertThatExceptionOfType(AnswerRefused.Lapsed.class).isThrownBy(() -> leaping.approve(id, "alice"));

        assertThat(ahead).as("it was looked at once").isFalse();
        assertThat(state(here, id)).isEqualTo(State.PENDING);
    }

    /** Connections to a database whose clock is an hour ahead, if it is, when it is read for the next time. */
    private static DataSource leaping(AtomicBoolean ahead) {
        return through(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) return method.invoke(pool, arguments);
            Connection connection = pool.getConnection();
            return through(Connection.class, (asked, with) -> {
                boolean reads =
                        asked.getName().equals("prepareStatement") && ((String) with[0]).contains("clock_timestamp");
                if (reads && ahead.getAndSet(false)) with[0] += " + 3600000";
                return asked.invoke(connection, with);
            });
        });
    }

    @FunctionalInterface
    private interface Calling {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T through(Class<T> type, Calling calling) {
        return type.cast(Proxy.newProxyInstance(
                SqlApprovalsInTimeTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calling.call(method, arguments)));
    }

    @Test
    void holdEndsByItselfAndIsWorthNothingFromThenOn() throws Exception {
        String id = ask(here, PAY);
        here.approve(id, "carol");
        Claim gone = here.claim(id).orElseThrow();
        age(Duration.ofSeconds(29));
        assertThat(there.claim(id)).isEmpty();

        age(Duration.ofSeconds(1));

        assertThat(there.look(PAY)).isInstanceOf(Approved.class);
        assertThatIllegalStateException().as("nobody has it").isThrownBy(gone::use);
        Claim taken = there.claim(id).orElseThrow();
        assertThatIllegalStateException().as("another has it").isThrownBy(gone::use);
        gone.release();
        taken.use();
        assertThatIllegalStateException().as("it is used").isThrownBy(gone::use);
        assertThat(heardHere).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED, Kind.APPROVED);
        assertThat(heardThere).extracting(ApprovalEvent::kind).containsExactly(Kind.USED);
    }

    @Test
    void rejectionHoldsAsLongAsAQuestionFromThenOn() throws Exception {
        String id = ask(here, PAY);
        age(Duration.ofMinutes(20));
        there.reject(id, "carol", "not today");

        age(Duration.ofMinutes(29));
        assertThat(here.ask(PAY)).isEqualTo(new Rejected(id));
        age(Duration.ofMinutes(1));
        assertThat(here.ask(PAY)).isInstanceOf(Waiting.class);
        assertThat(here.find(id).orElseThrow())
                .extracting(AskedQuestion::state, AskedQuestion::who, AskedQuestion::why)
                .containsExactly(State.LAPSED, "carol", "not today");
    }

    @Test
    void questionAndApprovalLapse() throws Exception {
        String id = ask(here, PAY);
        String other = ask(here, question("alice", "6"));
        age(LIFE.minusMinutes(1));
        here.approve(id, "carol");
        assertThat(there.ask(PAY)).isInstanceOf(Approved.class);

        age(Duration.ofMinutes(1));

        assertThat(there.claim(id)).isEmpty();
        assertThat(there.pending()).isEmpty();
        assertThat(state(there, id)).isEqualTo(State.LAPSED);
        assertThatExceptionOfType(AnswerRefused.Lapsed.class).isThrownBy(() -> there.approve(other, "carol"));
        assertThat(ask(there, PAY)).isNotEqualTo(id);
        assertThat(heardThere)
                .as("by whoever asks next")
                .extracting(ApprovalEvent::kind)
                .containsExactly(Kind.LAPSED, Kind.LAPSED, Kind.ASKED);
        assertThat(heardHere).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED, Kind.ASKED, Kind.APPROVED);
    }

    @Test
    void whatIsHeldDoesNotLapseUntilItIsLetGo() throws Exception {
        SqlApprovals patient = with(builder -> builder.holdingFor(Duration.ofMinutes(10)));
        String used = ask(here, PAY);
        String released = ask(here, question("alice", "6"));
        here.approve(used, "carol");
        here.approve(released, "carol");
        age(Duration.ofMinutes(25));
        Claim first = patient.claim(used).orElseThrow();
        Claim second = patient.claim(released).orElseThrow();

        age(Duration.ofMinutes(6));
        assertThat(there.look(PAY)).isInstanceOf(Waiting.class);
        ask(there, question("alice", "7"));
        first.use();
        second.release();

        assertThat(state(there, used)).isEqualTo(State.USED);
        assertThat(state(there, released)).isEqualTo(State.LAPSED);
    }

    @Test
    void whatWasWrittenWhileTheClockWasYearsAheadDoesNotHoldForYears() throws Exception {
        String id = ask(here, PAY);
        here.approve(id, "carol");
        assertThat(here.claim(id)).isPresent();
        String waiting = ask(here, question("alice", "6"));

        age(Duration.ofDays(-3_650));

        assertThat(here.claim(id)).isEmpty();
        assertThat(here.pending()).isEmpty();
        assertThat(ask(there, PAY)).isNotEqualTo(id);
        assertThat(ask(there, question("alice", "6"))).isNotEqualTo(waiting);
    }

    @Test
    void clockThatIsSetBackALittleChangesNothing() throws Exception {
        String id = ask(here, PAY);
        here.approve(id, "carol");

        age(Duration.ofSeconds(-5));

        assertThat(here.claim(id)).isPresent();
    }

    @Test
    void lapsedQuestionsOfAnotherNamespaceAreToldToNobodyHere() throws Exception {
        ask(there, question("test", "alice", "1"));
        age(LIFE);
        ask(here, PAY);
        assertThat(heardHere).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED);

        ask(there, question("test", "alice", "2"));
        assertThat(heardThere).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED, Kind.LAPSED, Kind.ASKED);
    }

    @Test
    void whatIsOverForADayIsForgottenAndNothingElse() throws Exception {
        String used = ask(here, PAY);
        here.approve(used, "carol");
        here.claim(used).orElseThrow().use();
        String lapsed = ask(here, question("alice", "6"));
        age(LIFE);
        ask(here, question("alice", "7"));
        age(Duration.ofHours(23));
        ask(here, question("alice", "8"));
        assertThat(there.find(used)).isPresent();
        assertThat(there.find(lapsed)).isPresent();

        age(Duration.ofHours(1));
        String last = ask(here, question("alice", "9"));

        assertThat(there.find(used)).isEmpty();
        assertThat(there.find(lapsed)).isEmpty();
        assertThat(there.find(last)).isPresent();
        assertThatExceptionOfType(AnswerRefused.Unknown.class).isThrownBy(() -> there.approve(used, "carol"));
    }

    @Test
    void whatHoldsForDaysIsNotForgottenBefore() throws Exception {
        SqlApprovals slow = with(builder -> builder.lapsingAfter(Duration.ofDays(3)));
        String id = ask(slow, PAY);
        slow.approve(id, "carol");
        age(Duration.ofDays(2));
        ask(there, question("alice", "6"));

        assertThat(there.claim(id)).isPresent();
    }

    @Test
    void whatWasTidiedInVainIsToldByWhoeverAsksNext() throws Exception {
        ask(there, PAY);
        age(LIFE);
        here.subscribe(new Follower() {
            @Override
            public void happening(ApprovalEvent event) {
                if (event.kind() == Kind.ASKED) throw new IllegalStateException("not recorded");
            }
        });
        assertThatIllegalStateException().isThrownBy(() -> here.ask(PAY));
        assertThat(heardHere).as("all of it is undone").isEmpty();

        ask(there, question("alice", "6"));

        assertThat(heardThere).extracting(ApprovalEvent::kind).containsExactly(Kind.ASKED, Kind.LAPSED, Kind.ASKED);
    }
}
