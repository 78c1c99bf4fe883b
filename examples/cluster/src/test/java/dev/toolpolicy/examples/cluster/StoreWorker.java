package dev.toolpolicy.examples.cluster;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.examples.cluster.demo.Worker;
import dev.toolpolicy.spi.Counters;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;

/** A {@link Worker} for other stores, too. */
final class StoreWorker {
    /** Where each process counts for itself. */
    static final String MEMORY = "memory";

    private static final String POSTGRES = "postgres:";
    private static final int CONNECTIONS = 4;

    private StoreWorker() {}

    public static void main(String[] args) throws Exception {
        Worker.run(args, StoreWorker::counters);
    }

    /** The address of a PostgreSQL. */
    static String postgres(int port) {
        return POSTGRES + port;
    }

    private static Counters counters(String address) {
        return address.equals(MEMORY)
                ? Bucket4jCounters.inMemory()
                : Bucket4jCounters.over("cluster-test", buckets(address));
    }

    private static AbstractProxyManagerBuilder<String, ?, ?> buckets(String address) {
        if (!address.startsWith(POSTGRES)) return RedisStore.connect(address).buckets();
        int port = Integer.parseInt(address.substring(POSTGRES.length()));
        return Bucket4jPostgreSQL.selectForUpdateBasedBuilder(Postgres.pool(port, CONNECTIONS))
                .primaryKeyMapper(PrimaryKeyMapper.STRING);
    }
}
