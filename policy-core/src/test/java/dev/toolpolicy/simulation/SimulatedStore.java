package dev.toolpolicy.simulation;

import dev.toolpolicy.bucket4j.TimedCounters;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.RetryDecision;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.Request;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that several machines share, at the other end of a network: it compares and swaps, as Redis is made to, or carries a request
 * out whole, as a data grid does. What is asked of it, and what it answers, takes a while, or is lost.
 */
final class SimulatedStore {
    /** As long as the counters wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** After so many requests without an answer a machine may have stopped to ask. */
    private static final int MANY = 5;

    /** The state is compared by its content. */
    private record Entry(ByteBuffer state, long used, long expires) {}

    private final World world;
    private final boolean swaps;
    private final boolean replays;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long awayUntil;

    /**
     * @param swaps whether it compares and swaps
     * @param replays whether its client may send anything twice, which one must not
     */
    SimulatedStore(World world, boolean swaps, boolean replays) {
        this.world = world;
        this.swaps = swaps;
        this.replays = replays;
    }

    /** What is used in each bucket. */
    Map<String, Long> counted() {
        Map<String, Long> counted = new LinkedHashMap<>();
        for (String key : entries.keySet().toArray(String[]::new)) {
            Entry entry = entry(key);
            if (entry != null) counted.put(key, entry.used());
        }
        return counted;
    }

    void empty() {
        entries.clear();
        world.ledger.emptied();
        world.transcript.tell("the store loses all it has");
    }

    void goAway(long millis) {
        awayUntil = world.schedule.nanos() + Duration.ofMillis(millis).toNanos();
        world.transcript.tell("the store is away for " + millis + " ms");
    }

