package dev.toolpolicy.examples.cluster;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.examples.cluster.demo.Worker;
import dev.toolpolicy.spi.Counters;
import java.time.Duration;

/** A {@link Worker} for other stores, too. */
final class StoreWorker {
    /** Where each process counts for itself. */
    static final String MEMORY = "memory";

    private static final String POSTGRES = "postgres:";
    private static final int CONNECTIONS = 4;
    /** What is counted here is what is admitted: a busy machine shall not leave calls undecided. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StoreWorker() {}

    public static void main(String[] args) throws Exception {
        Worker.run(args, StoreWorker::counters);
    }

    /** The address of a PostgreSQL. */
    static String postgres(int port) {
        return POSTGRES + port;
    }

    private static Counters counters(String address) {
        if (address.equals(MEMORY)) return Bucket4jCounters.inMemory();
        if (!address.startsWith(POSTGRES))
            return Shared.overRedis(RedisStore.connect(address)).withTimeLimit(PATIENCE);
        int port = Integer.parseInt(address.substring(POSTGRES.length()));
        return Shared.overPostgres(Postgres.pool(port, CONNECTIONS)).withTimeLimit(PATIENCE);
    }
}
