package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.bucket4j.SharedCounters;
import dev.toolpolicy.examples.cluster.Wire.Traffic;
import dev.toolpolicy.examples.cluster.demo.Redis;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counters promise, over each of the stores, from two sides that know nothing of each other. */
class EveryStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final long DAY = 86_400;
    private static final int MAX = 100;

    private static final List<AutoCloseable> CLOSED_AFTERWARDS = new ArrayList<>();
    private static final List<Store> STORES = new ArrayList<>();

    /**
     * A store with two ways to it.
     *
     * @param wire which the left one takes, if there is one
     * @param expiries how long each of its keys has still to live
     */
    record Store(
            String name,
            SharedCounters left,
            SharedCounters right,
            Optional<Wire> wire,
            Callable<List<Duration>> expiries) {
        Store {
            // What is measured here is not how fast the machine is.
            left = left.withTimeLimit(Duration.ofSeconds(20));
            right = right.withTimeLimit(Duration.ofSeconds(20));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Redis redis = later(Redis.startForgetful());
        Wire toRedis = later(Wire.to(redis.port()));
        RedisStore watched = later(RedisStore.connect("redis://127.0.0.1:" + toRedis.port()));
        RedisStore direct = later(RedisStore.connect(redis.address()));
        STORES.add(new Store(
                "Redis",
                Shared.overRedis(watched),
                Shared.overRedis(direct),
                Optional.of(toRedis),
                () -> expiriesInRedis(redis.address())));

        Postgres postgres = later(Postgres.start());
        Wire toPostgres = later(Wire.to(postgres.port()));
        HikariDataSource watchedPool = later(Postgres.pool(toPostgres.port(), 4));
        HikariDataSource pool = later(Postgres.pool(postgres.port(), 4));
        STORES.add(new Store(
                "PostgreSQL",
                Shared.overPostgres(watchedPool),
                Shared.overPostgres(pool),
                Optional.of(toPostgres),
                () -> expiriesInPostgres(pool)));

        HazelcastMembers members = later(HazelcastMembers.start());
        STORES.add(new Store(
                "Hazelcast",
                Shared.overHazelcast(members.buckets(0)),
                Shared.overHazelcast(members.buckets(1)),
                Optional.empty(),
                () -> expiriesInHazelcast(members.buckets(0))));
    }

    private static List<Duration> expiriesInRedis(String address) {
        try (RedisClient client = RedisClient.create(address);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            List<Duration> left = new ArrayList<>();
            for (String key : connection.sync().keys("*"))
                left.add(Duration.ofMillis(connection.sync().pttl(key)));
            return left;
        }
    }

    private static List<Duration> expiriesInPostgres(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT expires_at FROM bucket")) {
            List<Duration> left = new ArrayList<>();
            while (rows.next()) left.add(Duration.ofMillis(rows.getLong("expires_at") - System.currentTimeMillis()));
            return left;
        }
    }

    private static List<Duration> expiriesInHazelcast(IMap<String, byte[]> map) {
        return map.keySet().stream()
                .map(key -> Duration.ofMillis(map.getEntryView(key).getExpirationTime() - System.currentTimeMillis()))
                .toList();
    }

    static List<Store> stores() {
        return STORES;
    }

    private static <T extends AutoCloseable> T later(T closed) {
        CLOSED_AFTERWARDS.add(0, closed);
        return closed;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable closed : CLOSED_AFTERWARDS) closed.close();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void exactlyMaxIsTakenFromBothSides(Store store) throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SharedCounters side = i % 2 == 0 ? store.left() : store.right();
            taken.add(pool.submit(() -> {
                together.await();
                return (int) Stream.generate(() -> side.take(List.of(everybodys("contended")), NOW))
                        .limit(MAX)
                        .filter(Taken.class::isInstance)
                        .count();
            }));
        }
        int sum = 0;
        for (Future<Integer> one : taken) sum += one.get();
        pool.shutdown();
        assertThat(sum).isEqualTo(MAX);
        assertThat(left(store.left(), everybodys("contended"))).isZero();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void allOrNothingIsTakenAndWhatIsGivenBackIsThereForTheOther(Store store) throws Exception {
        Charge own = new Charge("", "own", "alice", DAY, MAX, 1);
        Charge shared = everybodys("shared");
        for (int i = 0; i < MAX; i++)
            assertThat(store.left().take(List.of(shared), NOW)).isInstanceOf(Taken.class);

        assertThat(store.right().take(List.of(own, shared), NOW))
                .isInstanceOfSatisfying(
                        Spent.class, spent -> assertThat(spent.charge()).isOne());
        Eventually.so("it is given back", () -> left(store.left(), own) == MAX);

        store.right().change(shared, windowOf(NOW), -1);
        Taking taking = store.left().take(List.of(own, shared), NOW);
        assertThat(taking).isEqualTo(new Taken(List.of(windowOf(NOW), windowOf(NOW))));
        assertThat(left(store.right(), own)).isEqualTo(MAX - 1);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void anotherMaxHoldsAtOnceForWhatBothHaveUsed(Store store) {
        for (int i = 0; i < 10; i++) store.left().take(List.of(everybodys("changed")), NOW);
        assertThat(left(store.right(), new Charge("", "changed", "", DAY, 8, 1)))
                .isZero();
        assertThat(left(store.right(), new Charge("", "changed", "", DAY, 12, 1)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void withoutWaitingItIsTheSame(Store store) {
        Charge charge = everybodys("not waited for");
        assertThat(store.left
                        .takeAsync(List.of(charge), NOW)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Taken.class);
        List<Left> left = store.right
                .lookAsync(List.of(charge), NOW)
                .toCompletableFuture()
                .join();
        assertThat(left.get(0).units()).isEqualTo(MAX - 1);
    }

    /** Callers who left leave nothing behind. */
    @ParameterizedTest
    @MethodSource("stores")
    void whatIsKeptExpiresSoonAfterItsWindow(Store store) throws Exception {
        Charge charge = new Charge("", "expires", "alice", 5, MAX, 1);
        store.left().take(List.of(charge), NOW);
        store.right().take(List.of(charge), NOW);
        store.right().change(charge, NOW.getEpochSecond(), -1);
        assertThat(store.expiries().call())
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left)
                        .isPositive()
                        .isLessThanOrEqualTo(Duration.ofSeconds(DAY).plus(Duration.ofHours(1))));
        assertThat(store.expiries().call()).anySatisfy(left -> assertThat(left).isLessThan(Duration.ofMinutes(62)));
    }

    /** As the README has it. */
    @Test
    void aDecisionCostsSoMuchOnTheWire() {
        Traffic redis = cost(STORES.get(0));
        assertThat(redis.roundTrips()).isEqualTo(2);
        assertThat(redis.sent()).isLessThan(600);
        assertThat(redis.answered()).isLessThan(150);
        Traffic postgres = cost(STORES.get(1));
        assertThat(postgres.roundTrips()).isEqualTo(3);
        assertThat(postgres.sent()).isLessThan(400);
        assertThat(postgres.answered()).isLessThan(250);
    }

    /** Of one decision in the middle of many, with one limit. */
    private static Traffic cost(Store store) {
        Wire wire = store.wire().orElseThrow();
        List<Charge> charges = List.of(everybodys("measured"));
        Traffic before = wire.traffic();
        int decisions = 50;
        for (int i = 0; i < decisions; i++) store.left().take(charges, NOW);
        Traffic all = wire.traffic().since(before);
        return new Traffic(all.roundTrips() / decisions, all.sent() / decisions, all.answered() / decisions);
    }

    private static Charge everybodys(String counter) {
        return new Charge("", counter, "", DAY, MAX, 1);
    }

    private static long left(SharedCounters counters, Charge charge) {
        return counters.look(List.of(charge), NOW).get(0).units();
    }

    private static long windowOf(Instant instant) {
        return instant.getEpochSecond() / DAY * DAY;
    }
}
