package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Counters that count at once and answer later, on a thread of their own, as a store's driver does. Nobody may wait for them. */
final class LaterCounters implements Counters {
    static final String THREAD = "store";

    private final Counters counters;
    private final ExecutorService store = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, THREAD);
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    private volatile boolean holding;

    LaterCounters(Counters counters) {
        this.counters = counters;
    }

    /** From now on an answer is kept back until it is let go. */
    LaterCounters holding() {
        holding = true;
        return this;
    }

    /** Lets the next answer go, and returns when whoever follows it on this thread is done. */
    void letGo() throws Exception {
        Runnable next = held.poll(30, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nobody has asked");
        store.submit(next).get(30, TimeUnit.SECONDS);
    }

    /** How many answers are kept back. */
    int held() {
        return held.size();
    }

    private <T> CompletionStage<T> later(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable told = () -> {};
        try {
            T value = work.call();
            told = () -> answer.complete(value);
        } catch (Throwable e) {
            told = () -> answer.completeExceptionally(e);
        }
        if (holding) held.add(told);
        else store.execute(told);
        return answer;
    }

    @Override
    public CompletionStage<List<Left>> lookAsync(List<Charge> charges, Instant now) {
        return later(() -> counters.look(charges, now));
    }

    @Override
    public CompletionStage<Taking> takeAsync(List<Charge> charges, Instant now) {
        return later(() -> counters.take(charges, now));
    }

    @Override
    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
        return later(() -> {
            counters.change(charge, window, more);
            return true;
        });
    }

    @Override
    public List<Left> look(List<Charge> charges, Instant now) {
        throw new AssertionError("somebody waits");
    }

    @Override
    public Taking take(List<Charge> charges, Instant now) {
        throw new AssertionError("somebody waits");
    }

    @Override
    public void change(Charge charge, long window, long more) {
        throw new AssertionError("somebody waits");
    }

    @Override
    public void close() {
        store.shutdownNow();
    }
}
