package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.bucket4j.SharedCounters;
import dev.toolpolicy.examples.cluster.demo.Redis;
import dev.toolpolicy.spi.Charge;
import io.github.bucket4j.distributed.BucketProxy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisTest {
    @Test
    void keepsWhatItWasToldWhenItIsKilledAndStartedAgain() throws Exception {
        try (Redis redis = Redis.start();
                RedisStore store = RedisStore.connect(redis.address())) {
            BucketProxy bucket = Bare.ten(store.buckets(), "spent");
            assertThat(bucket.tryConsume(7)).isTrue();

            redis.kill();
            assertThatThrownBy(() -> bucket.tryConsume(1)).isNotNull();
            redis.restart();

            Eventually.so("connected again", () -> bucket.getAvailableTokens() == 3);
        }
    }

    @Test
    void forgetsWhenItIsTold() throws Exception {
        try (Redis redis = Redis.startForgetful();
                RedisStore store = RedisStore.connect(redis.address())) {
            BucketProxy bucket = Bare.ten(store.buckets(), "spent");
            assertThat(bucket.tryConsume(7)).isTrue();
            assertThat(redis.keys()).isOne();

            redis.empty();
            assertThat(redis.keys()).isZero();
            assertThat(bucket.getAvailableTokens()).isEqualTo(10);
            assertThat(bucket.tryConsume(7)).isTrue();

            redis.kill();
            redis.restart();
            Eventually.so("connected again", () -> bucket.getAvailableTokens() == 10);
        }
    }

    @Test
    void oneThatWouldDropCountersIsNotTaken() throws Exception {
        try (Redis redis = Redis.startForgetful()) {
            redis.set("maxmemory-policy", "volatile-lru");
            assertThatThrownBy(() -> RedisStore.connect(redis.address()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("volatile-lru")
                    .hasMessageContaining("noeviction");
        }
    }

    @Test
    void standsStillAndGoesOnWithWhatItWasSent() throws Exception {
        try (Redis redis = Redis.startForgetful();
                RedisStore store = RedisStore.connect(redis.address())) {
            BucketProxy bucket = Bare.ten(store.buckets(), "spent");
            assertThat(bucket.tryConsume(1)).isTrue();

            redis.pause();
            try {
                assertThatThrownBy(() -> bucket.tryConsume(1)).isNotNull();
            } finally {
                redis.resume();
            }
            Eventually.so("it answers", () -> bucket.getAvailableTokens() <= 9);
        }
    }

    @Test
    void takesNothingMoreWhenItIsFull() throws Exception {
        try (Redis redis = Redis.startForgetful();
                RedisStore store = RedisStore.connect(redis.address())) {
            redis.full(true);
            assertThatThrownBy(() -> Bare.ten(store.buckets(), "new").tryConsume(1))
                    .hasStackTraceContaining("OOM command not allowed");

            redis.full(false);
            assertThat(Bare.ten(store.buckets(), "new").tryConsume(1)).isTrue();
        }
    }

    /** Sent again it would be done again: once for the one that was done, and once for the one that finds it changed meanwhile. */
    @Test
    void whatABrokenConnectionLeavesOpenIsNotGivenBackTwice() throws Exception {
        try (Redis redis = Redis.start();
                Wire wire = Wire.to(redis.port());
                RedisStore direct = RedisStore.connect(redis.address());
                RedisStore store = RedisStore.connect("redis://127.0.0.1:" + wire.port())) {
            assertUsedAfterOneOfThreeIsGivenBack(wire, direct, Shared.overRedis(store));
        }
    }

    private static void assertUsedAfterOneOfThreeIsGivenBack(Wire wire, RedisStore direct, SharedCounters counters)
            throws Exception {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        Charge charge = new Charge("", "calls", "a", 3_600, 10, 1);
        SharedCounters patient = counters.withTimeLimit(Duration.ofSeconds(20));
        SharedCounters sees = Shared.overRedis(direct).withTimeLimit(Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) sees.take(List.of(charge), now);

        Wire.Traffic before = wire.traffic();
        wire.delay(Duration.ofMillis(500));
        CompletableFuture<Boolean> given =
                patient.changeAsync(charge, now.getEpochSecond(), -1).toCompletableFuture();
        Eventually.so("it is written", () -> wire.traffic().since(before).roundTrips() == 2);
        wire.holdAnswers();
        Eventually.so("it is done", () -> sees.look(List.of(charge), now).get(0).units() == 8);
        wire.cut();
        wire.resume();

        // However it ends.
        given.handle((done, failure) -> failure).get(30, TimeUnit.SECONDS);
        assertThat(sees.look(List.of(charge), now).get(0).units()).isEqualTo(8);
    }

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        Redis redis = Redis.startForgetful();
        redis.close();
        assertThatThrownBy(() -> redis.ask("PING")).isInstanceOf(IOException.class);
    }
}