    private @Nullable Entry entry(String key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.expires() > world.schedule.nanos()) return entry;
        entries.remove(key);
        return null;
    }

    private boolean put(String key, byte[] state, RemoteBucketState read, long livesMillis, boolean again) {
        Entry before = entry(key);
        long used = TimedCounters.used(read.getAvailableTokens());
        boolean givesBack = used < (before == null ? 0 : before.used());
        // What comes a second time and takes does no harm.
        if (again && givesBack && !replays) return false;
        long expires = world.schedule.nanos() + Duration.ofMillis(livesMillis).toNanos();
        entries.put(key, new Entry(ByteBuffer.wrap(state), used, expires));
        return true;
    }

    /** A way to it, of one life of a machine. */
    final class Client extends AbstractProxyManagerBuilder<String, Manager, Client> {
        private final Machine machine;
        private final int life;
        private final Set<String> asked = new HashSet<>();
        private int unanswered;

        Client(Machine machine) {
            this.machine = machine;
            this.life = machine.life();
        }

        @Override
        public Manager build() {
            return new Manager(
                    this, getClientSideConfig(), getExpirationAfterWrite().orElse(ExpirationAfterWriteStrategy.none()));
        }

        @Override
        public boolean isExpireAfterWriteSupported() {
            return true;
        }

        private boolean isAlive() {
            return machine.lives(life);
        }

        /** Whatever it has asked for may be there or not: nobody knows any more. */
        void doubtAll() {
            asked.forEach(world.ledger::doubt);
        }

        /** It may have kept to itself what it was to give back. */
        void doubtAllIfItStoppedAsking() {
            if (unanswered >= MANY) doubtAll();
        }

        private void begun(String key, CompletableFuture<?> answer) {
            asked.add(key);
            world.schedule.after(PATIENCE.toNanos(), () -> {
                if (!answer.isDone() || answer.isCompletedExceptionally()) unanswered(key);
            });
        }

        private void unanswered(String key) {
            unanswered++;
            world.ledger.doubt(key);
        }

        /** One way there and one back. */
        private <T> CompletableFuture<T> request(String key, Supplier<T> work, Runnable again) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            if (!isAlive()) return answer;
            Faults faults = world.faults;
            boolean away = world.schedule.nanos() < awayUntil;
            if (away || faults.happens(Fault.REQUEST_LOST)) {
                fails(key, answer);
                return answer;
            }
            boolean late = faults.happens(Fault.LATE);
            if (late) world.ledger.doubt(key);
            long pause = late ? world.random.nextLong(1, 4) * PATIENCE.toNanos() : 0;
            long first = late && world.chance(50) ? pause : 0;
            world.schedule.after(world.latency() + first, () -> {
                T value = work.get();
                if (faults.happens(Fault.TWICE)) {
                    world.ledger.doubt(key);
                    world.schedule.after(world.latency(), again);
                }
                if (faults.happens(Fault.ANSWER_LOST)) fails(key, answer);
                else world.schedule.after(world.latency() + pause - first, () -> answer.complete(value));
            });
            return answer;
        }

        /** The connection breaks, or nothing is heard of it ever. */
        private void fails(String key, CompletableFuture<?> answer) {
            world.ledger.doubt(key);
            if (world.chance(50))
                world.schedule.after(
                        world.latency(),
                        () -> answer.completeExceptionally(new IllegalStateException("connection lost")));
        }
    }

    final class Manager extends AbstractCompareAndSwapBasedProxyManager<String> {
        private final Client client;
        private final ExpirationAfterWriteStrategy expiration;

        Manager(Client client, ClientSideConfig config, ExpirationAfterWriteStrategy expiration) {
            // A pause of its own would be one in real time.
            super(config.withRetryStrategy(tried -> RetryDecision.retryAfter(Duration.ZERO)));
            this.client = client;
            this.expiration = expiration;
        }

        private long lives(RemoteBucketState state) {
            return expiration.calculateTimeToLiveMillis(state, currentTimeNanos());
        }

        private static byte @Nullable [] state(@Nullable Entry entry) {
            return entry == null ? null : entry.state().array().clone();
        }

        @Override
        protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
            return new AsyncCompareAndSwapOperation() {
                @Override
                public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeout) {
                    return client.request(key, () -> Optional.ofNullable(state(entry(key))), () -> {});
                }

                @Override
                public CompletableFuture<Boolean> compareAndSwap(
                        byte @Nullable [] from, byte[] to, RemoteBucketState state, Optional<Long> timeout) {
                    long lives = lives(state);
                    return client.request(
                            key,
                            () -> Arrays.equals(from, state(entry(key))) && put(key, to, state, lives, false),
                            () -> {
                                if (Arrays.equals(from, state(entry(key)))) put(key, to, state, lives, true);
                            });
                }
            };
        }

        @Override
        public <T> CompletableFuture<CommandResult<T>> executeAsync(String key, Request<T> request) {
            CompletableFuture<CommandResult<T>> answer = swaps
                    ? super.executeAsync(key, request)
                    : client.request(key, () -> carryOut(key, request, false), () -> carryOut(key, request, true));
            client.begun(key, answer);
            return answer;
        }

        private <T> CommandResult<T> carryOut(String key, Request<T> request, boolean again) {
            MutableBucketEntry bucket = new MutableBucketEntry(state(entry(key)));
            CommandResult<T> result = request.getCommand().execute(bucket, currentTimeNanos());
            if (bucket.isStateModified()) {
                byte[] state = bucket.getStateBytes(request.getBackwardCompatibilityVersion());
                put(key, state, bucket.get(), lives(bucket.get()), again);
            }
            return result;
        }

        @Override
        protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
            throw new UnsupportedOperationException("whoever waits, waits for a stage");
        }

        @Override
        public boolean isAsyncModeSupported() {
            return true;
        }

        @Override
        public boolean isExpireAfterWriteSupported() {
            return true;
        }

        @Override
        protected CompletableFuture<Void> removeAsync(String key) {
            throw new UnsupportedOperationException("nobody removes a bucket");
        }

        @Override
        public void removeProxy(String key) {
            throw new UnsupportedOperationException("nobody removes a bucket");
        }
    }
}
