package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Work that is waited for so long and no longer. */
class TimeLimitTest {
    private static final Duration AGES = Duration.ofSeconds(60);

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis()); // work that takes so long is what the limit is for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLimitThatIsLongerThanAnyClockRunsIsNone() {
        try (TimeLimit limit = new TimeLimit(Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(limit.run(() -> 1, late -> {})).contains(1);
        }
    }

    @Test
    void workThatTakesTooLongIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TimeLimit limit = new TimeLimit(Duration.ofMillis(20))) {
            Optional<Integer> answer = limit.run(
                    () -> {
                        sleep(AGES);
                        if (Thread.interrupted()) interrupted.countDown();
                        return 1;
                    },
                    late -> {});

            assertThat(answer).isEmpty();
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsToBeFinishedHasWhatIsLeftAndGoesOnToItsEnd() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (TimeLimit limit = new TimeLimit(AGES)) {
            long aLongTimeAgo = System.nanoTime() - AGES.multipliedBy(2).toNanos();
            AtomicBoolean late = new AtomicBoolean();

            assertThat(limit.finish(
                            () -> {
                                sleep(Duration.ofMillis(300));
                                return !Thread.currentThread().isInterrupted();
                            },
                            undisturbed -> {
                                late.set(undisturbed);
                                done.countDown();
                            },
                            aLongTimeAgo))
                    .as("there is no time left")
                    .isEmpty();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(late).isTrue();
            assertThat(limit.finish(() -> 1, unused -> {}, System.nanoTime())).contains(1);
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysSo() {
        CountDownLatch never = new CountDownLatch(1);
        try (TimeLimit limit = new TimeLimit(AGES)) {
            Thread.currentThread().interrupt();
            assertThat(limit.run(() -> awaited(never), late -> {})).isEmpty();
            assertThat(Thread.interrupted()).isTrue();

            Thread.currentThread().interrupt();
            assertThat(limit.start(() -> awaited(never))).as("it was begun").isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Test
    void whatIsClosedBeginsNothing() {
        TimeLimit limit = new TimeLimit(AGES);
        assertThat(limit.start(() -> {})).isTrue();
        limit.close();

        assertThat(limit.start(() -> {})).isFalse();
        assertThat(limit.run(() -> 1, late -> {})).isEmpty();
    }
}
