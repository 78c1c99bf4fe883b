package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Shared counters whose store has the time of a simulation, and what the simulation must know of their buckets. */
public final class TimedCounters {
    private TimedCounters() {}

    /** A time in which things happen one after the other. */
    public interface Time {
        long nanos();

        void after(long nanos, Runnable step);

        /** Lets the next thing happen; if there is none until then, it is then, and this is false. */
        boolean nextUntil(long nanos);
    }

    public static SharedCounters over(String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder, Time time) {
        return new SharedCounters(namespace, builder, SharedCounters.TIME_LIMIT, new StoreTime() {
            @Override
            public long nanos() {
                return time.nanos();
            }

            @Override
            public <T> CompletableFuture<T> limit(CompletableFuture<T> work, long nanos) {
                if (!work.isDone()) time.after(nanos, () -> work.completeExceptionally(new TimeoutException()));
                return work;
            }

            @Override
            public <T> T await(CompletableFuture<T> work, long nanos)
                    throws InterruptedException, ExecutionException, TimeoutException {
                long until = time.nanos() + nanos;
                while (!work.isDone()) {
                    if (!time.nextUntil(until)) throw new TimeoutException();
                }
                return work.get();
            }
        });
    }

    /** The key of a charge's bucket in the store. */
    public static String key(String namespace, Charge charge, long window) {
        return StoreKey.of(namespace, charge, window);
    }

    /** How much is used where so much is left in a bucket. */
    public static long used(long available) {
        return Usage.BUCKET.getBandwidths()[0].getCapacity() - available;
    }
}
