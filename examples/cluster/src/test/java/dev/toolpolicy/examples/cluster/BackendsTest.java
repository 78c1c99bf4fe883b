package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.bucket4j.SharedCounters;
import dev.toolpolicy.examples.cluster.demo.Redis;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Taken;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Over every backend two processes together answer as the counters in the memory of one do. */
class BackendsTest {
    private static final int STEPS = 600;
    private static final long[] WINDOWS = {1, 60, 3_600};
    private static final String[] CALLERS = {"alice", "bob: 1", ""};
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void redis() throws Exception {
        try (Redis server = Redis.start();
                RedisStore first = RedisStore.connect(server.address());
                RedisStore second = RedisStore.connect(server.address())) {
            agree(first.buckets(), second.buckets());
        }
    }

    @Test
    void postgres() throws Exception {
        try (Postgres server = Postgres.start();
                HikariDataSource pool = Postgres.pool(server.port(), 4)) {
            agree(
                    Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).primaryKeyMapper(PrimaryKeyMapper.STRING),
                    Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).primaryKeyMapper(PrimaryKeyMapper.STRING));
        }
    }

    @Test
    void hazelcast() throws Exception {
        try (HazelcastMembers members = HazelcastMembers.start()) {
            agree(
                    Bucket4jHazelcast.entryProcessorBasedBuilder(members.buckets(0)),
                    Bucket4jHazelcast.entryProcessorBasedBuilder(members.buckets(1)));
        }
    }

    private static void agree(
            AbstractProxyManagerBuilder<String, ?, ?> one, AbstractProxyManagerBuilder<String, ?, ?> other) {
        Duration patience = Duration.ofSeconds(30);
        try (Counters memory = Bucket4jCounters.inMemory();
                SharedCounters first = Bucket4jCounters.over("test", one).withTimeLimit(patience);
                SharedCounters second = Bucket4jCounters.over("test", other).withTimeLimit(patience)) {
            new Steps(memory, List.of(first, second)).all();
        }
    }

    private static final class Steps {
        private record Permit(Charge charge, long window) {}

        private final SplittableRandom random = new SplittableRandom(1);
        private final Counters memory;
        private final List<SharedCounters> processes;
        private final List<Permit> permits = new ArrayList<>();
        private Instant now = NOON;

        Steps(Counters memory, List<SharedCounters> processes) {
            this.memory = memory;
            this.processes = processes;
        }

        void all() {
            int refused = 0;
            for (int step = 0; step < STEPS; step++) {
                Counters process = processes.get(random.nextInt(processes.size()));
                if (random.nextInt(4) == 0 && !permits.isEmpty()) change(process);
                else if (!take(process)) refused++;
                now = now.plusMillis(random.nextLong(random.nextInt(20) == 0 ? 60_000 : 300));
            }
            assertThat(refused).isBetween(STEPS / 10, STEPS * 9 / 10);
        }

        /** Each caller has counters of its own in each window; now and then a policy with another {@code max} asks. */
        private boolean take(Counters process) {
            List<Charge> charges = new ArrayList<>();
            for (long window : WINDOWS) {
                if (random.nextBoolean()) continue;
                String caller = CALLERS[random.nextInt(CALLERS.length)];
                long max = random.nextInt(10) == 0 ? 5 : 20;
                charges.add(new Charge("", "c" + window, caller, window, max, random.nextLong(max / 2)));
            }
            if (charges.isEmpty()) return true;
            assertThat(process.look(charges, now)).isEqualTo(memory.look(charges, now));
            Taking taking = process.take(charges, now);
            assertThat(taking).isEqualTo(memory.take(charges, now));
            if (!(taking instanceof Taken taken)) {
                // What it gives back it does not wait for.
                settled(charges);
                return false;
            }
            for (int i = 0; i < charges.size(); i++)
                permits.add(new Permit(charges.get(i), taken.windows().get(i)));
            return true;
        }

        private void settled(List<Charge> charges) {
            for (SharedCounters process : processes) process.look(charges, now);
        }

        private void change(Counters process) {
            Permit permit = permits.remove(random.nextInt(permits.size()));
            long more = random.nextLong(-permit.charge().units(), 5);
            process.change(permit.charge(), permit.window(), more);
            memory.change(permit.charge(), permit.window(), more);
        }
    }
}
