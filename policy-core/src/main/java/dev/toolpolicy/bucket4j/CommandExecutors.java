package dev.toolpolicy.bucket4j;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.OptimizationListener;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way to what carries out the commands of one bucket. Bucket4j hands it to optimizations only, which may send others than they
 * were asked for: several as one is what we are after.
 */
final class CommandExecutors implements Optimization {
    private @Nullable CommandExecutor blocking;
    private @Nullable AsyncCommandExecutor async;

    private CommandExecutors() {}

    static CommandExecutor blocking(ProxyManager<String> manager, String key) {
        CommandExecutors executors = new CommandExecutors();
        manager.builder().withOptimization(executors).build(key, () -> Usage.BUCKET);
        return requireNonNull(executors.blocking, "blocking");
    }

    static AsyncCommandExecutor async(ProxyManager<String> manager, String key) {
        CommandExecutors executors = new CommandExecutors();
        manager.asAsync()
                .builder()
                .withOptimization(executors)
                .build(key, () -> CompletableFuture.completedFuture(Usage.BUCKET));
        return requireNonNull(executors.async, "async");
    }

    @Override
    public Optimization withListener(OptimizationListener listener) {
        return this;
    }

    @Override
    public CommandExecutor apply(CommandExecutor original) {
        blocking = original;
        return original;
    }

    @Override
    public AsyncCommandExecutor apply(AsyncCommandExecutor original) {
        async = original;
        return original;
    }
}
