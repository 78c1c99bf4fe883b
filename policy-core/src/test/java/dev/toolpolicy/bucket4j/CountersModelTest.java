package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done in whatever order, the counters answer as a list of everything that ever happened does. */
class CountersModelTest {
    private static final int STEPS_PER_SEED = 500;
    private static final long[] WINDOWS = {1, 7, 60, 3_600};
    private static final String[] CALLERS = {"a", "b", "1:a", ""};

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    static LongStream seedsOfSharedStores() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countersAnswerAsTheListOfAllEventsDoes(long seed) {
        new Run(seed, Bucket4jCounters.inMemory(), second -> {}).all();
    }

    @ParameterizedTest
    @MethodSource("seedsOfSharedStores")
    void soDoThoseInAStoreThatAnswersLater(long seed) {
        sharedRun(seed, new MapStore());
    }

    @ParameterizedTest
    @MethodSource("seedsOfSharedStores")
    void soDoThoseInAStoreThatBlocks(long seed) {
        sharedRun(seed, new MapStore().blocking());
    }

    /** What has expired by the store's own timer is missed by nobody. */
    private static void sharedRun(long seed, MapStore store) {
        // Under load a build machine may take longer than a store would.
        try (SharedCounters counters =
                Bucket4jCounters.over("model", store.builder()).withTimeLimit(Duration.ofSeconds(30))) {
            new Run(seed, counters, store::turnTo).all();
        }
        assertThat(store.size()).as("seed %s: what is left in the store", seed).isLessThan(STEPS_PER_SEED);
    }

    private static final class Run {
        private record Permit(Charge charge, long window) {}

        private final SplittableRandom random;
        private final NaiveCounters naive;
        private final Bucket4jCounters counters;
        private final LongConsumer timer;
        private final List<Permit> permits = new ArrayList<>();
        private final String seed;
        /** Each counter's max, which a reload changes. */
        private final long[] max;

        private final boolean jumpsBack;
        private Instant now;
        private Instant latest;

        Run(long seed, Bucket4jCounters counters, LongConsumer timer) {
            this.seed = "seed " + seed;
            this.counters = counters;
            this.timer = timer;
            this.naive = new NaiveCounters(counters instanceof SharedCounters);
            random = new SplittableRandom(seed);
            max = random.longs(WINDOWS.length * 2L, 1, 30).toArray();
            // Before 1970 too, where numbers of windows are negative.
            now = Instant.ofEpochSecond(random.nextLong(-10_000, 2_000_000_000), random.nextInt(1_000_000_000));
            latest = now;
            jumpsBack = seed % 2 == 1;
            timer.accept(now.getEpochSecond());
        }

        void all() {
            for (int step = 0; step < STEPS_PER_SEED; step++) {
                int kind = random.nextInt(100);
                if (kind < 55) take();
                else if (kind < 75) change();
                else if (kind < 85) max[random.nextInt(max.length)] = random.nextLong(1, 30);
                else if (kind < 97) now = now.plusMillis(random.nextLong(0, 5_000));
                else now = now.plus(Duration.ofSeconds(random.nextLong(jumpsBack ? -90 : 0, 4_000)));
                if (now.isAfter(latest)) latest = now;
                timer.accept(latest.getEpochSecond());
            }
        }

        private void take() {
            List<Charge> charges = new ArrayList<>();
            for (int counter = 0; counter < max.length; counter++) {
                if (random.nextInt(4) != 0) continue;
                charges.add(new Charge(
                        counter % 2 == 0 ? "" : "n",
                        "c" + counter,
                        CALLERS[random.nextInt(CALLERS.length)],
                        WINDOWS[counter / 2],
                        max[counter],
                        random.nextLong(0, max[counter] + 1)));
            }
            if (charges.isEmpty()) return;
            List<Left> left = counters.look(charges, now);
            boolean begunAnew = latest.isAfter(now) && counters instanceof InMemoryCounters;
            if (begunAnew) allowLaterBeginnings(charges, left);
            assertThat(left).as(seed).isEqualTo(naive.look(charges, now));
            Taking taking = counters.take(charges, now);
            // To take makes counters, and whoever makes one drops some.
            if (begunAnew) allowLaterBeginnings(charges, counters.look(charges, now));
            assertThat(taking).as(seed).isEqualTo(naive.take(charges, now));
            if (taking instanceof Taken taken) {
                for (int i = 0; i < charges.size(); i++) {
                    permits.add(new Permit(charges.get(i), taken.windows().get(i)));
                }
            }
        }

        /** Where the clock has jumped back, a counter that was dropped begins at the latest instant of all, or before. */
        private void allowLaterBeginnings(List<Charge> charges, List<Left> left) {
            for (int i = 0; i < charges.size(); i++) {
                assertThat(left.get(i).window()).as(seed).isLessThanOrEqualTo(latest.getEpochSecond());
                naive.beginsAt(charges.get(i), left.get(i).window());
            }
        }

        private void change() {
            if (permits.isEmpty()) return;
            Permit permit = permits.remove(random.nextInt(permits.size()));
            long more = random.nextLong(-permit.charge().units(), 20);
            counters.change(permit.charge(), permit.window(), more);
            naive.change(permit.charge(), permit.window(), more);
        }
    }
}
