package dev.toolpolicy.examples.cluster;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import java.time.Duration;

/** Bucket4j as it is, with nothing of ours: what a store can do by itself. */
final class Bare {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final BucketConfiguration TEN_A_DAY = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(10)
                    .refillIntervally(10, Duration.ofDays(1))
                    .build())
            .build();

    private Bare() {}

    /** A bucket of ten tokens that are not filled up while a test runs. */
    static BucketProxy ten(AbstractProxyManagerBuilder<String, ?, ?> buckets, String key) {
        buckets.requestTimeout(PATIENCE);
        buckets.expirationAfterWrite(ExpirationAfterWriteStrategy.fixedTimeToLive(Duration.ofMinutes(1)));
        return buckets.build().builder().build(key, () -> TEN_A_DAY);
    }
}
