package dev.toolpolicy.bucket4j;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.AddTokensCommand;
import io.github.bucket4j.distributed.remote.commands.ConsumeAsMuchAsPossibleCommand;
import io.github.bucket4j.distributed.remote.commands.ConsumeIgnoringRateLimitsCommand;
import io.github.bucket4j.distributed.remote.commands.GetAvailableTokensCommand;
import io.github.bucket4j.distributed.remote.commands.TryConsumeCommand;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the bucket of one counter and window, in commands that every backend of Bucket4j knows, and what its answers
 * mean.
 *
 * <p>All buckets are the same: of a capacity above any {@code max}, and never refilled. What is missing is what is used. So
 * that a charge is judged by its own {@code max} in the very step in which it is taken, the rest of the capacity is set aside,
 * the units are taken if what remains allows it, and the rest is put back: three commands that the backend carries out as one.
 */
final class Usage {
    /** More than any {@code max}, and than what any two of them differ by. */
    private static final long CAPACITY = 1L << 60;

    /** Above any {@code max}: whatever of them is set aside that is not there, one refill would make good, which must not overflow. */
    private static final long REFILL = 1L << 54;

    /** For every bucket: it would refill in a century. A backend keeps it with each, so that it must never change. */
    static final BucketConfiguration BUCKET = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(CAPACITY)
                    .refillIntervally(REFILL, Duration.ofDays(36_500))
                    .build())
            .build();

    /**
     * What was asked, and how it is done.
     *
     * @param creates whether a bucket that is not there is made
     */
    record Ask(List<RemoteCommand<?>> commands, boolean creates) {}

    /**
     * What became of a charge.
     *
     * @param used what is used now, this charge included if it was taken
     */
    record Answer(boolean taken, long used) {}

    private static final Answer NOTHING_USED = new Answer(false, 0);

    private Usage() {}

    /** Takes the units if no more than {@code max} are used then. */
    static Ask take(long max, long units) {
        long aside = aside(max);
        return new Ask(
                List.of(
                        new ConsumeIgnoringRateLimitsCommand(aside),
                        TryConsumeCommand.create(units),
                        new AddTokensCommand(aside),
                        new GetAvailableTokensCommand()),
                true);
    }

    private static long aside(long max) {
        if (max > REFILL) throw new IllegalArgumentException("no max is above " + REFILL + ", got " + max);
        return CAPACITY - max;
    }

    /** Takes nothing. */
    static Ask look() {
        return new Ask(List.of(new GetAvailableTokensCommand()), false);
    }

    /** Gives back what was taken. */
    static Ask giveBack(long units) {
        return new Ask(List.of(new AddTokensCommand(units), new GetAvailableTokensCommand()), false);
    }

    /** Takes as many of the units as {@code max} allows. */
    static Ask takeUpTo(long max, long units) {
        long aside = aside(max);
        return new Ask(
                List.of(
                        new ConsumeIgnoringRateLimitsCommand(aside),
                        new ConsumeAsMuchAsPossibleCommand(units),
                        new AddTokensCommand(aside),
                        new GetAvailableTokensCommand()),
                true);
    }

    /** What these answers mean, one for each command that was asked. */
    static Answer read(Ask ask, List<? extends CommandResult<?>> results) {
        CommandResult<?> last = results.get(results.size() - 1);
        if (last.isBucketNotFound()) return notFound(ask);
        boolean taken = false;
        for (CommandResult<?> result : results.subList(0, results.size() - 1)) {
            Object data = data(result);
            if (data instanceof Boolean yes) taken = yes;
            // It was not set aside, and whatever was judged after that was judged wrong.
            if (data instanceof Long wait && wait == Long.MAX_VALUE)
                throw new IllegalStateException("the bucket cannot hold what it must");
        }
        if (!(data(last) instanceof Long available) || available > CAPACITY)
            throw new IllegalStateException("the store answers with a bucket that is none of ours");
        return new Answer(taken, CAPACITY - available);
    }

    /** What it means that there is no bucket: nothing is used, unless one was to be made. */
    static Answer notFound(Ask ask) {
        if (ask.creates()) throw new IllegalStateException("the store has no bucket where one was made");
        return NOTHING_USED;
    }

    /** Nothing, where there is nothing to say. */
    private static @Nullable Object data(CommandResult<?> result) {
        if (result.isError()) throw new IllegalStateException("the store answers with an error: " + result.getData());
        return result.getData();
    }
}
