package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.CostStore.limit;

import com.hazelcast.map.LocalMapStats;
import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.examples.cluster.CostSide.Round;
import dev.toolpolicy.examples.cluster.demo.Redis;
import io.github.bucket4j.distributed.BucketProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much a store holds for each key, and how long it works for a decision. */
final class CostInSpace {
    private static final int KEYS = 100_000;
    private static final int AT_A_TIME = 16;
    private static final int TRIES = 20;
    private static final long MAX = 1_000;
    private static final int SAMPLE = 100;
    private static final Duration LOAD = Duration.ofSeconds(3);

    private final CostResults results;

    CostInSpace(CostResults results) {
        this.results = results;
    }

    /** A side, until it is closed. */
    private record Side(String name, IntPredicate admits, Evaluator evaluator) implements AutoCloseable {
        @Override
        public void close() {
            evaluator.close();
        }
    }

    private static List<Side> sides(CostStore store) {
        Evaluator evaluator = store.evaluator(limit("own", MAX, "grant"), CostStore.PATIENCE);
        Function<String, BucketProxy> bare = store.bare(MAX, CostStore.PATIENCE);
        return List.of(
                new Side(
                        "library",
                        i -> evaluator.evaluate(ToolCall.parse(Identity.of(CostInTime.caller(i)), "search", "{}"))
                                instanceof Allow,
                        evaluator),
                new Side("bare", i -> bare.apply(CostInTime.caller(i)).tryConsume(1), evaluator));
    }

    void ofRedis(Redis redis) throws Exception {
        try (RedisStore way = RedisStore.connect(redis.address());
                RedisClient client = RedisClient.create(redis.address());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> ask = connection.sync();
            results.head(
                    "Redis",
                    "all it uses, bytes a key",
                    "`MEMORY USAGE` of a key",
                    "its name",
                    "its value",
                    "`get`, µs a decision",
                    "`eval`, µs",
                    "processor time, µs");
            for (Side side : sides(CostStore.of(way))) {
                ask.flushall();
                ask.configResetstat();
                ofRedis(side, ask);
            }
        }
    }

    private void ofRedis(Side side, RedisCommands<String, String> ask) throws Exception {
        double empty = number(ask.info("memory"), "used_memory:(\\d+)");
        fill(side);
        double perKey = (number(ask.info("memory"), "used_memory:(\\d+)") - empty) / KEYS;
        long usage = 0;
        long name = 0;
        long value = 0;
        for (int i = 0; i < SAMPLE; i++) {
            String key = ask.randomkey();
            usage += ask.memoryUsage(key);
            name += key.length();
            value += ask.strlen(key);
        }
        ask.configResetstat();
        double before = processorMicros(ask);
        Round round = CostSide.threads(side.admits()).round(AT_A_TIME, KEYS, LOAD);
        double processor = (processorMicros(ask) - before) / round.admitted();
        String stats = ask.info("commandstats");
        // What a script calls is counted for itself once more: only those that were sent are of interest here.
        double evals = number(stats, "cmdstat_eval:calls=(\\d+)");
        double gets = number(stats, "cmdstat_get:calls=(\\d+)");
        double get = number(stats, "cmdstat_get:calls=\\d+,usec=(\\d+)") / gets * (gets - evals) / round.admitted();
        double eval = number(stats, "cmdstat_eval:calls=\\d+,usec=(\\d+)") / round.admitted();
        results.row(
                side.name(), Math.round(perKey), usage / SAMPLE, name / SAMPLE, value / SAMPLE, get, eval, processor);
        Map<String, Object> raw = raw("Redis", side);
        raw.put("usedMemoryPerKey", perKey);
        raw.put("memoryUsage", (double) usage / SAMPLE);
        raw.put("keyBytes", (double) name / SAMPLE);
        raw.put("valueBytes", (double) value / SAMPLE);
        raw.put("decisions", round.admitted());
        raw.put("getMicros", get);
        raw.put("evalMicros", eval);
        raw.put("processorMicros", processor);
        results.raw(raw);
    }

