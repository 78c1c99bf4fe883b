package dev.toolpolicy.bucket4j;

import dev.toolpolicy.bucket4j.Usage.Answer;
import dev.toolpolicy.bucket4j.Usage.Ask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What this process asks of one bucket goes to the store one after the other, and what gathers meanwhile goes together: threads
 * of one process never get in each other's way there, and a counter that all share costs one request at a time, not one for each
 * of them.
 */
final class Lanes {
    /** One request must not become so long that it takes all the time there is. */
    private static final int MOST_AT_ONCE = 128;

    private final Store store;
    private final Breaker breaker;
    private final StoreTime time;
    /** After so many nanoseconds no answer comes any more: the store's time limit is over, and was over when it could be told. */
    private final long longest;
    /** Those that are in use. */
    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param timeLimit the store's
     */
    Lanes(Store store, Breaker breaker, StoreTime time, Duration timeLimit) {
        this.store = store;
        this.breaker = breaker;
        this.time = time;
        this.longest = timeLimit.multipliedBy(4).toNanos();
    }

    /**
     * What the store answers.
     *
     * @param key of the bucket
     * @param secondsLeft until its window ends
     * @param deadline by the store's time; what was not sent until then is not sent any more
     */
    CompletableFuture<Answer> ask(String key, Ask ask, long secondsLeft, long deadline) {
        Waiting waiting = new Waiting(ask, secondsLeft, deadline, new CompletableFuture<>());
        Lane used = lanes.compute(key, (k, lane) -> {
            Lane there = lane == null ? new Lane(k) : lane;
            there.add(waiting);
            return there;
        });
        used.run();
        return waiting.answer();
    }

    /** How many are in use; for tests. */
    int size() {
        return lanes.size();
    }

    private record Waiting(Ask ask, long secondsLeft, long deadline, CompletableFuture<Answer> answer) {}

    private final class Lane {
        private final String key;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean busy;
        private long since;

        Lane(String key) {
            this.key = key;
        }

        synchronized void add(Waiting more) {
            waiting.add(more);
        }

        /** Sends what waits, unless something is under way: then that goes on here when it is back. */
        void run() {
            for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
                List<Waiting> sent = batch;
                CompletableFuture<List<Answer>> answers = sending(sent);
                boolean atOnce = answers.isDone();
                var unused = answers.whenComplete((results, failure) -> {
                    back(sent, results, failure);
                    if (!atOnce) run();
                });
                if (!atOnce) return;
            }
            // Nobody can add to it meanwhile.
            lanes.computeIfPresent(key, (k, lane) -> lane == this && isIdle() ? null : lane);
        }

        private synchronized boolean isIdle() {
            return !isBusy() && waiting.isEmpty();
        }

        /**
         * Whether something is under way. An answer is never told where stack or memory ends as it comes: the lane must not be
         * closed for ever.
         */
        private boolean isBusy() {
            return busy && time.nanos() - since < longest;
        }

        private synchronized List<Waiting> next() {
            if (isBusy()) return List.of();
            List<Waiting> batch = new ArrayList<>();
            while (batch.size() < MOST_AT_ONCE && !waiting.isEmpty()) batch.add(waiting.remove());
            busy = !batch.isEmpty();
            since = time.nanos();
            return batch;
        }

        /** Whatever is thrown: a lane that stays busy would be closed for ever. */
        private CompletableFuture<List<Answer>> sending(List<Waiting> batch) {
            try {
                return send(batch);
            } catch (Throwable e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private CompletableFuture<List<Answer>> send(List<Waiting> batch) {
            long now = time.nanos();
            List<Waiting> late =
                    batch.stream().filter(one -> now - one.deadline() >= 0).toList();
            // Answers are told by their place: what is sent and what is left of the batch must be the same.
            batch.removeAll(late);
            late.forEach(
                    one -> one.answer().completeExceptionally(new TimeoutException("the store had no time for it")));
            List<Ask> asks = new ArrayList<>(batch.size());
            long secondsLeft = 0;
            for (Waiting one : batch) {
                asks.add(one.ask());
                secondsLeft = Math.max(secondsLeft, one.secondsLeft());
            }
            if (asks.isEmpty()) return CompletableFuture.completedFuture(List.of());
            if (!breaker.letsThrough())
                return CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
            return store.send(key, secondsLeft, asks).whenComplete((answers, failure) -> {
                if (failure == null) breaker.succeeded();
                else breaker.failed();
            });
        }

        private void back(List<Waiting> batch, @Nullable List<Answer> answers, @Nullable Throwable failure) {
            synchronized (this) {
                busy = false;
            }
            for (int i = 0; i < batch.size(); i++) {
                CompletableFuture<Answer> answer = batch.get(i).answer();
                if (answers == null || failure != null) answer.completeExceptionally(Failures.cause(failure));
                else answer.complete(answers.get(i));
            }
        }
    }
}
