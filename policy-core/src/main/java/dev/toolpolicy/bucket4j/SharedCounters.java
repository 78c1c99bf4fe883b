package dev.toolpolicy.bucket4j;

import static java.util.Objects.requireNonNull;

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
 * Counters in a store that several processes share. Never is more admitted in a window than {@code max}, by however many of them,
 * as long as the store keeps what it was told, and its client sends nothing twice.
 *
 * <p>There is one bucket for each counter and window, in which a charge is judged and taken in one step. Of several charges each is
 * taken by itself, those of single callers first; if one of their counters is spent, what the others took is given back. So a call
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
    /** How long the store may take to answer, all limits of a call together, unless said otherwise. */
    public static final Duration TIME_LIMIT = Duration.ofMillis(250);

    private static final int LONGEST_NAMESPACE = 100;
    /** As many connections as a pool needs, where the backend takes one for each request that is under way. */
    private static final int MOST_THREADS = 16;

    private static final int MOST_WAITING = 4_096;
    private static final long IDLE_SECONDS = 10;

    private final String namespace;
    private final AbstractProxyManagerBuilder<String, ?, ?> builder;
    private final long timeLimit;
    private final StoreTime time;
    private final ThreadPoolExecutor threads;
    private final Lanes lanes;
    /** The latest second at which a decision took anything, or tried to. */
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    private volatile boolean closed;

    SharedCounters(String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder) {
        this(namespace, builder, TIME_LIMIT, StoreTime.OF_THE_JVM);
    }

    SharedCounters(
            String namespace, AbstractProxyManagerBuilder<String, ?, ?> builder, Duration timeLimit, StoreTime time) {
        requireNonNull(builder, "builder");
        boolean printable = namespace.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!printable || namespace.isEmpty() || namespace.length() > LONGEST_NAMESPACE)
            throw new IllegalArgumentException("a namespace is 1 to 100 characters of printable ASCII");
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(Duration.ofMinutes(1)) > 0)
            throw new IllegalArgumentException("a time limit is more than nothing, and a minute at most: " + timeLimit);
        this.namespace = namespace;
        this.builder = builder;
        this.timeLimit = timeLimit.toNanos();
        this.time = time;
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
        Store store = new Store(builder, timeLimit, time, threads);
        this.lanes = new Lanes(store, new Breaker(time::nanos), time, timeLimit);
    }

    /**
     * The same with another time limit: how long the store may take to answer, all limits of a call together. It is asked once for a
     * decision, and twice where a person has to approve the call.
     */
    public SharedCounters withTimeLimit(Duration limit) {
        return new SharedCounters(namespace, builder, limit, time);
    }

    /**
     * Asks the store now, as a call does that takes something, from a counter of its own. For the start, and for who wants to know
     * why calls are denied.
     *
     * @throws IllegalStateException if it gives no sure answer, or was not asked because it is thought to be away
     */
    public void probe() {
        requireOpen();
        waitFor(lanes.ask(namespace + ":probe", Usage.takeUpTo(1, 1), 1, deadline()));
    }

    /** Whether {@link #probe()} succeeds: for health checks. */
    public boolean storeAnswers() {
        try {
            probe();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
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
        return new SharedClaim(lanes, time, namespace, charges, now, second, deadline());
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
        return time.nanos() + timeLimit;
    }

    private <T> CompletionStage<T> inTime(Supplier<CompletableFuture<T>> work) {
        try {
            return time.limit(work.get(), timeLimit);
        } catch (Throwable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> T waitFor(CompletableFuture<T> work) {
        try {
            return time.await(work, timeLimit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(work, e);
        } catch (TimeoutException e) {
            return giveUp(work, new TimeoutException("no answer within " + Duration.ofNanos(timeLimit)));
        } catch (ExecutionException e) {
            throw unsure(Failures.cause(e));
        }
    }

    /** Nobody waits any more, unless the answer came in this very moment: what is taken later is given back. */
    private static <T> T giveUp(CompletableFuture<T> work, Exception why) {
        if (work.completeExceptionally(why) || work.isCompletedExceptionally()) throw unsure(why);
        return work.join();
    }

    private static IllegalStateException unsure(Throwable why) {
        Throwable first = why;
        while (first.getCause() != null) first = first.getCause();
        return new IllegalStateException("the store gave no sure answer: " + first, why);
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