    private static double processorMicros(RedisCommands<String, String> ask) {
        String info = ask.info("cpu");
        return 1e6 * (number(info, "used_cpu_sys:([\\d.]+)") + number(info, "used_cpu_user:([\\d.]+)"));
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) throw new IllegalStateException("no " + pattern + " in " + text);
        return Double.parseDouble(matcher.group(1));
    }

    void ofPostgres(Postgres postgres) throws Exception {
        results.head(
                "PostgreSQL",
                "bytes a row, as it was filled",
                "packed",
                "of that the table",
                "its indexes",
                "log, bytes a decision");
        try (HikariDataSource pool = Postgres.pool(postgres.port(), AT_A_TIME)) {
            for (Side side : sides(CostStore.of(pool))) {
                Postgres.execute(pool, "TRUNCATE bucket; CHECKPOINT");
                // Not what is measured here, and slow.
                Postgres.execute(pool, "ALTER SYSTEM SET synchronous_commit = off");
                Postgres.execute(pool, "SELECT pg_reload_conf()");
                fill(side);
                Postgres.execute(pool, "ALTER SYSTEM SET synchronous_commit = on");
                Postgres.execute(pool, "SELECT pg_reload_conf()");
                ofPostgres(side, pool);
            }
        }
    }

    private void ofPostgres(Side side, HikariDataSource pool) throws SQLException, InterruptedException {
        double filled = one(pool, "SELECT pg_total_relation_size('bucket')") / KEYS;
        Postgres.execute(pool, "VACUUM FULL bucket");
        double packed = one(pool, "SELECT pg_total_relation_size('bucket')") / KEYS;
        double table = one(pool, "SELECT pg_relation_size('bucket')") / KEYS;
        double indexes = one(pool, "SELECT pg_indexes_size('bucket')") / KEYS;
        double written = one(pool, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        Round round = CostSide.threads(side.admits()).round(AT_A_TIME, KEYS, LOAD);
        double log = (one(pool, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn") - written) / round.admitted();
        results.row(
                side.name(),
                Math.round(filled),
                Math.round(packed),
                Math.round(table),
                Math.round(indexes),
                Math.round(log));
        Map<String, Object> raw = raw("PostgreSQL", side);
        raw.put("filledBytesPerRow", filled);
        raw.put("packedBytesPerRow", packed);
        raw.put("tableBytesPerRow", table);
        raw.put("indexBytesPerRow", indexes);
        raw.put("decisions", round.admitted());
        raw.put("logBytesPerDecision", log);
        results.raw(raw);
    }

    private static double one(HikariDataSource pool, String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }

    void ofHazelcast(HazelcastMembers members) throws Exception {
        results.head("Hazelcast", "bytes a key, in the member that owns it", "in the one that backs it up");
        for (Side side : sides(CostStore.of(members.buckets(0)))) {
            members.buckets(0).clear();
            fill(side);
            double owned = 0;
            double backup = 0;
            for (int member = 0; member < members.size(); member++) {
                LocalMapStats stats = members.buckets(member).getLocalMapStats();
                owned += stats.getOwnedEntryMemoryCost();
                backup += stats.getBackupEntryMemoryCost();
            }
            results.row(side.name(), Math.round(owned / KEYS), Math.round(backup / KEYS));
            Map<String, Object> raw = raw("Hazelcast", side);
            raw.put("ownedBytesPerKey", owned / KEYS);
            raw.put("backupBytesPerKey", backup / KEYS);
            results.raw(raw);
        }
    }

    private static Map<String, Object> raw(String store, Side side) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("measured", "space");
        raw.put("store", store);
        raw.put("side", side.name());
        raw.put("keys", KEYS);
        return raw;
    }

    /** A decision for each caller. */
    private static void fill(Side side) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int part = 0; part < AT_A_TIME; part++) {
                int from = part;
                all.add(threads.submit(() -> {
                    for (int i = from; i < KEYS; i += AT_A_TIME) admit(side.admits(), i);
                }));
            }
            for (Future<?> one : all) one.get();
        } finally {
            threads.shutdown();
        }
    }

    /** On a machine with other things to do some may come too late. */
    private static void admit(IntPredicate admits, int caller) {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                if (admits.test(caller)) return;
            } catch (RuntimeException e) {
                if (tries == TRIES - 1) throw e;
            }
        }
        throw new IllegalStateException("not admitted: " + caller);
    }
}
