package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The steps of a decision that leave a trace: what is counted, and who is asked. A call gets both or neither. */
final class Settling {
    private final @Nullable Counters counters;
    private final @Nullable Approvals approvals;
    private final String namespace;
    private final PolicySource source;
    private final CompiledTool tool;
    private final ToolCall call;
    private final Charges charges;
    private final Instant now;
    private final Trace trace;
    private final Pace<?> pace;

    Settling(
            @Nullable Counters counters,
            @Nullable Approvals approvals,
            String namespace,
            PolicySource source,
            CompiledTool tool,
            ToolCall call,
            Charges charges,
            Instant now,
            Trace trace,
            Pace<?> pace) {
        this.counters = counters;
        this.approvals = approvals;
        this.namespace = namespace;
        this.source = source;
        this.tool = tool;
        this.call = call;
        this.charges = charges;
        this.now = now;
        this.trace = trace;
        this.pace = pace;
    }

    /** Steps 9 to 11, from where something is counted or asked. */
    CompletionStage<Decision> decide(Inquiry inquiry, boolean takes) {
        // Where nobody is asked, to take is to find what is spent.
        if (takes && inquiry.isEmpty()) return take();
        // Before a person is bothered.
        return spent().thenCompose(spent -> spent.isPresent() ? said(spent.get()) : answered(inquiry, takes));
    }

    /** Limits that are spent already; takes nothing. */
    private CompletionStage<Optional<RateLimited>> spent() {
        if (charges.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
        return pace.look(counters(), charges.asList(), now).thenApply(left -> charges.looked(left, trace));
    }

    /** 10: approval that is needed and not given. 11: taken together, and the approval used */
    private CompletionStage<Decision> answered(Inquiry inquiry, boolean takes) {
        if (inquiry.failure() != null) return said(inquiry.failure());
        if (inquiry.isEmpty()) return said(tool.allow());
        Question question = inquiry.question(namespace, call);
        if (takes) return ask(inquiry, question);
        // What would be decided; asks nobody.
        return said(answer(inquiry, people().look(question)).orElse(tool.allow()));
    }

    private CompletionStage<Decision> ask(Inquiry inquiry, Question question) {
        Standing standing = people().ask(question);
        Optional<Decision> answer = answer(inquiry, standing);
        if (answer.isPresent()) return said(answer.get());
        Standing.Approved approved = (Standing.Approved) standing;
        Optional<Claim> claim = people().claim(approved.id());
        if (claim.isPresent()) return held(new Hold(claim.get()));
        // Another call was faster. Whether it has used the approval up is seen by asking again.
        Standing again = people().ask(question);
        return said(answer(inquiry, again).orElseGet(() -> inquiry.waits(approved.id(), approved.lapses())));
    }

    /** With the approval held, the limits are taken; only then is it used up. */
    private CompletionStage<Decision> held(Hold hold) {
        boolean begun = false;
        try {
            pace.whenGivenUp(hold::release);
            CompletionStage<Decision> decision =
                    take().thenApply(taken -> used(hold, taken)).whenComplete((said, thrown) -> hold.release());
            begun = true;
            return decision;
        } finally {
            if (!begun) hold.release();
        }
    }

    private Decision used(Hold hold, Decision taken) {
        if (!(taken instanceof Allow allow)) return taken;
        boolean used = false;
        try {
            hold.use();
            used = true;
        } finally {
            // It is denied then, and nothing it took is kept.
            if (!used) pace.giveBack(allow.permit());
        }
        return taken;
    }

    /** The limits are taken together, which finds what is spent as well. */
    private CompletionStage<Decision> take() {
        if (charges.isEmpty()) return said(tool.allow());
        List<Charge> all = charges.asList();
        return pace.take(counters(), all, now)
                .thenApply(taking -> charges.taken(taking, all, counters(), tool.pointer(), source, call));
    }

    private static CompletionStage<Decision> said(Decision decision) {
        return CompletableFuture.completedStage(decision);
    }

    /** What a standing comes to; empty if the call is approved. */
    private Optional<Decision> answer(Inquiry inquiry, Standing standing) {
        if (standing instanceof Standing.Waiting waiting) {
            trace.approval(waiting.id());
            return Optional.of(inquiry.waits(waiting.id(), waiting.lapses()));
        }
        if (standing instanceof Standing.Rejected rejected) {
            trace.approval(rejected.id());
            return Optional.of(inquiry.rejected());
        }
        if (standing instanceof Standing.TooMany) return Optional.of(inquiry.tooMany());
        trace.approval(((Standing.Approved) standing).id());
        return Optional.empty();
    }

    private Counters counters() {
        return requireNonNull(counters, "counters");
    }

    private Approvals people() {
        return requireNonNull(approvals, "approvals");
    }
}
