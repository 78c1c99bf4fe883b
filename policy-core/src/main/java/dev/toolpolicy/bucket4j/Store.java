package dev.toolpolicy.bucket4j;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.ExecutionStrategy;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.RetryDecision;
import io.github.bucket4j.distributed.proxy.RetryStrategy;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MultiResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.CreateInitialStateAndExecuteCommand;
import io.github.bucket4j.distributed.remote.commands.MultiCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A store behind Bucket4j, with all that hosts must not get wrong set: what expires and when, how long a request may take, how
 * often it is tried again.
 */
final class Store {
    /**
     * How long a bucket outlives its window: clocks of processes may differ by as much, and none finds its use forgotten.
     * The store's own timer tells when that is over.
     */
    static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);

    /** Where rows have to be cleaned away, it is a process's clock that tells: a wrong one must not clean away what is in use. */
    private static final Duration CLEANED_AFTER = Duration.ofHours(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(16);

    private final AbstractProxyManagerBuilder<String, ?, ?> builder;
    private final Duration timeLimit;
    private final StoreTime time;
    private final TimeMeter steady;
    /** For work that blocks, which is all of it where a backend knows no other. */
    private final Executor threads;
    /** By how many seconds their buckets live, counted from when they are written. */
    private final ConcurrentHashMap<Long, ProxyManager<String>> managers = new ConcurrentHashMap<>();

    private final Cleaning cleaning;

    Store(AbstractProxyManagerBuilder<String, ?, ?> builder, Duration timeLimit, StoreTime time, Executor threads) {
        if (!builder.isExpireAfterWriteSupported())
            throw new IllegalArgumentException(
                    "this backend cannot let keys expire: those of callers who left would stay for ever");
        this.builder = builder;
        this.timeLimit = timeLimit;
        this.time = time;
        this.steady = steady(time);
        this.threads = threads;
        this.cleaning = new Cleaning(threads, time::nanos);
    }

    /** Bucket4j measures its time limits by it, so it must not jump. No bucket's content depends on it: none is ever refilled. */
    private static TimeMeter steady(StoreTime time) {
        long began = time.nanos();
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return time.nanos() - began;
            }

            @Override
            public boolean isWallClockBased() {
                // It is not; what is asked is whether processes may share it, and as nothing is refilled they may.
                return true;
            }
        };
    }

    /**
     * Carries all of this out on one bucket, in one step. What is answered is what became of each, in its place.
     *
     * @param secondsLeft until the bucket's window ends
     */
    CompletableFuture<List<Usage.Answer>> send(String key, long secondsLeft, List<Usage.Ask> asks) {
        try {
            ProxyManager<String> manager = managers.computeIfAbsent(roundedUp(secondsLeft), this::manager);
            // Where a row is written for every bucket that is asked for, an empty one would never be cleaned away.
            boolean creates = manager instanceof ExpiredEntriesCleaner;
            List<RemoteCommand<?>> commands = new ArrayList<>();
            for (Usage.Ask ask : asks) {
                commands.addAll(ask.commands());
                creates |= ask.creates();
            }
            RemoteCommand<MultiResult> all = new MultiCommand(commands);
            if (creates) all = new CreateInitialStateAndExecuteCommand<>(Usage.BUCKET, all);
            cleaning.maybe(manager);
            return send(manager, key, all).thenApply(result -> answers(asks, result));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<Usage.Answer> answers(List<Usage.Ask> asks, CommandResult<MultiResult> result) {
        if (result.isBucketNotFound()) return asks.stream().map(Usage::notFound).toList();
        List<CommandResult<?>> results = result.getData().getResults();
        List<Usage.Answer> answers = new ArrayList<>(asks.size());
        int from = 0;
        for (Usage.Ask ask : asks) {
            int to = from + ask.commands().size();
            answers.add(Usage.read(ask, results.subList(from, to)));
            from = to;
        }
        return answers;
    }

    private CompletableFuture<CommandResult<MultiResult>> send(
            ProxyManager<String> manager, String key, RemoteCommand<MultiResult> command) {
        var result = manager.isAsyncModeSupported()
                ? plain(CommandExecutors.async(manager, key).executeAsync(command))
                : onThread(CommandExecutors.blocking(manager, key), command);
        // Whatever the backend makes of its own limit.
        return time.limit(result, timeLimit.toNanos());
    }

    /**
     * The same without whatever a client makes of the stages that follow: those of Hazelcast's start a thread for each, where the
     * common pool has one only.
     */
    private static <T> CompletableFuture<T> plain(CompletableFuture<T> clients) {
        CompletableFuture<T> plain = new CompletableFuture<>();
        var unused = clients.whenComplete((result, failure) -> {
            if (failure == null) plain.complete(result);
            else plain.completeExceptionally(Failures.cause(failure));
        });
        return plain;
    }

    private CompletableFuture<CommandResult<MultiResult>> onThread(
            CommandExecutor executor, RemoteCommand<MultiResult> command) {
        CompletableFuture<CommandResult<MultiResult>> result = new CompletableFuture<>();
        threads.execute(() -> {
            // It may have waited for a thread until nobody waited for it.
            if (result.isDone()) return;
            try {
                result.complete(executor.execute(command));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** By no more than an eighth: so there are few of them, however many seconds a window has. */
    private static long roundedUp(long seconds) {
        long step = Math.max(1, Long.highestOneBit(seconds) >> 3);
        return (seconds + step - 1) / step * step;
    }

    private ProxyManager<String> manager(long secondsLeft) {
        synchronized (builder) {
            builder.clientClock(steady);
            builder.executionStrategy(ExecutionStrategy.SAME_TREAD);
            builder.requestTimeout(timeLimit);
            builder.retryStrategy(Store::pauseBefore);
            ProxyManager<String> manager = expiringAfter(secondsLeft, CLOCKS_DIFFER_BY);
            return manager instanceof ExpiredEntriesCleaner ? expiringAfter(secondsLeft, CLEANED_AFTER) : manager;
        }
    }

    private ProxyManager<String> expiringAfter(long secondsLeft, Duration more) {
        builder.expirationAfterWrite(ExpirationAfterWriteStrategy.fixedTimeToLive(
                Duration.ofSeconds(secondsLeft).plus(more)));
        return builder.build();
    }

    /**
     * Another process was faster. The more often, the longer a pause, by chance, so that one of them gets through; the time limit
     * ends it.
     */
    private static RetryDecision pauseBefore(RetryStrategy.RetryMetadata tried) {
        long most = Math.min(LONGEST_PAUSE.toNanos(), 100_000L << Math.min(tried.getAttemptNumber(), 16));
        return RetryDecision.retryAfter(
                Duration.ofNanos(ThreadLocalRandom.current().nextLong(most)));
    }
}
