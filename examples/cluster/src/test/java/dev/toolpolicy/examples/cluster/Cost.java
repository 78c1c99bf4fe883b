package dev.toolpolicy.examples.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.examples.cluster.demo.Redis;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What limits cost that several processes share: on the wire, in time and in space, beside bare Bucket4j over the same store in the
 * same run. {@code mvn -q process-test-classes -Pcost -pl examples/cluster -am} starts it.
 */
final class Cost {
    /** As many as ask at a time, so that nobody waits for one. */
    private static final int CONNECTIONS = 16;

    private Cost() {}

    public static void main(String[] args) throws Exception {
        CostResults results =
                new CostResults(Path.of(args[0]), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        try (Redis redis = Redis.startForgetful();
                Postgres postgres = Postgres.start();
                HazelcastMembers members = HazelcastMembers.start()) {
            onTheWire(redis, postgres, members, results);
            try (RedisStore redisStore = RedisStore.connect(redis.address());
                    HikariDataSource pool = Postgres.pool(postgres.port(), CONNECTIONS)) {
                CostInTime.head(results);
                new CostInTime(CostStore.of(redisStore), results).measure();
                new CostInTime(CostStore.of(pool), results).measure();
                new CostInTime(CostStore.of(members.buckets(0)), results).measure();
            }
            CostInTime.hotKeyOfSeveral(redis.address(), results);
            inSpace(redis, postgres, members, results);
        }
        results.write();
        // Clients of stores have threads of their own.
        System.exit(0);
    }

    private static void onTheWire(Redis redis, Postgres postgres, HazelcastMembers members, CostResults results)
            throws Exception {
        CostOnTheWire.head(results);
        try (Wire wire = Wire.to(redis.port());
                RedisStore way = RedisStore.connect("redis://127.0.0.1:" + wire.port())) {
            new CostOnTheWire(CostStore.of(way), wire, results).measure();
        }
        try (Wire wire = Wire.to(postgres.port());
                HikariDataSource way = Postgres.pool(wire.port(), CONNECTIONS)) {
            new CostOnTheWire(CostStore.of(way), wire, results).measure();
        }
        try (Wire wire = Wire.to(members.port())) {
            HazelcastInstance client = client(members.clusterName(), wire.port());
            try {
                new CostOnTheWire(CostStore.of(client.getMap("buckets")), wire, results).measure();
            } finally {
                client.shutdown();
            }
        }
    }

    /** A client that knows one member only, and has it pass on what is for the other. */
    private static HazelcastInstance client(String cluster, int port) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setSmartRouting(false).addAddress("127.0.0.1:" + port);
        return HazelcastClient.newHazelcastClient(config);
    }

    private static void inSpace(Redis redis, Postgres postgres, HazelcastMembers members, CostResults results)
            throws Exception {
        CostInSpace space = new CostInSpace(results);
        redis.empty();
        space.ofRedis(redis);
        space.ofPostgres(postgres);
        members.buckets(0).clear();
        space.ofHazelcast(members);
    }
}
