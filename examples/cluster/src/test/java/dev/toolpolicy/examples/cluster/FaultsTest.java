package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.bucket4j.SharedCounters;
import dev.toolpolicy.examples.cluster.demo.Redis;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong with a store while it is charged from two sides: never is more admitted than {@code max}, always there is an
 * answer in time, and nothing has to be started again. {@code -Dfaults=200} has each of them happen so often.
 */
class FaultsTest {
    private static final int REDIS_TIMES = Integer.getInteger("faults", 3);
    private static final int POSTGRES_TIMES = Integer.getInteger("faults", 1);
    /** What a machine that is busy may take longer; one that builds everything at once may be very busy. */
    private static final Duration LATEST_ANSWER =
            SharedCounters.TIME_LIMIT.plusMillis(Integer.getInteger("faults") == null ? 2_750 : 750);

    private static final int CONNECTIONS = 8;

    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    /** What happens to a store, and how that ends. */
    private interface Fault {
        void begin() throws Exception;

        void end() throws Exception;
    }

    private static Fault fault(Step begin, Step end) {
        return new Fault() {
            @Override
            public void begin() throws Exception {
                begin.run();
            }

            @Override
            public void end() throws Exception {
                end.run();
            }
        };
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static Fault cut(Wire wire) {
        return fault(wire::refuse, wire::resume);
    }

    private static Fault slow(Wire wire) {
        return fault(() -> wire.delay(SharedCounters.TIME_LIMIT.plusMillis(50)), wire::resume);
    }

    /** What was asked is done, and whoever asked does not hear of it. */
    private static Fault answersLost(Wire wire) {
        return fault(wire::holdAnswers, () -> {
            wire.cut();
            wire.resume();
        });
    }

    @Test
    void redisIsKilled() throws Exception {
        onRedis((redis, wire) -> fault(redis::kill, redis::restart));
    }

    @Test
    void redisStandsStill() throws Exception {
        onRedis((redis, wire) -> fault(redis::pause, redis::resume));
    }

    @Test
    void redisIsFull() throws Exception {
        onRedis((redis, wire) -> fault(() -> redis.full(true), () -> redis.full(false)));
    }

    @Test
    void redisIsCutOff() throws Exception {
        onRedis((redis, wire) -> cut(wire));
    }

    @Test
    void theWayToRedisIsSlow() throws Exception {
        onRedis((redis, wire) -> slow(wire));
    }

    @Test
    void answersOfRedisAreLost() throws Exception {
        onRedis((redis, wire) -> answersLost(wire));
    }

    @Test
    void postgresIsKilled() throws Exception {
        onPostgres((postgres, wire) -> fault(postgres::kill, postgres::restart));
    }

    @Test
    void postgresStandsStill() throws Exception {
        onPostgres((postgres, wire) -> fault(postgres::pause, postgres::resume));
    }

    @Test
    void postgresIsCutOff() throws Exception {
        onPostgres((postgres, wire) -> cut(wire));
    }

    @Test
    void answersOfPostgresAreLost() throws Exception {
        onPostgres((postgres, wire) -> answersLost(wire));
    }

    /** A store that has lost what it knew cannot know it: so much more is admitted then, and no more than that. */
    @Test
    void redisIsEmptied() throws Exception {
        try (Redis redis = Redis.start();
                RedisStore one = RedisStore.connect(redis.address());
                RedisStore other = RedisStore.connect(redis.address());
                Load load = new Load(List.of(Shared.overRedis(one), Shared.overRedis(other)))) {
            SplittableRandom random = new SplittableRandom(REDIS_TIMES);
            for (int i = 0; i < REDIS_TIMES; i++) {
                long window = load.nextWindow();
                int lost = random.nextInt(1, Load.MAX);
                long failed = load.failed();
                awaitAdmitted(load, window, lost);
                redis.empty();
                awaitSpent(load);
                awaitAllAdmitted(load, window, lost + Load.MAX, failed);
                assertThat(load.admitted(window)).isLessThanOrEqualTo(2L * Load.MAX);
            }
            assertOneWindowIsUsedUp(load);
        }
    }

    @FunctionalInterface
    private interface Broken<T> {
        Fault of(T store, Wire wire);
    }

    private static void onRedis(Broken<Redis> broken) throws Exception {
        try (Redis redis = Redis.start();
                Wire wire = Wire.to(redis.port());
                RedisStore one = RedisStore.connect("redis://127.0.0.1:" + wire.port());
                RedisStore other = RedisStore.connect("redis://127.0.0.1:" + wire.port())) {
            happens(REDIS_TIMES, broken.of(redis, wire), Shared.overRedis(one), Shared.overRedis(other));
        }
    }

    private static void onPostgres(Broken<Postgres> broken) throws Exception {
        try (Wire wire = Wire.to(postgres.port());
                HikariDataSource one = Postgres.pool(wire.port(), CONNECTIONS);
                HikariDataSource other = Postgres.pool(wire.port(), CONNECTIONS)) {
            happens(POSTGRES_TIMES, broken.of(postgres, wire), Shared.overPostgres(one), Shared.overPostgres(other));
        }
    }

    private static void happens(int times, Fault fault, SharedCounters one, SharedCounters other) throws Exception {
        try (one;
                other;
                Load load = new Load(List.of(one, other))) {
            SplittableRandom random = new SplittableRandom(times);
            for (int i = 0; i < times; i++) {
                awaitAdmitted(load, load.nextWindow(), random.nextInt(Load.MAX));
                long failed = load.failed();
                fault.begin();
                Eventually.so("calls are denied", () -> load.failed() > failed);
                fault.end();
                // Of the same window: what was taken before is still taken.
                awaitSpent(load);
            }
            assertOneWindowIsUsedUp(load);
            assertThat(load.most()).isLessThanOrEqualTo(Load.MAX);
            assertThat(load.slowest()).isLessThan(LATEST_ANSWER);
        }
    }

    private static void assertOneWindowIsUsedUp(Load load) throws InterruptedException {
        long failed = load.failed();
        long window = load.nextWindow();
        awaitSpent(load);
        awaitAllAdmitted(load, window, Load.MAX, failed);
        assertThat(load.admitted(window)).isLessThanOrEqualTo(Load.MAX);
    }

    /**
     * On a busy machine a call is answered too late now and then: what it took stays taken. And a thread that has its answer may
     * not have counted it yet.
     */
    private static void awaitAllAdmitted(Load load, long window, int all, long failedBefore)
            throws InterruptedException {
        Eventually.so(
                all + " are admitted, but for those in doubt",
                () -> load.admitted(window) >= all - (load.failed() - failedBefore));
    }

    /** Or until there is nothing more to admit: what was in doubt stays taken. */
    private static void awaitAdmitted(Load load, long window, int calls) throws InterruptedException {
        long before = load.limited();
        Eventually.so(
                calls + " are admitted",
                () -> load.admitted(window) >= calls || load.limited() > before + 2 * Load.THREADS);
    }

    /** Until more calls were limited than can be those of the window before. */
    private static void awaitSpent(Load load) throws InterruptedException {
        long before = load.limited();
        Eventually.so("the window is spent", () -> load.limited() > before + 2 * Load.THREADS);
    }
}
