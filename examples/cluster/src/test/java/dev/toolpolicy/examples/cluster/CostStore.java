package dev.toolpolicy.examples.cluster;

import com.hazelcast.map.IMap;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A store by one way to it, for both that are measured: the library, and bare Bucket4j.
 *
 * @param buckets what makes a way of its own for each of them
 */
record CostStore(String name, Supplier<AbstractProxyManagerBuilder<String, ?, ?>> buckets) {
    /** One for all decisions: no window ends in the middle of a measurement. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.now());

    /** A time limit for where it is not measured how fast the machine is. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static CostStore of(RedisStore redis) {
        return new CostStore("Redis", redis::buckets);
    }

    static CostStore of(DataSource pool) {
        return new CostStore(
                "PostgreSQL",
                () -> Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).primaryKeyMapper(PrimaryKeyMapper.STRING));
    }

    static CostStore of(IMap<String, byte[]> map) {
        return new CostStore("Hazelcast", () -> Bucket4jHazelcast.entryProcessorBasedBuilder(map));
    }

    /** By a policy of one tool, {@code search}, with these limits. */
    Evaluator evaluator(String limits, Duration timeLimit) {
        String policy = "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": { \"search\": { \"limits\": [ "
                + limits + " ] } } }";
        return Evaluator.builder(PolicyParser.standard().parse(policy).orThrow())
                .counters(Bucket4jCounters.over("prod", buckets.get()).withTimeLimit(timeLimit))
                .clock(CLOCK)
                .build();
    }

    /** A limit of a day, as a policy has it. */
    static String limit(String counter, long max, String scope) {
        return "{ \"counter\": \"" + counter + "\", \"window\": \"day\", \"max\": " + max + ", \"scope\": \"" + scope
                + "\" }";
    }

    /** Buckets of Bucket4j by their keys, of so many tokens a day, set as a host would that wants them to expire. */
    Function<String, BucketProxy> bare(long max, Duration timeLimit) {
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(max).refillIntervally(max, Duration.ofDays(1)))
                .build();
        AbstractProxyManagerBuilder<String, ?, ?> builder = buckets.get();
        builder.requestTimeout(timeLimit);
        builder.expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)));
        ProxyManager<String> manager = builder.build();
        return key -> manager.builder().build("prod:" + key, () -> configuration);
    }
}
