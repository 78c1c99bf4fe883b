package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Left;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How a decision gets on: with a caller who waits for it, or with one who does not. What is decided, and in which order, is the same
 * at every pace.
 *
 * @param <A> what the caller is given
 */
interface Pace<A> {
    /** This is the decision. */
    A said(Decision decision);

    /** This will be. */
    A settled(CompletionStage<Decision> decision);

    /** Whether the caller waits for the counters: then nothing has to be a stage. */
    boolean waits();

    /** What is left for these charges; the stage fails where nobody wants the decision any more. */
    CompletionStage<List<Left>> look(Counters counters, List<Charge> charges, Instant now);

    /** Takes these charges; throws, and takes nothing, where nobody wants the decision any more. */
    CompletionStage<Taking> take(Counters counters, List<Charge> charges, Instant now);

    /** The call does not run, and keeps nothing of what it took. */
    void giveBack(Permit permit);

    /** To be run if nobody wants the decision any more before it is there. */
    void whenGivenUp(Runnable action);
}
