package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is asked, answered, held, used, let go of and left lying in three processes in whatever order while time passes: every
 * answer is that of a few lines which keep every question in a list.
 */
class SqlApprovalsModelTest {
    private static final int PER_GRANT = 3;
    private static final int IN_NAMESPACE = 4;
    private static final int STEPS = 150;
    /** All in minutes. Time is let pass by fours, so that the test may take two minutes of its own and nothing is on an edge. */
    private static final int LIFE = 30;

    private static final int HOLD = 10;

    private static Postgres postgres;
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
        pool = Postgres.pool(postgres.port(), 2);
        ApprovalTable.create(pool);
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
        postgres.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAreThoseOfTheModel(long seed) throws Exception {
        ApprovalTable.empty(pool);
        Run run = new Run(seed);
        for (int step = 0; step < STEPS; step++) run.step();
    }

    /** A question of the model. */
    private static final class Asked {
        private final Question question;
        private final String id;
        private int lapses;
        private State state = State.PENDING;
        private int heldUntil;
        private Object holder = new Object();

        Asked(Question question, String id, int lapses) {
            this.question = question;
            this.id = id;
            this.lapses = lapses;
        }
    }

    private record Holding(Asked asked, Claim claim) {}

    private static final class Run {
        private final SplittableRandom random;
        private final String seed;
        private final List<SqlApprovals> processes;
        private final List<Asked> all = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private final List<Holding> holdings = new ArrayList<>();
        private int now;

        Run(long seed) {
            this.seed = "seed " + seed;
            this.random = new SplittableRandom(seed);
            this.processes = Stream.generate(() -> SqlApprovals.over(pool)
                            .lapsingAfter(Duration.ofMinutes(LIFE))
                            .holdingFor(Duration.ofMinutes(HOLD))
                            .pendingAtMost(PER_GRANT, IN_NAMESPACE)
                            .build())
                    .limit(3)
                    .toList();
        }

        void step() throws SQLException {
            int kind = random.nextInt(100);
            if (kind < 40) ask();
            else if (kind < 55) answer();
            else if (kind < 75) claim();
            else if (kind < 88) end();
            else pass();
            assertThat(any().pending())
                    .as(seed)
                    .extracting(AskedQuestion::id)
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(this::waits)
                            .map(asked -> asked.id)
                            .toList());
        }

        private SqlApprovals any() {
            return processes.get(random.nextInt(processes.size()));
        }

        private void pass() throws SQLException {
            int minutes = 4 * random.nextInt(1, 4);
            ApprovalTable.age(pool, Duration.ofMinutes(minutes));
            now += minutes;
        }

        private boolean held(Asked asked) {
            return asked.state == State.APPROVED && now < asked.heldUntil;
        }

        private boolean over(Asked asked) {
            return asked.state != State.USED && now >= asked.lapses && !held(asked);
        }

        private boolean waits(Asked asked) {
            return asked.state == State.PENDING && !over(asked);
        }

        private Optional<Asked> open(Question question) {
            return all.stream()
                    .filter(asked -> asked.question.equals(question) && asked.state != State.USED && !over(asked))
                    .findFirst();
        }

        private boolean hasRoom(Question question) {
            List<Question> waiting = all.stream()
                    .filter(this::waits)
                    .map(asked -> asked.question)
                    .filter(other -> other.namespace().equals(question.namespace()))
                    .toList();
            String grant = question.asker().grant();
            return waiting.size() < IN_NAMESPACE
                    && waiting.stream()
                                    .filter(other -> other.asker().grant().equals(grant))
                                    .count()
                            < PER_GRANT;
        }

        private String expected(Question question) {
            Optional<Asked> open = open(question);
            if (open.isEmpty()) return hasRoom(question) ? "Waiting" : "TooMany";
            String what = switch (open.get().state) {
                case APPROVED -> held(open.get()) ? "Waiting" : "Approved";
                case REJECTED -> "Rejected";
                default -> "Waiting";
            };
            return what + " " + open.get().id;
        }

        private static String said(Standing standing) {
            if (standing instanceof Standing.Approved approved) return "Approved " + approved.id();
            if (standing instanceof Standing.Rejected rejected) return "Rejected " + rejected.id();
            if (standing instanceof Standing.Waiting waiting) return ("Waiting " + waiting.id()).strip();
            return "TooMany";
        }

        private void ask() {
            Question question = ApprovalTable.question(
                    random.nextBoolean() ? "prod" : "test",
                    random.nextBoolean() ? "alice" : "bob",
                    "" + random.nextInt(4));
            String expected = expected(question);
            assertThat(said(any().look(question))).as(seed).isEqualTo(expected);
            Standing standing = any().ask(question);
            if (!expected.equals("Waiting")) {
                assertThat(said(standing)).as(seed).isEqualTo(expected);
                return;
            }
            String id = ((Standing.Waiting) standing).id();
            assertThat(ids.add(id)).as("a new id, %s", seed).isTrue();
            all.add(new Asked(question, id, now + LIFE));
        }

        private Optional<Asked> anyAsked() {
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        private void answer() {
            anyAsked().ifPresent(asked -> {
                boolean yes = random.nextInt(4) > 0;
                String expected = over(asked) ? "Lapsed" : asked.state == State.PENDING ? "" : "Settled";
                assertThat(answer(asked.id, yes)).as(seed).isEqualTo(expected);
                if (!expected.isEmpty()) return;
                asked.state = yes ? State.APPROVED : State.REJECTED;
                if (!yes) asked.lapses = now + LIFE;
            });
        }

        private String answer(String id, boolean yes) {
            try {
                if (yes) any().approve(id, "carol");
                else any().reject(id, "carol", "no");
                return "";
            } catch (AnswerRefused e) {
                return e.getClass().getSimpleName();
            }
        }

        private void claim() {
            anyAsked().ifPresent(asked -> {
                Optional<Claim> claim = any().claim(asked.id);
                boolean expected = asked.state == State.APPROVED && !over(asked) && !held(asked);
                assertThat(claim.isPresent()).as(seed).isEqualTo(expected);
                claim.ifPresent(given -> {
                    asked.heldUntil = now + HOLD;
                    asked.holder = given;
                    holdings.add(new Holding(asked, given));
                });
            });
        }

        /** A call uses what it holds, or lets go of it; some never do, and some do it twice. */
        private void end() {
            if (holdings.isEmpty()) return;
            Holding holding = holdings.get(random.nextInt(holdings.size()));
            Asked asked = holding.asked();
            boolean itsOwn = held(asked) && asked.holder == holding.claim();
            if (random.nextInt(3) == 0) {
                holding.claim().release();
                if (itsOwn) asked.heldUntil = now;
                return;
            }
            assertThat(uses(holding.claim())).as(seed).isEqualTo(itsOwn);
            if (itsOwn) asked.state = State.USED;
        }

        private static boolean uses(Claim claim) {
            try {
                claim.use();
                return true;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("this claim is over");
                return false;
            }
        }
    }
}
