package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting in a store that several share: what it promises, told on one whose every step a test can hold up, break or count. */
class SharedCountersTest {
    private static final int THREADS = 12;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    /** Longer than a build machine is ever held up. */
    private static final Duration AGES = Duration.ofSeconds(30);

    private final MapStore store = new MapStore();
    private final SharedCounters counters = of(store);

    private static SharedCounters of(MapStore store) {
        return Bucket4jCounters.over("test", store.builder()).withTimeLimit(AGES);
    }

    @AfterAll
    static void endThreads() {
        POOL.shutdownNow();
    }

    private static Charge charge(String counter, String caller, long seconds, long max, long units) {
        return new Charge("", counter, caller, seconds, max, units);
    }

    private static Charge one(String caller, long max) {
        return charge("calls", caller, 60, max, 1);
    }

    private static long left(SharedCounters counters, Charge charge) {
        return counters.look(List.of(charge), NOON).get(0).units();
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

    private static boolean eventually(java.util.function.BooleanSupplier holds) {
        long deadline = System.nanoTime() + AGES.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) return false;
            Thread.onSpinWait();
        }
        return true;
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
    void whatWaitsBehindAnotherForTooLongIsNotSentAnyMore() throws Exception {
        SharedCounters hurried = counters.withTimeLimit(Duration.ofMillis(50));
        store.beforeReading = MapStore.SHUT;
        List<CompletableFuture<Taking>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            calls.add(hurried.takeAsync(List.of(one("a", 50)), NOON).toCompletableFuture());
        for (CompletableFuture<Taking> call : calls)
            assertThat(catchThrowable(() -> call.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(TimeoutException.class);
        store.beforeReading = MapStore.OPEN;

        assertThat(eventually(() -> hurried.lanesInUse() == 0)).isTrue();
        assertThat(left(counters, one("a", 50))).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStoreThatDoesNotAnswerFailsWithinTheTimeLimit(boolean blocks) {
        MapStore silent = blocks ? new MapStore().blocking() : new MapStore();
        SharedCounters hurried = of(silent).withTimeLimit(Duration.ofMillis(50));
        silent.beforeWriting = MapStore.SHUT;
        long begun = System.nanoTime();

        assertThatIllegalStateException().isThrownBy(() -> hurried.take(List.of(one("a", 5)), NOON));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> hurried.takeAsync(List.of(one("b", 5)), NOON)
                        .toCompletableFuture()
                        .join())
                .withCauseInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
        hurried.close();
    }

    @Test
    void aLostAnswerFailsAndWhatItTookStaysTaken() {
        store.afterWriting = MapStore.BROKEN;
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON));
        store.afterWriting = MapStore.OPEN;

        assertThat(left(counters, one("a", 5))).isEqualTo(4);
    }

