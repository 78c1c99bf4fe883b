package dev.toolpolicy.bucket4j;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.bucket4j.Usage.Answer;
import dev.toolpolicy.bucket4j.Usage.Ask;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Charges that are taken together or not at all, from a store in which each is a step of its own: taken where there is enough, and
 * given back if another was not.
 *
 * <p>What single callers have used is charged first, at the same time, then what everybody has: a caller whose own counter is spent
 * holds nothing of what others share, not even for a moment.
 */
final class SharedClaim {
    private final Lanes lanes;
    private final StoreTime time;
    private final List<Charge> charges;
    private final List<String> keys;
    /** By charge: the window it would be taken from. */
    private final List<Long> windows;

    private final Instant now;
    private final long second;
    private final long deadline;
    /** By charge: what the store said of it, once it did. Written before those that read it are called. */
    private final @Nullable Answer[] answers;

    SharedClaim(
            Lanes lanes,
            StoreTime time,
            String namespace,
            List<Charge> charges,
            Instant now,
            long second,
            long deadline) {
        this.lanes = lanes;
        this.time = time;
        this.charges = charges;
        this.now = now;
        this.second = second;
        this.deadline = deadline;
        this.keys = new ArrayList<>(charges.size());
        this.windows = new ArrayList<>(charges.size());
        this.answers = new Answer[charges.size()];
        for (Charge charge : charges) {
            long window = Window.end(second, charge.windowSeconds()) - charge.windowSeconds();
            windows.add(window);
            keys.add(StoreKey.of(namespace, charge, window));
        }
        if (keys.stream().distinct().count() < keys.size())
            throw new IllegalArgumentException("a counter is charged once by a call");
    }

    CompletableFuture<List<Left>> look() {
        return ask(all(), charge -> Usage.look())
                .thenApply(all -> all().stream().map(this::left).toList());
    }

    CompletableFuture<Taking> take() {
        List<Integer> everybodys =
                all().stream().filter(i -> charges.get(i).caller().isEmpty()).toList();
        List<Integer> callers =
                all().stream().filter(i -> !everybodys.contains(i)).toList();
        CompletableFuture<Taking> outcome = new CompletableFuture<>();
        taken(callers)
                .thenCompose(enough -> enough
                        ? taken(everybodys)
                        // It is told which of all that are spent has the longest wait.
                        : ask(everybodys, charge -> Usage.look()).thenApply(looked -> false))
                .thenAccept(enough -> {
                    if (enough) succeed(outcome);
                    else refuse(outcome);
                })
                .exceptionally(failure -> {
                    fail(outcome, failure);
                    return null;
                });
        return outcome;
    }

    private List<Integer> all() {
        return IntStream.range(0, charges.size()).boxed().toList();
    }

    /** Whether there was enough for all of these. */
    private CompletableFuture<Boolean> taken(List<Integer> which) {
        // Nothing is never too much: that much needs no writing. That the store is there, it does.
        return ask(which, charge -> charge.units() == 0 ? Usage.look() : Usage.take(charge.max(), charge.units()))
                .thenApply(all -> which.stream().allMatch(this::isTaken));
    }

    /** Told by the store, and not by what it says is left: were the two at odds, nothing would be counted. */
    private boolean isTaken(int charge) {
        return charges.get(charge).units() == 0
                || requireNonNull(answers[charge], "answer").taken();
    }

    /** Asks for these all at once; done when all are answered, or have failed. */
    private CompletableFuture<Void> ask(List<Integer> which, Function<Charge, Ask> what) {
        return CompletableFuture.allOf(which.stream()
                .map(i -> lanes.ask(keys.get(i), what.apply(charges.get(i)), secondsLeft(i), deadline)
                        .thenAccept(answer -> answers[i] = answer))
                .toArray(CompletableFuture<?>[]::new));
    }

    private void succeed(CompletableFuture<Taking> outcome) {
        // Nobody may wait for it any more.
        if (!outcome.complete(new Taken(windows))) giveBack();
    }

    private void refuse(CompletableFuture<Taking> outcome) {
        Spent longest = null;
        for (int i = 0; i < charges.size(); i++) {
            if (!isSpent(i)) continue;
            Left left = left(i);
            // Of those that end together the first is named.
            boolean longer =
                    longest == null || left.untilNext().compareTo(longest.left().untilNext()) > 0;
            if (longer) longest = new Spent(i, left);
        }
        if (longest == null) throw new IllegalStateException("the store refuses, and says that enough is left");
        giveBack();
        outcome.complete(longest);
    }

    /** What is known to be taken is given back; what is not known stays as it is, for it may not have been taken. */
    private void fail(CompletableFuture<Taking> outcome, Throwable failure) {
        // It was told already, and telling it went wrong.
        if (outcome.isDone() && !outcome.isCompletedExceptionally()) return;
        giveBack();
        outcome.completeExceptionally(Failures.cause(failure));
    }

    /** Not waited for: what this process asks of the same bucket afterwards comes after it. Where that fails it stays taken. */
    private void giveBack() {
        for (int i = 0; i < charges.size(); i++) {
            Answer answer = answers[i];
            if (answer == null || !answer.taken()) continue;
            // Once, whatever happens next.
            answers[i] = null;
            var unused = lanes.ask(
                    keys.get(i),
                    Usage.giveBack(charges.get(i).units()),
                    secondsLeft(i),
                    time.nanos() + Long.MAX_VALUE / 2);
        }
    }

    private boolean isSpent(int charge) {
        Answer answer = answers[charge];
        return answer != null
                && !answer.taken()
                && charges.get(charge).units() > left(charge).units();
    }

    private Left left(int charge) {
        Charge of = charges.get(charge);
        long used = requireNonNull(answers[charge], "answer").used();
        return Window.left(Math.max(0, of.max() - used), end(charge), of.windowSeconds(), now);
    }

    private long secondsLeft(int charge) {
        return end(charge) - second;
    }

    private long end(int charge) {
        return windows.get(charge) + charges.get(charge).windowSeconds();
    }
}
