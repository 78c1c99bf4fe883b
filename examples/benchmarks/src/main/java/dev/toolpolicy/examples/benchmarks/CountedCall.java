package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;

/** A call that is allowed, and counted: by the library, by one bucket alone, and by one limiter of Resilience4j. */
final class CountedCall {
    /** More than can be taken while it is measured. */
    private static final long MAX = 1L << 46;

    private final ToolCall call =
            ToolCall.parse(Identity.of("alice-laptop").with("tenant", "acme"), "create_charge", "{\"amount\": 12.5}");
    private final Evaluator evaluator;
    private final Bucket bucket = Bucket.builder()
            .addLimit(limit -> limit.capacity(MAX).refillIntervallyAligned(MAX, Duration.ofDays(1), Instant.EPOCH))
            .withMillisecondPrecision()
            .build();

    private final RateLimiter limiter = RateLimiter.of(
            "calls",
            RateLimiterConfig.custom()
                    .limitForPeriod(Integer.MAX_VALUE)
                    .limitRefreshPeriod(Duration.ofSeconds(1))
                    .timeoutDuration(Duration.ZERO)
                    .build());

    CountedCall(int limits) {
        String first = "{ \"counter\": \"calls\", \"window\": \"day\", \"max\": " + MAX + ", \"scope\": \"grant\" }";
        String second = first.replace("calls", "tenant").replace("\"grant\"", "\"identity.tenant\"");
        String document = "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": { \"create_charge\": { \"limits\": ["
                + (limits == 1 ? first : first + ", " + second) + "] } } }";
        evaluator = Evaluator.builder(PolicyParser.standard().parse(document).orThrow())
                .counters(Bucket4jCounters.inMemory())
                .build();
    }

    Decision evaluate() {
        return evaluator.evaluate(call);
    }

    boolean take() {
        return bucket.tryConsume(1);
    }

    boolean acquire() {
        return limiter.acquirePermission();
    }
}
