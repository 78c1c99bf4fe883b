package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting in a store that several share, and what it promises. */
class SharedCountersTest extends OnMapStore {
    private static final int THREADS = 12;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

    @AfterAll
    static void endThreads() {
        POOL.shutdownNow();
    }

    /** How many of the calls that all threads make at once are taken; of every second process in turn. */
    private static long taken(List<SharedCounters> processes, int callsPerThread, List<Charge> charges)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        AtomicLong taken = new AtomicLong();
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SharedCounters process = processes.get(t % processes.size());
            running.add(POOL.submit(() -> {
                start.await();
                for (int i = 0; i < callsPerThread; i++) {
                    if (process.take(charges, NOON) instanceof Taken) taken.incrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> one : running) one.get();
        return taken.get();
    }

    @RepeatedTest(50)
    void exactlyAsManyAreTakenAsThereAreByHoweverManyProcesses() throws Exception {
        List<SharedCounters> processes = List.of(of(store), of(store), of(store));
        assertThat(taken(processes, 20, List.of(one("a", 100)))).isEqualTo(100);
        assertThat(processes).extracting(SharedCounters::lanesInUse).containsOnly(0);
    }

    @RepeatedTest(20)
    void soOverABackendThatBlocks() throws Exception {
        MapStore blocking = new MapStore().blocking();
        assertThat(taken(List.of(of(blocking), of(blocking)), 20, List.of(one("a", 100))))
                .isEqualTo(100);
    }

    @RepeatedTest(20)
    void ofSeveralLimitsNoneIsChargedForWhatIsRefused() throws Exception {
        Charge own = charge("own", "a", 60, 100, 1);
        Charge everybodys = charge("all", "", 60, 50, 1);

        long taken = taken(List.of(of(store), of(store)), 20, List.of(everybodys, own));

        assertThat(taken).isEqualTo(50);
        assertThat(eventually(() -> left(counters, own) == 50)).isTrue();
        assertThat(left(counters, everybodys)).isZero();
    }

    @Test
    void whoseOwnCounterIsSpentHoldsNothingOfWhatOthersShare() {
        Charge own = charge("own", "a", 60, 1, 1);
        Charge everybodys = charge("all", "", 3_600, 2, 1);
        counters.take(List.of(own), NOON);
        int writes = store.writes.get();

        Taking refused = counters.take(List.of(everybodys, own), NOON);

        assertThat(refused).isEqualTo(new Spent(1, new Left(0, NOON.getEpochSecond(), Duration.ofSeconds(60))));
        // What is refused is written as it was: the counter of all was only looked at, if that.
        assertThat(store.writes.get() - writes).isEqualTo(1);
        assertThat(left(counters, everybodys)).isEqualTo(2);
    }

    @Test
    void ofSeveralThatAreSpentTheLongestWaitIsTold() {
        Charge minute = charge("m", "a", 60, 1, 1);
        Charge hour = charge("h", "a", 3_600, 1, 1);
        Charge day = charge("d", "", 86_400, 1, 1);
        counters.take(List.of(minute, hour, day), NOON);

        assertThat(counters.take(List.of(minute, hour, day), NOON))
                .isEqualTo(new Spent(2, new Left(0, NOON.getEpochSecond() - 43_200, Duration.ofHours(12))));
        assertThat(counters.take(List.of(minute, hour), NOON))
                .isEqualTo(new Spent(1, new Left(0, NOON.getEpochSecond(), Duration.ofHours(1))));
    }

    @Test
    void aChangedMaxHoldsAtOnceForWhatWasUsedUnderAnother() {
        SharedCounters other = of(store);
        for (int i = 0; i < 60; i++) counters.take(List.of(one("a", 100)), NOON);

        assertThat(left(other, one("a", 20))).isZero();
        assertThat(other.take(List.of(one("a", 20)), NOON)).isInstanceOf(Spent.class);
        assertThat(left(other, one("a", 200))).isEqualTo(140);
        assertThat(other.take(List.of(charge("calls", "a", 60, 200, 140)), NOON))
                .isInstanceOf(Taken.class);
        assertThat(left(counters, one("a", 100))).isZero();
    }

    @Test
    void theLargestNumbersAreCountedExactly() {
        long max = 1L << 53;
        Charge all = charge("c", "a", 2_678_400, max, max);

        assertThat(counters.take(List.of(all), NOON)).isInstanceOf(Taken.class);
        assertThat(counters.take(List.of(charge("c", "a", 2_678_400, 1, 1)), NOON))
                .isInstanceOf(Spent.class);
        assertThat(counters.take(List.of(charge("c", "a", 2_678_400, max, 1)), NOON))
                .isInstanceOf(Spent.class);
        counters.change(all, NOON.getEpochSecond() / 2_678_400 * 2_678_400, -1);
        assertThat(counters.take(List.of(charge("c", "a", 2_678_400, max, 1)), NOON))
                .isInstanceOf(Taken.class);
    }

    @Test
    void whatIsGivenBackIsNeverMoreThanWasUsed() {
        counters.take(List.of(one("a", 5)), NOON);
        counters.change(one("a", 5), NOON.getEpochSecond(), -3);

        assertThat(left(counters, one("a", 5))).isEqualTo(5);
    }

    @Test
    void aChangeOfAWindowThatIsLongOverDoesNotReachTheStore() {
        counters.take(List.of(one("a", 5)), NOON);
        counters.take(List.of(one("b", 5)), NOON.plusSeconds(120));
        int reads = store.reads.get();

        counters.change(one("a", 5), NOON.getEpochSecond(), 3);

        assertThat(store.reads.get()).isEqualTo(reads);
    }

    @ParameterizedTest
    @CsvSource({"60, 0, 120", "60, 50, 70", "3600, 0, 3900", "3600, 3599, 61", "1, 0, 61", "2678400, 2678400, 61"})
    void keysExpireAMinuteAfterTheWindowAndLittleMore(long window, long passed, long expires) {
        store.turnTo(0);
        Instant begins = Instant.ofEpochSecond(window * 1_000);
        counters.take(List.of(charge("calls", "a", window, 5, 1)), begins.plusSeconds(Math.min(passed, window - 1)));
        store.turnTo(expires - 1);
        assertThat(store.size()).isEqualTo(1);
        store.turnTo(expires);
        assertThat(store.size()).isZero();
    }

    @Test
    void aLaterWriteDoesNotKeepAKeyLonger() {
        store.turnTo(0);
        counters.take(List.of(one("a", 5)), NOON);
        store.turnTo(30);
        counters.change(one("a", 5), NOON.getEpochSecond(), -1);
        counters.take(List.of(one("a", 5)), NOON.plusSeconds(30));
        store.turnTo(120);
        assertThat(store.size()).isZero();
    }

    @Test
    void aChangeBeforeAnythingWasTakenHereIsMade() {
        counters.change(one("a", 5), NOON.getEpochSecond(), 3);
        assertThat(left(of(store), one("a", 5))).isEqualTo(2);
    }

    @Test
    void aLookLeavesNothingInTheStore() {
        assertThat(left(counters, one("a", 5))).isEqualTo(5);
        assertThat(store.size()).isZero();
        assertThat(store.writes.get()).isZero();
    }

    @Test
    void timeDoesNotGoBackForAProcess() {
        Charge all = charge("calls", "a", 60, 1, 1);
        counters.take(List.of(all), NOON.plusSeconds(60));
        counters.take(List.of(one("b", 5)), NOON.plusSeconds(60));

        // The windows of an hour ago may have been forgotten by the store: it is not asked.
        assertThat(counters.take(List.of(all), NOON.minusSeconds(3_600)))
                .isEqualTo(new Spent(0, new Left(0, NOON.getEpochSecond() + 60, Duration.ofMinutes(62))));
    }

    @Test
    void processesWhoseClocksDifferShareTheirWindows() {
        SharedCounters ahead = of(store);
        Charge one = charge("calls", "a", 1, 3, 1);
        int taken = 0;
        for (int i = 0; i < 10; i++) {
            if (counters.take(List.of(one), NOON) instanceof Taken) taken++;
            if (ahead.take(List.of(one), NOON.plusMillis(i < 5 ? 2_000 : 0)) instanceof Taken) taken++;
        }
        // The one that was ahead stays there.
        assertThat(taken).isEqualTo(6);
        assertThat(store.size()).isEqualTo(2);
    }

    @Test
    void noTwoCountersShareAKeyWhateverTheyAreCalled() {
        List<Charge> hostile = List.of(
                new Charge("", "c", "a", 60, 1, 1),
                new Charge("c", "", "a", 60, 1, 1),
                new Charge("", "ca", "", 60, 1, 1),
                new Charge("", "c", "a:60", 60, 1, 1),
                new Charge("", "c", "\ud800", 60, 1, 1),
                new Charge("", "c", "\ud801", 60, 1, 1),
                new Charge("", "c", "?", 60, 1, 1),
                new Charge("", "c", "a\u0000", 60, 1, 1));
        assertThat(counters.take(hostile, NOON)).isInstanceOf(Taken.class);

        assertThat(store.size()).isEqualTo(hostile.size());
        assertThat(store.keys()).allMatch(key -> key.matches("test:[A-Za-z0-9_-]{43}:1767268800"));
    }

    @Test
    void namespacesAreApart() {
        counters.take(List.of(one("a", 1)), NOON);
        try (SharedCounters other = Bucket4jCounters.over("other", store.builder())) {
            assertThat(other.take(List.of(one("a", 1)), NOON)).isInstanceOf(Taken.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "é", "a\u007f"})
    void namespacesThatKeysCannotBeginWithAreRefused(String namespace) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bucket4jCounters.over(namespace, store.builder()));
    }

    @Test
    void soAreLongOnesBadTimeLimitsAndBackendsWithoutExpiry() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bucket4jCounters.over("x".repeat(101), store.builder()));
        for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofSeconds(61)))
            assertThatIllegalArgumentException().isThrownBy(() -> counters.withTimeLimit(bad));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucket4jCounters.over(
                        "test", new MapStore().withoutExpiry().builder()))
                .withMessageContaining("expire");
    }

    @Test
    void whatTheHostHasSetOfTheBackendIsSetAnew() {
        store.turnTo(0);
        var builder = store.builder()
                .clientClock(TimeMeter.SYSTEM_MILLISECONDS)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.none())
                .requestTimeout(Duration.ofDays(1))
                .maxRetries(1);
        try (SharedCounters set = Bucket4jCounters.over("test", builder)) {
            set.take(List.of(one("a", 5)), NOON);
        }
        assertThat(builder.getRequestTimeoutNanos()).contains(SharedCounters.TIME_LIMIT.toNanos());
        assertThat(builder.getRetryStrategy()).isPresent();
        assertThat(builder.getClientSideClock()).get().isNotSameAs(TimeMeter.SYSTEM_MILLISECONDS);
        store.turnTo(120);
        assertThat(store.size()).isZero();
    }

    @Test
    void whatGathersWhileARequestIsUnderWayGoesTogether() {
        CompletableFuture<Void> door = new CompletableFuture<>();
        store.beforeReading = () -> door;
        List<CompletableFuture<Taking>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++)
            calls.add(counters.takeAsync(List.of(one("a", 50)), NOON).toCompletableFuture());
        door.complete(null);

        assertThat(calls.stream().filter(call -> call.join() instanceof Taken).count())
                .isEqualTo(50);
        assertThat(store.reads.get()).isEqualTo(2);
        assertThat(store.writes.get()).isEqualTo(2);
    }

    @Test
    void anUnitlessChargeNeedsTheStoreAndWritesNothing() {
        Charge nothing = charge("calls", "a", 60, 5, 0);
        assertThat(counters.take(List.of(nothing), NOON)).isEqualTo(new Taken(List.of(NOON.getEpochSecond())));
        assertThat(store.writes.get()).isZero();
        counters.change(charge("calls", "a", 60, 5, 0), NOON.getEpochSecond(), 7);
        assertThat(left(counters, nothing)).isZero();

        store.beforeReading = MapStore.BROKEN;
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(nothing), NOON));
    }

    @Test
    void noCounterIsChargedTwiceByACall() {
        assertThatIllegalArgumentException().isThrownBy(() -> counters.take(List.of(one("a", 5), one("a", 5)), NOON));
    }

    @Test
    void aMaxThatNoBucketHoldsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counters.take(List.of(charge("calls", "a", 60, (1L << 54) + 1, 1)), NOON));
    }

    @Test
    void whoDoesNotWaitIsToldTheSame() {
        Charge one = one("a", 5);
        assertThat(counters.takeAsync(List.of(one), NOON).toCompletableFuture().join())
                .isEqualTo(new Taken(List.of(NOON.getEpochSecond())));
        assertThat(counters.changeAsync(one, NOON.getEpochSecond(), 2)
                        .toCompletableFuture()
                        .join())
                .isTrue();
        assertThat(counters.lookAsync(List.of(one), NOON).toCompletableFuture().join())
                .isEqualTo(counters.look(List.of(one), NOON))
                .extracting(Left::units)
                .containsExactly(2L);
    }

    @Test
    void onceClosedItCountsNothing() {
        counters.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> counters.change(one("a", 5), NOON.getEpochSecond(), 2))
                .withMessage("these counters are closed");
        assertThatIllegalStateException().isThrownBy(counters::probe).withMessage("these counters are closed");
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON));
        assertThat(counters.takeAsync(List.of(one("a", 5)), NOON).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(Arrays.asList(store.reads.get(), store.writes.get())).containsOnly(0);
    }
}
