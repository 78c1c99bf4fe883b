package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Breaker breaker = new Breaker(nanos::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) breaker.failed();
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 100, Long.MIN_VALUE})
    void afterSomeFailuresInARowOneIsLetThroughInEachPause(long origin) {
        nanos.set(origin);
        fail(4);
        assertThat(breaker.letsThrough()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        fail(1);
        assertThat(breaker.isOpen()).isTrue();
        for (int pause = 0; pause < 3; pause++) {
            assertThat(breaker.letsThrough()).isFalse();
            pass(499);
            assertThat(breaker.letsThrough()).isFalse();
            pass(1);
            assertThat(breaker.letsThrough()).isTrue();
            breaker.failed();
        }
    }

    @Test
    void oneSuccessIsEnough() {
        fail(20);
        breaker.succeeded();
        assertThat(breaker.letsThrough()).isTrue();
        fail(4);
        assertThat(breaker.letsThrough()).isTrue();
    }

    @Test
    void failuresThatAreNotInARowDoNotCount() {
        for (int i = 0; i < 10; i++) {
            fail(4);
            breaker.succeeded();
        }
        assertThat(breaker.isOpen()).isFalse();
    }
}
