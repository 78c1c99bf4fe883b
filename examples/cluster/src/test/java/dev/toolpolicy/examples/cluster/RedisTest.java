package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.examples.cluster.demo.Redis;
import io.github.bucket4j.distributed.BucketProxy;
import java.io.IOException;
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

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        Redis redis = Redis.startForgetful();
        redis.close();
        assertThatThrownBy(() -> redis.ask("PING")).isInstanceOf(IOException.class);
    }
}
