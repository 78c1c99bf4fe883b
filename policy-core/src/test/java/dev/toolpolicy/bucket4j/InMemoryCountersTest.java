package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Counting in this process: exact under contention, bounded, and never to the caller's advantage in doubt. */
class InMemoryCountersTest {
    private static final int THREADS = 16;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final InMemoryCounters counters = Bucket4jCounters.inMemory();

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

    /** How many of the calls that all threads make at once get what they ask for. */
    private static long taken(int callsPerThread, Callable<Taking> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        AtomicLong taken = new AtomicLong();
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            running.add(POOL.submit(() -> {
                start.await();
                for (int i = 0; i < callsPerThread; i++) {
                    if (call.call() instanceof Taken) taken.incrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> one : running) one.get();
        return taken.get();
    }

    @RepeatedTest(200)
    void exactlyAsManyAreTakenAsThereAre() throws Exception {
        assertThat(taken(100, () -> counters.take(List.of(one("a", 100)), NOON)))
                .isEqualTo(100);
    }

    @RepeatedTest(200)
    void ofTwoLimitsTheOtherIsChargedOnlyWithWhatIsTakenOfBoth() throws Exception {
        Charge many = charge("many", "a", 60, 100, 1);
        Charge few = charge("few", "a", 60, 50, 1);
        AtomicLong turn = new AtomicLong();

        // In either order, as the tools of a policy may name them.
        long taken = taken(
                100,
                () -> counters.take(turn.incrementAndGet() % 2 == 0 ? List.of(many, few) : List.of(few, many), NOON));

        assertThat(taken).isEqualTo(50);
        assertThat(counters.look(List.of(many, few), NOON))
                .extracting(Left::units)
                .containsExactly(50L, 0L);
    }

    @RepeatedTest(20)
    void inEachWindowAsManyAreTakenAsThereAreWhileTheClockTurns() throws Exception {
        int windows = 20;
        AtomicLong calls = new AtomicLong();
        AtomicLong[] perWindow = new AtomicLong[windows];
        for (int w = 0; w < windows; w++) perWindow[w] = new AtomicLong();

        taken(200 * windows / THREADS, () -> {
            // The clock of all threads: two hundred calls in each window, and only fifty of them may be taken.
            Instant now = NOON.plusMillis(calls.getAndIncrement() * 1_000 / 200);
            Taking taking = counters.take(List.of(charge("calls", "a", 1, 50, 1)), now);
            if (taking instanceof Taken taken) {
                long window = taken.windows().get(0) - NOON.getEpochSecond();
                perWindow[(int) window].incrementAndGet();
            }
            return taking;
        });

        assertThat(perWindow).allSatisfy(taken -> assertThat(taken.get()).isLessThanOrEqualTo(50));
        assertThat(perWindow).extracting(AtomicLong::get).contains(50L);
    }

    @Test
    void theLastNanosecondOfAWindowBelongsToItAndTheFirstToTheNext() {
        Charge all = charge("calls", "a", 60, 5, 5);
        Instant end = NOON.plusSeconds(60);

        assertThat(counters.take(List.of(all), NOON)).isInstanceOf(Taken.class);
        assertThat(counters.take(List.of(all), end.minusNanos(1)))
                .isEqualTo(new Spent(0, new Left(0, NOON.getEpochSecond(), Duration.ofNanos(1))));
        assertThat(counters.take(List.of(all), end)).isInstanceOf(Taken.class);
    }

    @Test
    void ofSeveralSpentCountersTheOneWithTheLongestWaitIsNamed() {
        List<Charge> charges =
                List.of(charge("s", "a", 1, 1, 1), charge("h", "a", 3_600, 1, 1), charge("m", "a", 60, 1, 1));
        assertThat(counters.take(charges, NOON)).isInstanceOf(Taken.class);

        assertThat(counters.take(charges, NOON))
                .isInstanceOfSatisfying(
                        Spent.class, spent -> assertThat(spent.charge()).isEqualTo(1));
    }

    @Test
    void oneCounterIsNotChargedTwiceByACall() {
        assertThatIllegalArgumentException().isThrownBy(() -> counters.take(List.of(one("a", 5), one("a", 5)), NOON));
    }

    @Test
    void countersAreToldApartWhateverTheirNamesHold() {
        List<Charge> charges = List.of(
                new Charge("", "a", "b", 60, 1, 1),
                new Charge("", "ab", "", 60, 1, 1),
                new Charge("", "", "ab", 60, 1, 1),
                new Charge("a", "b", "", 60, 1, 1),
                new Charge("a", "", "b", 60, 1, 1),
                new Charge("1:a", "", "b", 60, 1, 1),
                new Charge("", "1:a", "b", 60, 1, 1),
                new Charge("", "1:b1:a", "", 60, 1, 1),
                new Charge("0:", "1:a", "b", 60, 1, 1));

        for (Charge charge : charges)
            assertThat(counters.take(List.of(charge), NOON)).isInstanceOf(Taken.class);
        assertThat(charges).extracting(Charge::key).doesNotHaveDuplicates();
    }

    @Test
    void maxMayChangeUpAndDownAndUpAgainWithinAWindow() {
        assertThat(counters.take(List.of(charge("c", "a", 60, 100, 60)), NOON)).isInstanceOf(Taken.class);

        for (long max : new long[] {200, 20, 100, 60, 61, 1, 200}) {
            assertThat(counters.look(List.of(charge("c", "a", 60, max, 1)), NOON))
                    .extracting(Left::units)
                    .containsExactly(Math.max(0, max - 60));
        }
        assertThat(counters.take(List.of(charge("c", "a", 60, 200, 141)), NOON)).isInstanceOf(Spent.class);
        assertThat(counters.take(List.of(charge("c", "a", 60, 200, 140)), NOON)).isInstanceOf(Taken.class);
    }

    @Test
    void whatIsGivenBackGoesIntoItsOwnWindowOrNowhere() {
        Charge charge = charge("c", "a", 60, 10, 10);
        Taken taken = (Taken) counters.take(List.of(charge), NOON);
        long window = taken.windows().get(0);

        counters.change(charge, window, -4);
        assertThat(counters.look(List.of(charge), NOON)).extracting(Left::units).containsExactly(4L);

        Instant next = NOON.plusSeconds(60);
        assertThat(counters.take(List.of(charge), next)).isInstanceOf(Taken.class);
        counters.change(charge, window, -6);
        assertThat(counters.look(List.of(charge), next)).extracting(Left::units).containsExactly(0L);
    }

    @Test
    void aClockThatJumpsBackGivesNothing() {
        Charge all = charge("c", "a", 60, 5, 5);
        counters.take(List.of(all), NOON.plusSeconds(60));

        assertThat(counters.take(List.of(all), NOON))
                .isInstanceOfSatisfying(
                        Spent.class,
                        spent -> assertThat(spent.left().untilNext()).isEqualTo(Duration.ofMinutes(2)));
        assertThat(counters.take(List.of(all), NOON.plusSeconds(120))).isInstanceOf(Taken.class);
    }

    @Test
    void aCounterThatWasDroppedBeginsNoEarlierThanThat() {
        InMemoryCounters small = Bucket4jCounters.inMemory(1_000);
        Charge a = charge("c", "a", 60, 5, 5);
        small.take(List.of(a), NOON);
        // An hour later a is as good as new, and whoever comes finds it.
        small.take(List.of(charge("c", "b", 60, 5, 5)), NOON.plusSeconds(3_600));
        small.take(List.of(a), NOON.plusSeconds(7_200));

        // Back at noon, b would have a fresh counter and a its old window: neither has.
        assertThat(small.look(List.of(charge("c", "b", 60, 5, 5)), NOON))
                .extracting(Left::window)
                .containsExactly(NOON.getEpochSecond() + 7_200);
    }

    @Test
    void atTheBoundNobodyNewIsCountedAndNobodyForgotten() {
        InMemoryCounters small = Bucket4jCounters.inMemory(1_000);
        Charge spent = one("spent", 1);
        small.take(List.of(spent), NOON);
        for (int i = 1; i < 1_000; i++) small.take(List.of(one("filler " + i, 1)), NOON);

        for (int i = 0; i < 200_000; i++) {
            Charge fresh = one("fresh " + i, 1);
            assertThatIllegalStateException().isThrownBy(() -> small.take(List.of(fresh), NOON));
        }

        assertThat(small.size()).isEqualTo(1_000);
        assertThat(small.take(List.of(spent), NOON.plusSeconds(59))).isInstanceOf(Spent.class);
        // A minute later all of them are as good as new.
        assertThat(small.take(List.of(one("fresh", 1)), NOON.plusSeconds(60))).isInstanceOf(Taken.class);
        assertThat(small.size()).isLessThan(1_000);
    }

    @Test
    void atTheBoundAClaimThatFailsLeavesNothingBehind() {
        InMemoryCounters small = Bucket4jCounters.inMemory(1);
        List<Charge> two = List.of(charge("c", "a", 60, 5, 1), charge("d", "a", 60, 5, 1));

        assertThatIllegalStateException().isThrownBy(() -> small.take(two, NOON));

        assertThat(small.size()).isZero();
        assertThat(small.look(two, NOON)).extracting(Left::units).containsExactly(5L, 5L);
        assertThat(small.take(two.subList(1, 2), NOON)).isInstanceOf(Taken.class);
        // What could not be counted is not said to be free.
        assertThatIllegalStateException().isThrownBy(() -> small.look(two.subList(0, 1), NOON));
    }

    @Test
    void whoIsRefusedTakesNoRoom() {
        InMemoryCounters small = Bucket4jCounters.inMemory(10);
        Charge everybody = charge("all", "", 60, 1, 1);
        small.take(List.of(everybody), NOON);

        for (int i = 0; i < 1_000; i++) {
            Charge own = charge("own", "caller " + i, 86_400, 5, 1);
            assertThat(small.take(List.of(own, everybody), NOON)).isInstanceOf(Spent.class);
        }

        assertThat(small.size()).isEqualTo(1);
    }

    @Test
    void whoIsRefusedDropsNoCounterOfWhichAnotherCallHasTaken() {
        Charge everybody = charge("all", "", 60, 1, 1);
        counters.take(List.of(everybody), NOON);
        // It takes nothing yet, and says afterwards what it came to.
        Charge own = charge("own", "a", 60, 5, 0);
        List<Taken> between = new ArrayList<>();
        List<Charge> refused = new AbstractList<>() {
            @Override
            public Charge get(int index) {
                // The counter of the first is made by now, and none of the two is locked.
                if (index == 1 && between.isEmpty()) between.add((Taken) counters.take(List.of(own), NOON));
                return index == 0 ? own : everybody;
            }

            @Override
            public int size() {
                return 2;
            }
        };

        assertThat(counters.take(refused, NOON)).isInstanceOf(Spent.class);
        counters.change(own, between.get(0).windows().get(0), 4);

        assertThat(counters.look(List.of(own), NOON)).extracting(Left::units).containsExactly(1L);
    }

    @Test
    void aThreadWithoutStackLeavesTheCountersAsGoodAsTheyWere() throws Exception {
        Bucket4jCounters some = Bucket4jCounters.inMemory(2_000);
        Thread thread = new Thread(null, () -> overflow(some, 0), "overflows", 256 * 1024);
        thread.start();
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();

        Instant later = NOON.plusSeconds(86_400);
        for (int i = 0; i < 2_000; i++)
            assertThat(some.take(List.of(one("caller " + i, 1)), later)).isInstanceOf(Taken.class);
        for (int i = 0; i < 2_000; i++)
            assertThat(some.take(List.of(one("caller " + i, 1)), later)).isInstanceOf(Spent.class);
    }

    /** Takes wherever there is a little stack left: at the deepest places there is too little of it. */
    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int overflow(Bucket4jCounters counters, int depth) {
        int below = 0;
        try {
            below = overflow(counters, depth + 1);
        } catch (StackOverflowError e) {
            // Here it ends.
        }
        try {
            counters.take(List.of(one("caller " + depth % 2_000, 1)), NOON.plusSeconds(depth % 2 * 120L));
        } catch (StackOverflowError | IllegalStateException e) {
            // What this test is about: in whatever state it leaves the table.
        }
        return below + 1;
    }

    @Test
    void callersWhoHaveGoneAwayDoNotPileUp() {
        for (int i = 0; i < 100_000; i++) counters.take(List.of(one("caller " + i, 1)), NOON.plusSeconds(i / 10));

        // Six hundred come in a minute.
        assertThat(counters.size()).isLessThan(2_000);
    }

    @Test
    void closedCountersCountNobody() {
        counters.take(List.of(one("a", 1)), NOON);
        counters.close();

        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one("a", 1)), NOON));
        assertThatIllegalStateException().isThrownBy(() -> counters.look(List.of(one("a", 1)), NOON));
        assertThatIllegalStateException().isThrownBy(() -> counters.change(one("a", 1), NOON.getEpochSecond(), -1));
    }
}
