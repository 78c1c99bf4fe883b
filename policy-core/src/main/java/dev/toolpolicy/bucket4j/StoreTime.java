package dev.toolpolicy.bucket4j;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time in which a store has to answer, which no clock that is set can change; a simulation has one of its own. */
interface StoreTime {
    StoreTime OF_THE_JVM = new StoreTime() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public <T> CompletableFuture<T> limit(CompletableFuture<T> work, long nanos) {
            return work.orTimeout(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public <T> T await(CompletableFuture<T> work, long nanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            return work.get(nanos, TimeUnit.NANOSECONDS);
        }
    };

    /** Means something by its differences only, as {@code System.nanoTime()}. */
    long nanos();

    /** This work, which fails if it is not done after so long. */
    <T> CompletableFuture<T> limit(CompletableFuture<T> work, long nanos);

    /** What this work comes to, waited for no longer than that. */
    <T> T await(CompletableFuture<T> work, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException;
}
