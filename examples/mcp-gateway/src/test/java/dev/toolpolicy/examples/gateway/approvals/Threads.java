package dev.toolpolicy.examples.gateway.approvals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** As many threads as are asked for, gone at the end. */
final class Threads implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
