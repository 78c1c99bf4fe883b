package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.cluster.demo.Crew;
import dev.toolpolicy.examples.cluster.demo.Redis;
import dev.toolpolicy.examples.cluster.demo.Report;
import dev.toolpolicy.examples.cluster.demo.Settings;
import dev.toolpolicy.examples.cluster.demo.SkewedClock;
import dev.toolpolicy.examples.cluster.demo.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes, each of four threads, against one counter on a real store. Two stores at a time, for what takes long is the
 * windows. {@code -Dwindows=1000} runs it for longer.
 */
class NeverAboveMaxTest {
    private static final int MAX = 40;
    private static final int THREADS = 4;
    /** So that there are ten times as many calls as may be admitted, and the machine still answers. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int WINDOWS = Integer.getInteger("windows", 50);
    private static final int SKEWED_WINDOWS = Math.max(8, WINDOWS / 10);
    private static final String POLICY = """
            {
              "version": "1",
              "default": "deny",
              "tools": {
                "search": { "limits": [ { "counter": "searches", "window": "second", "max": %d, "scope": "global" } ] }
              }
            }
            """.formatted(MAX);

    private static final List<SkewedClock> RIGHT = List.of(SkewedClock.RIGHT, SkewedClock.RIGHT, SkewedClock.RIGHT);
    private static final List<SkewedClock> WRONG =
            List.of(new SkewedClock(-2_000, 500), new SkewedClock(0, 2_000), new SkewedClock(2_000, 500));

    @TempDir
    private static Path folder;

    private static Path policy;
    private static Redis redis;
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        policy = Files.writeString(folder.resolve("policy.json"), POLICY);
        redis = Redis.start();
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
        postgres.close();
    }

    @Test
    void exactlyMaxInEachWindow() throws Exception {
        Ran ran = onBoth(RIGHT, WINDOWS);
        assertExactlyMax("Redis", ran.redis(), ran.first());
        assertExactlyMax("PostgreSQL", ran.postgres(), ran.first());
    }

    private static void assertExactlyMax(String store, Tally tally, long first) {
        assertThat(tally.most()).as(store).isEqualTo(MAX);
        int disturbed = 0;
        for (long window = first; window < first + WINDOWS; window++) {
            long admitted = tally.admitted().getOrDefault(window, 0L);
            long undecided = tally.undecided(window);
            long refused = tally.limited(window);
            // What the call of a late answer took stays taken. Where nobody was refused the machine was too busy to
            // call so often.
            long least = refused > 0 ? MAX - undecided : 0;
            assertThat(admitted)
                    .as("%s, %d undecided, %d refused", store, undecided, refused)
                    .isBetween(least, (long) MAX);
            if (admitted < MAX) disturbed++;
        }
        assertThat(disturbed)
                .as("%s: windows of a busy machine, which say less", store)
                .isLessThan(WINDOWS / 5 + 1);
        assertThat(tally.calls(Report.LIMITED)).as(store).isGreaterThan((long) WINDOWS * MAX);
    }

    @Test
    void neverMoreThanMaxWhenClocksAreApartAndJump() throws Exception {
        Ran ran = onBoth(WRONG, SKEWED_WINDOWS);
        assertNeverMore("Redis", ran.redis());
        assertNeverMore("PostgreSQL", ran.postgres());
    }

    private static void assertNeverMore(String store, Tally tally) {
        assertThat(tally.most()).as(store).isEqualTo(MAX);
        assertThat(tally.calls(Report.ADMITTED)).as(store).isGreaterThan((long) MAX * SKEWED_WINDOWS / 2);
    }

    @Test
    void processesThatCountForThemselvesAdmitMore() throws Exception {
        try (Crew apart = crew(StoreWorker.MEMORY, RIGHT)) {
            Eventually.so(
                    "a window that all three have spent", () -> apart.tally().most() == 3 * MAX);
        }
    }

    /**
     * What became of the calls on either store.
     *
     * @param first the first window that was whole
     */
    private record Ran(Tally redis, Tally postgres, long first) {}

    private static Ran onBoth(List<SkewedClock> clocks, int windows) throws Exception {
        try (Crew onRedis = crew(redis.address(), clocks);
                Crew onPostgres = crew(StoreWorker.postgres(postgres.port()), clocks)) {
            // The one that has begun is not whole.
            long first = Instant.now().getEpochSecond() + 1;
            awaitSecond(first + windows);
            return new Ran(onRedis.tally(), onPostgres.tally(), first);
        }
    }

    private static Crew crew(String store, List<SkewedClock> clocks) throws Exception {
        Settings settings = new Settings(store, policy, "alice-laptop", THREADS, PAUSE, SkewedClock.RIGHT);
        return Crew.start(
                StoreWorker.class,
                clocks.stream().map(clock -> settings.of("alice-laptop", clock)).toList());
    }

    private static void awaitSecond(long second) throws InterruptedException {
        Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(second));
        TimeUnit.MILLISECONDS.sleep(Math.max(0, left.toMillis() + 1));
    }
}
