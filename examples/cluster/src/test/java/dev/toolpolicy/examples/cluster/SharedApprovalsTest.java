package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.ApprovalTable.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Reason;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import dev.toolpolicy.spi.Standing.TooMany;
import dev.toolpolicy.spi.Standing.Waiting;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approval admits one call of all processes, whatever becomes of the processes, of the database and of the way to it. */
class SharedApprovalsTest {
    private static final Question PAY = question("alice", "5");
    private static final int PROCESSES = 3;
    private static final int THREADS = 16;
    /** {@code -Dfaults=200} for so many. */
    private static final int LEAST_CUTS = Integer.getInteger("faults", 40);

    private static final int MOST_CUTS = 5_000;
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofSeconds(30);

    private static Postgres postgres;
    private static List<HikariDataSource> pools;
    private static ExecutorService threads;

    private List<SqlApprovals> processes;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
        pools = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            HikariDataSource pool = Postgres.pool(postgres.port(), THREADS);
            // All of its threads want one at once, and none is to be refused for that.
            pool.setConnectionTimeout(AS_LONG_AS_IT_TAKES.toMillis());
            pools.add(pool);
        }
        ApprovalTable.create(pools.get(0));
        threads = Executors.newFixedThreadPool(PROCESSES * THREADS);
    }

    @AfterAll
    static void stop() throws Exception {
        threads.shutdownNow();
        pools.forEach(HikariDataSource::close);
        postgres.close();
    }

    @BeforeEach
    void empty() throws Exception {
        ApprovalTable.empty(pools.get(0));
        processes = processes(builder -> builder);
    }

    private static List<SqlApprovals> processes(Function<SqlApprovals.Builder, SqlApprovals.Builder> options) {
        return pools.stream()
                .map(pool -> options.apply(SqlApprovals.over(pool).timeLimit(AS_LONG_AS_IT_TAKES))
                        .build())
                .toList();
    }

    private SqlApprovals any() {
        return processes.get(0);
    }

    private String approved(Question question) {
        String id = ((Waiting) any().ask(question)).id();
        any().approve(id, "carol");
        return id;
    }

    private State state(String id) {
        return any().find(id).map(AskedQuestion::state).orElseThrow();
    }

    /** Does it in all threads of all processes at the same moment. */
    private static <T> List<T> atOnce(List<SqlApprovals> processes, Function<SqlApprovals, T> work) throws Exception {
        int count = processes.size() * THREADS;
        CyclicBarrier together = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SqlApprovals process = processes.get(i % processes.size());
            running.add(threads.submit(() -> {
                together.await();
                return work.apply(process);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) results.add(one.get(60, TimeUnit.SECONDS));
        return results;
    }

    private static boolean used(SqlApprovals process, String id) {
        Optional<Claim> claim = process.claim(id);
        claim.ifPresent(Claim::use);
        return claim.isPresent();
    }

    /** Where what fails is not used, as a call would be denied. */
    private static boolean usedForSure(SqlApprovals process, String id) {
        try {
            return used(process, id);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void sixteenThreadsOfThreeProcessesUseOneApprovalOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            String id = approved(question("alice", "round " + round));

            assertThat(atOnce(processes, process -> used(process, id)))
                    .as("round %d", round)
                    .containsOnlyOnce(true);
            assertThat(state(id)).isEqualTo(State.USED);
        }
    }

    @Test
    void evaluatorsOfThreeProcessesAllowOneCall() throws Exception {
        Map<SqlApprovals, Evaluator> evaluators =
                processes.stream().collect(Collectors.toMap(Function.identity(), ApprovalWorker::evaluator));
        for (int round = 0; round < 10; round++) {
            int amount = 10 + round;
            String id = asked(evaluators.get(any()).evaluate(ApprovalWorker.pay(amount)));
            any().approve(id, "carol");

            List<Decision> decisions =
                    atOnce(processes, process -> evaluators.get(process).evaluate(ApprovalWorker.pay(amount)));

            assertThat(decisions).filteredOn(Decision::allowed).hasSize(1);
            assertThat(decisions)
                    .filteredOn(decision -> !decision.allowed())
                    .allMatch(Decision.NeedsApproval.class::isInstance);
        }
    }

    private static String asked(Decision decision) {
        return ((Decision.NeedsApproval) decision).approvalId();
    }

    @Test
    void holdsThatEndInTheMidstOfItAreUsedOnceAllTheSame() throws Exception {
        List<SqlApprovals> hasty = processes(builder -> builder.holdingFor(Duration.ofMillis(4)));
        AtomicInteger late = new AtomicInteger();
        for (int round = 0; round < 30; round++) {
            String id = approved(question("alice", "round " + round));

            List<Integer> uses = atOnce(hasty, process -> {
                int count = 0;
                while (state(id) == State.APPROVED) {
                    try {
                        if (used(process, id)) count++;
                    } catch (IllegalStateException e) {
                        late.incrementAndGet();
                    }
                }
                return count;
            });

            assertThat(uses.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
        }
        assertThat(late.get()).as("some held it for too long").isPositive();
    }

    @Test
    void whatAllAskAtOnceIsAskedOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            Question question = question("alice", "round " + round);

            assertThat(atOnce(processes, process -> process.ask(question)).stream()
                            .distinct())
                    .hasSize(1);
        }
        assertThat(any().pending()).hasSize(20);
    }

    @Test
    void noMoreWaitThanMayWhoeverAsks() throws Exception {
        List<SqlApprovals> small = processes(builder -> builder.pendingAtMost(5, 8));
        AtomicInteger next = new AtomicInteger();
        List<Standing> alice = atOnce(small, process -> process.ask(question("alice", "" + next.incrementAndGet())));
        List<Standing> others = atOnce(small, process -> process.ask(question("g" + next.incrementAndGet(), "")));

        assertThat(alice).filteredOn(Waiting.class::isInstance).hasSize(5);
        assertThat(alice).filteredOn(TooMany.class::isInstance).hasSize(PROCESSES * THREADS - 5);
        assertThat(others).filteredOn(Waiting.class::isInstance).hasSize(3);
    }

    @Test
    void oneAnswerCountsOfThoseThatAreGivenAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = ((Waiting) any().ask(question("alice", "round " + round))).id();
            AtomicInteger next = new AtomicInteger();
            List<String> settled = atOnce(processes, process -> {
                boolean yes = next.incrementAndGet() % 2 == 0;
                try {
                    if (yes) process.approve(id, "carol");
                    else process.reject(id, "carol", "");
                    return yes ? "APPROVED" : "REJECTED";
                } catch (AnswerRefused.Settled e) {
                    return "";
                }
            });

            assertThat(settled)
                    .filteredOn(answer -> !answer.isEmpty())
                    .containsExactly(state(id).name());
        }
    }

    @Test
    void askedInOneProcessApprovedInAnotherUsedInAThirdOnce() throws Exception {
        try (ApprovalWorker.Handle agent = new ApprovalWorker.Handle(postgres.port());
                ApprovalWorker.Handle desk = new ApprovalWorker.Handle(postgres.port());
                ApprovalWorker.Handle other = new ApprovalWorker.Handle(postgres.port())) {
            String id = agent.does("call 6");
            assertThat(other.does("call 6")).isEqualTo(id).matches("[0-9a-f]{32}");
            assertThat(desk.does("approve " + id)).isEqualTo("APPROVED");
            assertThat(agent.does("approve " + id)).isEqualTo("Settled");

            assertThat(other.does("call 6")).isEqualTo("ALLOWED");

            assertThat(agent.does("call 6")).matches("[0-9a-f]{32}").isNotEqualTo(id);
            assertThat(state(id)).isEqualTo(State.USED);
        }
    }

    @Test
    void approvalOfAProcessThatIsKilledWhileItHoldsItCanBeUsedLaterAndOnce() throws Exception {
        String id = approved(PAY);
        try (ApprovalWorker.Handle doomed = new ApprovalWorker.Handle(postgres.port());
                ApprovalWorker.Handle slow = new ApprovalWorker.Handle(postgres.port())) {
            assertThat(doomed.does("hold " + id)).isEqualTo("HELD");
            doomed.kill();
            assertThat(slow.does("hold " + id)).isEqualTo("NOT HELD");

            ApprovalTable.age(pools.get(0), Duration.ofSeconds(30));
            assertThat(slow.does("hold " + id)).isEqualTo("HELD");
            ApprovalTable.age(pools.get(0), Duration.ofSeconds(30));
            assertThat(used(any(), id)).isTrue();

            assertThat(slow.does("use")).isEqualTo("IllegalStateException");
            assertThat(slow.does("hold " + id)).isEqualTo("NOT HELD");
        }
    }

    @Test
    void usesOfADatabaseThatIsKilledUnderLoadAreNeverForgotten() throws Exception {
        Map<String, Integer> uses = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        // Not the pools of the other tests, which wait for a connection as long as it takes.
        try (HikariDataSource pool = Postgres.pool(postgres.port(), 8)) {
            List<SqlApprovals> killed = Stream.generate(
                            () -> SqlApprovals.over(pool).build())
                    .limit(PROCESSES)
                    .toList();
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                SqlApprovals process = killed.get(i % PROCESSES);
                SplittableRandom random = new SplittableRandom(i);
                load.add(threads.submit(() -> {
                    while (!over.get()) askApproveAndUse(process, random, uses, failures);
                }));
            }
            for (int kills = 0; kills < 2; kills++) {
                int before = uses.size();
                Eventually.so("it goes on", () -> uses.size() > before + 20);
                postgres.kill();
                int failed = failures.get();
                Eventually.so("it fails", () -> failures.get() > failed);
                postgres.restart();
            }
            int before = uses.size();
            Eventually.so("it goes on", () -> uses.size() > before + 20);
            over.set(true);
            for (Future<?> each : load) each.get(60, TimeUnit.SECONDS);
        }

        assertThat(uses).allSatisfy((id, count) -> {
            assertThat(count).isEqualTo(1);
            assertThat(state(id)).isEqualTo(State.USED);
        });
    }

    private static void askApproveAndUse(
            SqlApprovals process, SplittableRandom random, Map<String, Integer> uses, AtomicInteger failures) {
        try {
            Standing standing = process.ask(question("alice", "q" + random.nextInt(6)));
            if (standing instanceof Waiting waiting) process.approve(waiting.id(), "carol");
            if (standing instanceof Standing.Approved approved && used(process, approved.id()))
                uses.merge(approved.id(), 1, Integer::sum);
        } catch (IllegalStateException e) {
            failures.incrementAndGet();
        } catch (AnswerRefused e) {
            // Another has answered it.
        }
    }

    @Test
    void callsAreDeniedInTimeWhileTheDatabaseStandsStill() throws Exception {
        try (HikariDataSource pool = Postgres.pool(postgres.port(), 2)) {
            SqlApprovals people = SqlApprovals.over(pool).build();
            Evaluator evaluator = ApprovalWorker.evaluator(people);
            String id = asked(evaluator.evaluate(ApprovalWorker.pay(6)));
            people.approve(id, "carol");
            Claim held = people.claim(id).orElseThrow();
            postgres.pause();
            try {
                long begun = System.nanoTime();
                assertThat(evaluator.evaluate(ApprovalWorker.pay(6)))
                        .isInstanceOfSatisfying(
                                Deny.class,
                                deny -> assertThat(deny.reason().code()).isEqualTo(Reason.Code.CHECK_FAILED));
                assertThatIllegalStateException()
                        .isThrownBy(held::use)
                        .withMessageStartingWith("the database of approvals failed: ");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
            } finally {
                postgres.resume();
            }
            Eventually.so("it answers", () -> people.find(id).isPresent());
            ApprovalTable.age(pools.get(0), Duration.ofSeconds(30));
            assertThat(evaluator.evaluate(ApprovalWorker.pay(6)).allowed()).isTrue();
            assertThat(state(id)).isEqualTo(State.USED);
        }
    }

    @Test
    void lockThatSomebodyElseKeepsDeniesInTime() throws Exception {
        SqlApprovals impatient = SqlApprovals.over(pools.get(0))
                .timeLimit(Duration.ofMillis(300))
                .build();
        String id = approved(PAY);
        try (Connection other = pools.get(1).getConnection()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.executeQuery("SELECT id FROM toolpolicy_approval FOR UPDATE");
                long begun = System.nanoTime();
                assertThatIllegalStateException().isThrownBy(() -> impatient.claim(id));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            } finally {
                other.rollback();
            }
        }
        assertThat(used(impatient, id)).isTrue();
    }

    @Test
    void answersThatAreLostOnTheWayAreNoUses() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        int sure = 0;
        int lost = 0;
        long lasting = TimeUnit.MILLISECONDS.toNanos(4);
        try (Wire wire = Wire.to(postgres.port());
                HikariDataSource far = Postgres.pool(wire.port(), 1)) {
            SqlApprovals cutOff = SqlApprovals.over(far).build();
            for (int round = 0; round < MOST_CUTS && (round < LEAST_CUTS || sure == 0 || lost == 0); round++) {
                String id = approved(question("alice", "round " + round));
                Eventually.so("connected", () -> cutOff.find(id).isPresent());
                Future<?> cut = threads.submit(cutting(wire, random.nextLong(2 * lasting)));
                long used = System.nanoTime();
                boolean first = usedForSure(cutOff, id);
                if (first) lasting = System.nanoTime() - used;
                cut.get(60, TimeUnit.SECONDS);
                // What was on its way is done, or never will be.
                boolean wasUsed = state(id) == State.USED;
                if (first) sure++;
                else if (wasUsed) lost++;
                ApprovalTable.age(pools.get(0), Duration.ofSeconds(30));

                boolean second = used(any(), id);

                assertThat(first && second).as("round %d", round).isFalse();
                assertThat(state(id)).isEqualTo(State.USED);
            }
        }
        assertThat(List.of(sure, lost)).as("of either there were some").allMatch(count -> count > 0);
    }

    private static Runnable cutting(Wire wire, long afterNanos) {
        long begun = System.nanoTime();
        return () -> {
            while (System.nanoTime() - begun < afterNanos) Thread.onSpinWait();
            wire.cut();
        };
    }
}
