package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counters in a store that several processes share. Never is more admitted in a window than {@code max}, by however many of them.
 *
 * <p>There is one bucket for each counter and window, in which a charge is judged and taken in one step. Of several charges each is
 * taken by itself, those of single callers first; is one of their counters spent, what the others took is given back. So a call
 * that is refused may for a moment hold what another could have had: too much may be refused, never too much admitted.
 *
 * <p>A store that is away, slow or in doubt fails, which denies: within {@link #TIME_LIMIT} unless set otherwise, and at once while
 * it is known to be away. It is tried again now and then, by one request at a time. A request whose answer is lost may have been
 * carried out: what it took stays taken then, and nothing is given back.
 *
 * <p>Windows are those of the clock that each process decides by. Clocks may differ by up to a minute. For a process time does
 * not go back: an earlier instant than the latest it has seen counts as that one.
 */
public final class SharedCounters extends Bucket4jCounters {
    /** How long the store may take to answer a decision, unless said otherwise. */
    public static final Duration TIME_LIMIT = Duration.ofMillis(250);

    private static final int LONGEST_NAMESPACE = 100;
    private static final String UNSURE = "what the store holds is not known";
    private static final int MOST_THREADS = 64;
    private static final int MOST_WAITING = 4_096;
    private static final long IDLE_SECONDS = 10;

    private final String namespace;
    private final AbstractProxyManagerBuilder<String, ?, ?> builder;
    private final long timeLimit;
    private final ThreadPoolExecutor threads;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final Lanes lanes;
    /** The latest second at which a decision took anything, or tried to. */
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    private volatile boolean closed;

    SharedCounters(String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder) {
        this(namespace, builder, TIME_LIMIT);
    }

    private SharedCounters(String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder, Duration timeLimit) {
        boolean printable = namespace.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!printable || namespace.isEmpty() || namespace.length() > LONGEST_NAMESPACE)
            throw new IllegalArgumentException("a namespace is 1 to 100 characters of printable ASCII");
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(Duration.ofMinutes(1)) > 0)
            throw new IllegalArgumentException("a time limit is more than nothing, and a minute at most: " + timeLimit);
        this.namespace = namespace;
        this.builder = builder;
        this.timeLimit = timeLimit.toNanos();
        this.threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                work -> {
                    Thread thread = new Thread(work, "toolpolicy-counters");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.lanes = new Lanes(new Store(builder, timeLimit, threads), breaker, timeLimit);
    }

    /** The same with another time limit: how long the store may take to answer a decision, all of its limits together. */
    public SharedCounters withTimeLimit(Duration limit) {
        return new SharedCounters(namespace, builder, limit);
    }

    /** Whether the store answers, as far as is known: false while calls are denied without asking it. For health checks. */
    public boolean storeAnswers() {
        return !breaker.isOpen();
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        return waitFor(looked(charges, now));
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        return waitFor(taken(charges, now));
    }

    @Override
    public void change(Charge charge, long window, long more) {
        waitFor(changed(charge, window, more));
    }

    @Override
    public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
        return inTime(() -> looked(charges, now));
    }

    @Override
    public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        return inTime(() -> taken(charges, now));
    }

    @Override
    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        return inTime(() -> changed(charge, window, more));
    }

    private CompletableFuture<List<Left>> looked(List<Charge> charges, Instant now) {
        return claim(charges, now, Math.max(latest.get(), now.getEpochSecond())).look();
    }

    private CompletableFuture<Taking> taken(List<Charge> charges, Instant now) {
        return claim(charges, now, latest.accumulateAndGet(now.getEpochSecond(), Math::max))
                .take();
    }

    private SharedClaim claim(List<Charge> charges, Instant now, long second) {
        requireOpen();
        return new SharedClaim(lanes, namespace, charges, now, second, deadline());
    }

    private CompletableFuture<Boolean> changed(Charge charge, long window, long more) {
        requireOpen();
        long secondsLeft = window + charge.windowSeconds() - Math.max(window, latest.get());
        // Its bucket is gone: to ask for it would be to make another.
        boolean gone = secondsLeft <= -Store.CLOCKS_DIFFER_BY.toSeconds();
        if (gone || more == 0) return CompletableFuture.completedFuture(true);
        Usage.Ask ask = more > 0 ? Usage.takeUpTo(charge.max(), more) : Usage.giveBack(-more);
        return lanes.ask(StoreKey.of(namespace, charge, window), ask, Math.max(1, secondsLeft), deadline())
                .thenApply(answer -> true);
    }

    private long deadline() {
        return System.nanoTime() + timeLimit;
    }

    private <T> CompletionStage<T> inTime(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get().orTimeout(timeLimit, TimeUnit.NANOSECONDS);
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> T waitFor(CompletableFuture<T> work) {
        try {
            return work.get(timeLimit, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(work, e);
        } catch (TimeoutException e) {
            return giveUp(work, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(UNSURE, Failures.cause(e));
        }
    }

    /** Nobody waits any more, unless the answer came in this very moment: what is taken later is given back. */
    private static <T> T giveUp(CompletableFuture<T> work, Exception why) {
        if (work.completeExceptionally(why) || work.isCompletedExceptionally())
            throw new IllegalStateException(UNSURE, why);
        return work.join();
    }

    /** For tests. */
    int lanesInUse() {
        return lanes.size();
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("these counters are closed");
    }

    /** Ends the counting. The way to the store is the host's to close. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
