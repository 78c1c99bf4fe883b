package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CleaningTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Cleaning cleaning = new Cleaning(Runnable::run, nanos::get);

    /** A backend that takes a second for some of its rows, and says so many were removed. */
    @SuppressWarnings("unchecked")
    private ProxyManager<String> removing(IntUnaryOperator rowsByRound) {
        return (ProxyManager<String>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ProxyManager.class, ExpiredEntriesCleaner.class},
                (proxy, method, arguments) -> {
                    pass(Duration.ofSeconds(1));
                    return rowsByRound.applyAsInt(rounds.incrementAndGet());
                });
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void itGoesOnAsLongAsThereIsMoreAndThenRestsForAMinute() {
        ProxyManager<String> manager = removing(round -> round < 3 ? 1_000 : 7);
        cleaning.maybe(manager);
        assertThat(rounds.get()).isZero();

        pass(Duration.ofMinutes(1));
        cleaning.maybe(manager);
        cleaning.maybe(manager);
        assertThat(rounds.get()).isEqualTo(3);
    }

    @Test
    void whatIsNeverGoneIsNotRemovedForEver() {
        ProxyManager<String> manager = removing(round -> round < 10_000 ? 1_000 : 0);
        pass(Duration.ofMinutes(1));
        cleaning.maybe(manager);
        assertThat(rounds.get()).isEqualTo(60);
    }
}
