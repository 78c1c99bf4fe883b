package dev.toolpolicy.examples.cluster;

import com.hazelcast.map.IMap;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.bucket4j.SharedCounters;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import javax.sql.DataSource;

/** The counters over each of these stores. */
final class Shared {
    private Shared() {}

    // README from here
    static SharedCounters overRedis(RedisStore redis) {
        return Bucket4jCounters.over("billing-prod", redis.buckets());
    }

    static SharedCounters overPostgres(DataSource pool) {
        return Bucket4jCounters.over(
                "billing-prod",
                Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).primaryKeyMapper(PrimaryKeyMapper.STRING));
    }

    static SharedCounters overHazelcast(IMap<String, byte[]> map) {
        return Bucket4jCounters.over("billing-prod", Bucket4jHazelcast.entryProcessorBasedBuilder(map));
    }
    // README to here
}