    @Test
    void whereOneOfSeveralFailsTheOthersAreGivenBack() {
        Charge own = charge("own", "a", 60, 5, 1);
        Charge everybodys = charge("all", "", 60, 5, 1);
        // The caller's own is written first.
        store.beforeWriting = () -> store.writes.get() == 1 ? MapStore.BROKEN.get() : MapStore.OPEN.get();
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(own, everybodys), NOON));
        // Not given back as long as that fails, too.
        store.beforeWriting = MapStore.OPEN;
        assertThat(left(counters, everybodys)).isEqualTo(5);
    }

    @Test
    void whatComesTooLateIsGivenBack() {
        CompletableFuture<Void> door = new CompletableFuture<>();
        store.afterWriting = () -> door;
        CompletableFuture<Taking> call =
                counters.takeAsync(List.of(one("a", 5)), NOON).toCompletableFuture();
        call.cancel(true);
        assertThat(store.writes.get()).isEqualTo(1);
        store.afterWriting = MapStore.OPEN;
        door.complete(null);

        assertThat(eventually(() -> left(counters, one("a", 5)) == 5)).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        store.beforeReading = MapStore.SHUT;
        Thread.currentThread().interrupt();
        assertThatIllegalStateException()
                .isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStoreThatIsAwayIsLeftAloneAndTriedAgainNowAndThen() {
        store.beforeReading = () -> {
            store.reads.incrementAndGet();
            return MapStore.BROKEN.get();
        };
        for (int i = 0; i < 5; i++) failing("a" + i);
        assertThat(counters.storeAnswers()).isFalse();
        int tries = store.reads.get();
        assertThat(tries).isEqualTo(5);
        for (int i = 0; i < 100; i++) failing("b" + i);
        // A slow machine may take so long that one more is let through.
        assertThat(store.reads.get()).isBetween(tries, tries + 5);

        store.beforeReading = MapStore.OPEN;
        assertThat(eventually(() -> catchThrowable(() -> counters.take(List.of(one("c", 5)), NOON)) == null))
                .isTrue();
        assertThat(counters.take(List.of(one("d", 5)), NOON)).isInstanceOf(Taken.class);
    }

    @Test
    void healthChecksAloneFindOutThatItIsBack() {
        assertThat(counters.storeAnswers()).isTrue();
        store.beforeWriting = MapStore.BROKEN;
        assertThatIllegalStateException()
                .isThrownBy(counters::probe)
                .withMessage("the store gave no sure answer: java.lang.IllegalStateException: connection lost");
        for (int i = 0; i < 10; i++) assertThat(counters.storeAnswers()).isFalse();
        store.beforeWriting = MapStore.OPEN;
        assertThat(eventually(counters::storeAnswers)).isTrue();
        assertThat(counters.take(List.of(one("a", 5)), NOON)).isInstanceOf(Taken.class);
        counters.close();
        assertThat(counters.storeAnswers()).isFalse();
    }

    private void failing(String caller) {
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one(caller, 5)), NOON));
    }

    @Test
    void whereTheStackEndsAsAnswersComeNoCounterIsClosedForEver() throws Exception {
        SharedCounters hurried = counters.withTimeLimit(Duration.ofMillis(200));
        // A class that is first used where there is no room for that stays unusable, for every other test.
        for (int i = 0; i < 300; i++) heldUp("warm" + i, counters).complete(null);
        List<String> callers = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<Void>> doors = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                callers.add(round + "-" + i);
                doors.add(heldUp(round + "-" + i, hurried));
            }
            Iterator<CompletableFuture<Void>> next = doors.iterator();
            Thread deep =
                    new Thread(null, () -> answerAtEveryDepth(next, 1_000_000), "deep", (256 + 8L * round) * 1024);
            deep.start();
            deep.join(AGES.toMillis());
        }
        store.afterWriting = MapStore.OPEN;

        for (String caller : callers)
            assertThat(eventually(() -> catchThrowable(() -> left(hurried, one(caller, 5))) == null))
                    .as(caller)
                    .isTrue();
    }

    /** A call of this caller's, whose answer comes when what is returned is completed, in the thread that does. */
    private CompletableFuture<Void> heldUp(String caller, SharedCounters counters) {
        CompletableFuture<Void> door = new CompletableFuture<>();
        store.afterWriting = () -> door;
        counters.takeAsync(List.of(one(caller, 5)), NOON);
        return door;
    }

    private static void answerAtEveryDepth(Iterator<CompletableFuture<Void>> answers, int more) {
        try {
            if (more > 0) answerAtEveryDepth(answers, more - 1);
        } catch (StackOverflowError e) {
            // This is as deep as it gets.
        }
        try {
            if (answers.hasNext()) answers.next().complete(null);
        } catch (StackOverflowError e) {
            // Whoever waits for it is not told.
        }
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
    void whatTheStoreDoesNotSayIsTakenIsNotAllowed() {
        store.deniesAll = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON))
                .withMessageContaining("no bucket where one was made");
        assertThatIllegalStateException().isThrownBy(() -> counters.change(one("a", 5), NOON.getEpochSecond(), 2));
        assertThat(left(counters, one("a", 5))).isEqualTo(5);
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
    void onceClosedItCountsNothing() {
        counters.close();
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON));
        assertThat(counters.takeAsync(List.of(one("a", 5)), NOON).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(Arrays.asList(store.reads.get(), store.writes.get())).containsOnly(0);
    }
}
