package dev.toolpolicy.bucket4j;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.Request;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A store for Bucket4j within a test: a map that compares and swaps as Redis does, with a timer of its own to turn, and with gates
 * in front of each step and behind it that a test closes, or breaks.
 */
final class MapStore {
    /** What is compared by its content. */
    private record Entry(ByteBuffer state, long expires) {}

    /** What a step waits for; a failed one is a connection that breaks. */
    interface Gate extends Supplier<CompletableFuture<Void>> {}

    static final Gate OPEN = () -> CompletableFuture.completedFuture(null);
    /** Whoever comes here is never heard of again. */
    static final Gate SHUT = CompletableFuture::new;

    static final Gate BROKEN = () -> CompletableFuture.failedFuture(new IllegalStateException("connection lost"));

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong millis = new AtomicLong(Long.MIN_VALUE / 2);
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    volatile Gate beforeReading = OPEN;
    volatile Gate beforeWriting = OPEN;
    volatile Gate afterWriting = OPEN;
    /** Whether it answers that it has no bucket, whatever it has, and keeps nothing. */
    volatile boolean deniesAll;

    private volatile boolean async = true;
    private volatile boolean expires = true;

    /** Its way has no other than blocking methods. */
    MapStore blocking() {
        async = false;
        return this;
    }

    MapStore withoutExpiry() {
        expires = false;
        return this;
    }

    void turnTo(long second) {
        millis.accumulateAndGet(second * 1_000, Math::max);
        entries.values().removeIf(entry -> entry.expires() <= millis.get());
    }

    int size() {
        return entries.size();
    }

    Iterable<String> keys() {
        return entries.keySet();
    }

    void lose() {
        entries.clear();
    }

    Builder builder() {
        return new Builder();
    }

    private Optional<byte[]> read(String key) {
        reads.incrementAndGet();
        Entry entry = entries.get(key);
        return Optional.ofNullable(entry).map(there -> there.state().array().clone());
    }

    private boolean swap(String key, byte[] from, byte[] to, long livesMillis) {
        writes.incrementAndGet();
        boolean[] swapped = {false};
        entries.compute(key, (k, there) -> {
            boolean same =
                    there == null ? from == null : from != null && there.state().equals(ByteBuffer.wrap(from));
            if (!same) return there;
            swapped[0] = true;
            return new Entry(ByteBuffer.wrap(to.clone()), millis.get() + livesMillis);
        });
        return swapped[0];
    }

    final class Builder extends AbstractProxyManagerBuilder<String, Manager, Builder> {
        @Override
        public Manager build() {
            return new Manager(
                    getClientSideConfig(), getExpirationAfterWrite().orElse(ExpirationAfterWriteStrategy.none()));
        }

        @Override
        public boolean isExpireAfterWriteSupported() {
            return expires;
        }
    }

    final class Manager extends AbstractCompareAndSwapBasedProxyManager<String> {
        private final ExpirationAfterWriteStrategy expiration;

        Manager(ClientSideConfig config, ExpirationAfterWriteStrategy expiration) {
            super(config);
            this.expiration = expiration;
        }

        @Override
        protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
            return new AsyncCompareAndSwapOperation() {
                @Override
                public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeout) {
                    return beforeReading.get().thenApply(open -> read(key));
                }

                @Override
                public CompletableFuture<Boolean> compareAndSwap(
                        byte[] from, byte[] to, RemoteBucketState state, Optional<Long> timeout) {
                    return beforeWriting
                            .get()
                            .thenApply(open -> swap(key, from, to, lives(state)))
                            .thenCompose(swapped -> afterWriting.get().thenApply(open -> swapped));
                }
            };
        }

        @Override
        protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
            AsyncCompareAndSwapOperation operation = beginAsyncCompareAndSwapOperation(key);
            return new CompareAndSwapOperation() {
                @Override
                public Optional<byte[]> getStateData(Optional<Long> timeout) {
                    return operation.getStateData(timeout).join();
                }

                @Override
                public boolean compareAndSwap(byte[] from, byte[] to, RemoteBucketState state, Optional<Long> timeout) {
                    return operation.compareAndSwap(from, to, state, timeout).join();
                }
            };
        }

        @Override
        public <T> CompletableFuture<CommandResult<T>> executeAsync(String key, Request<T> request) {
            return deniesAll
                    ? CompletableFuture.completedFuture(CommandResult.bucketNotFound())
                    : super.executeAsync(key, request);
        }

        private long lives(RemoteBucketState state) {
            return expiration.calculateTimeToLiveMillis(state, currentTimeNanos());
        }

        @Override
        public boolean isAsyncModeSupported() {
            return async;
        }

        @Override
        public boolean isExpireAfterWriteSupported() {
            return expires;
        }

        @Override
        protected CompletableFuture<Void> removeAsync(String key) {
            entries.remove(key);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void removeProxy(String key) {
            entries.remove(key);
        }
    }
}
