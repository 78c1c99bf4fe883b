package dev.toolpolicy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs decisions on threads of its own, and waits no longer than so long for each. The threads are daemons, there are only so
 * many, and idle ones end: plugs that hang cost their threads and no more.
 */
final class TimeLimit implements AutoCloseable {
    private static final int MOST_THREADS = 256;
    private static final long IDLE_SECONDS = 10;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final long nanos;
    private final ThreadPoolExecutor threads;

    TimeLimit(Duration limit) {
        nanos = limit.compareTo(LONGEST) < 0 ? limit.toNanos() : Long.MAX_VALUE;
        // Nothing waits for a thread: a decision gets one at once, or is refused.
        threads = new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "toolpolicy-decision");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * What the work comes to; empty if that takes too long, or if no thread is free. Work that takes too long is interrupted.
     *
     * @param work throws nothing
     * @param late gets what the work comes to after all
     */
    <T> Optional<T> run(Supplier<T> work, Consumer<T> late) {
        return run(work, late, nanos, true);
    }

    /** The same for what is left of the time, since a moment by {@code System.nanoTime()}; but the work goes on to its end. */
    <T> Optional<T> finish(Supplier<T> work, Consumer<T> late, long since) {
        return run(work, late, Math.max(0, nanos - (System.nanoTime() - since)), false);
    }

    /** Begins this work, and waits a little, for it is mostly soon done; false if no thread is free. */
    boolean start(Runnable work) {
        try {
            Future<?> running = threads.submit(work);
            running.get(nanos / 10, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // It goes on by itself.
        } catch (Throwable e) {
            return false;
        }
        return true;
    }

    /**
     * Makes this fail when the time is over and it is not complete, and runs the action then; without a thread for it: the action runs
     * on one of the JDK's, which it must not hold up.
     */
    void watch(CompletableFuture<Void> over, Runnable action) {
        CompletableFuture<Void> unused = over.orTimeout(nanos, TimeUnit.NANOSECONDS)
                .whenComplete((done, time) -> {
                    if (time != null) action.run();
                });
    }

    private <T> Optional<T> run(Supplier<T> work, Consumer<T> late, long most, boolean interrupts) {
        AtomicBoolean settled = new AtomicBoolean();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Future<?> running;
        try {
            running = threads.submit(() -> {
                T result = work.get();
                if (settled.compareAndSet(false, true)) answer.complete(result);
                else late.accept(result);
            });
        } catch (Throwable e) {
            // No thread is free, or none can be started.
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get(most, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // Nothing came.
        }
        // An answer that came in this very moment is taken: nobody else would see to it.
        if (!settled.compareAndSet(false, true)) return Optional.of(answer.join());
        if (interrupts) running.cancel(true);
        return Optional.empty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
