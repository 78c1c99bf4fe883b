package dev.toolpolicy.examples.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** One of those that are measured beside each other: it has calls decided, of one caller after the other, each chosen by chance. */
interface CostSide {
    /** Has so many calls under way at any time, for so long. */
    Round round(int underWay, int callers, Duration time) throws InterruptedException;

    /**
     * What came of it.
     *
     * @param admitted how many calls were
     * @param failed how many were not decided
     * @param medianMicros of how long each took, of both
     */
    record Round(int admitted, int failed, double seconds, double medianMicros, double p99Micros) {
        double perSecond() {
            return admitted / seconds;
        }
    }

    /** A thread for each call under way, which waits for the answer: true if it is admitted, and what is thrown is a failure. */
    static CostSide threads(IntPredicate admits) {
        return (underWay, callers, time) -> {
            CyclicBarrier together = new CyclicBarrier(underWay);
            ExecutorService threads = Executors.newFixedThreadPool(underWay);
            try {
                Times times = new Times();
                long begun = System.nanoTime();
                Future<?>[] all = new Future<?>[underWay];
                for (int i = 0; i < underWay; i++)
                    all[i] = threads.submit(() -> {
                        together.await();
                        return times.addAll(ask(admits, callers, time));
                    });
                for (Future<?> one : all) one.get();
                return times.round(System.nanoTime() - begun);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } finally {
                threads.shutdown();
            }
        };
    }

    private static Times ask(IntPredicate admits, int callers, Duration time) {
        Times times = new Times();
        SplittableRandom random = new SplittableRandom();
        long end = System.nanoTime() + time.toNanos();
        for (long begun = System.nanoTime(); begun - end < 0; begun = System.nanoTime()) {
            boolean admitted;
            try {
                admitted = admits.test(random.nextInt(callers));
            } catch (RuntimeException e) {
                admitted = false;
            }
            times.add(admitted, System.nanoTime() - begun);
        }
        return times;
    }

    /** One thread, which waits for no answer as long as no more calls are under way than may. */
    static CostSide stages(IntFunction<CompletionStage<Boolean>> admits) {
        return (underWay, callers, time) -> {
            Times times = new Times();
            Semaphore free = new Semaphore(underWay);
            SplittableRandom random = new SplittableRandom();
            long first = System.nanoTime();
            while (System.nanoTime() - first < time.toNanos()) {
                free.acquire();
                long begun = System.nanoTime();
                var unused = admits.apply(random.nextInt(callers)).whenComplete((admitted, failure) -> {
                    times.add(failure == null && admitted, System.nanoTime() - begun);
                    free.release();
                });
            }
            if (!free.tryAcquire(underWay, 1, TimeUnit.MINUTES))
                throw new IllegalStateException("calls stay undecided");
            return times.round(System.nanoTime() - first);
        };
    }

    /** Grows as it is filled, by any number of threads. */
    final class Times {
        private long[] nanos = new long[1_024];
        private int size;
        private int admitted;

        synchronized void add(boolean wasAdmitted, long took) {
            if (size == nanos.length) nanos = Arrays.copyOf(nanos, 2 * size);
            nanos[size++] = took;
            if (wasAdmitted) admitted++;
        }

        synchronized Times addAll(Times more) {
            int all = size + more.size;
            nanos = Arrays.copyOf(nanos, Math.max(all, nanos.length));
            System.arraycopy(more.nanos, 0, nanos, size, more.size);
            size = all;
            admitted += more.admitted;
            return this;
        }

        synchronized Round round(long took) {
            long[] sorted = Arrays.copyOf(nanos, size);
            Arrays.sort(sorted);
            return new Round(admitted, size - admitted, took / 1e9, micros(sorted, 0.5), micros(sorted, 0.99));
        }

        /** How long at most so large a part of them took. */
        private static double micros(long[] sorted, double part) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1_000.0;
        }
    }
}
