package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a decision that leave a trace: what is counted, and who is asked. A call gets both or neither. */
final class Settling {
    private final @Nullable Counters counters;
    private final @Nullable Approvals approvals;
    private final PolicySource source;
    private final CompiledTool tool;
    private final ToolCall call;
    private final Charges charges;
    private final Instant now;
    private final Trace trace;

    Settling(
            @Nullable Counters counters,
            @Nullable Approvals approvals,
            PolicySource source,
            CompiledTool tool,
            ToolCall call,
            Charges charges,
            Instant now,
            Trace trace) {
        this.counters = counters;
        this.approvals = approvals;
        this.source = source;
        this.tool = tool;
        this.call = call;
        this.charges = charges;
        this.now = now;
        this.trace = trace;
    }

    /** Limits that are spent already; takes nothing. */
    Optional<RateLimited> spent() {
        return charges.isEmpty() ? Optional.empty() : charges.look(requireNonNull(counters, "counters"), now, trace);
    }

    /** What would be decided; asks nobody. */
    Decision look(Inquiry inquiry, Question question) {
        return answer(inquiry, people().look(question)).orElse(tool.allow());
    }

    /** Steps 10 and 11 for a call that a person has to approve. */
    Decision ask(Inquiry inquiry, Question question) {
        Standing standing = people().ask(question);
        Optional<Decision> answer = answer(inquiry, standing);
        if (answer.isPresent()) return answer.get();
        Standing.Approved approved = (Standing.Approved) standing;
        Optional<Claim> claim = people().claim(approved.id());
        if (claim.isPresent()) return held(claim.get());
        // Another call was faster. Whether it has used the approval up is seen by asking again.
        Standing again = people().ask(question);
        return answer(inquiry, again).orElseGet(() -> inquiry.waits(approved.id(), approved.lapses()));
    }

    /** With the approval held, the limits are taken; only then is it used up. */
    private Decision held(Claim claim) {
        boolean used = false;
        try {
            Decision taken = take();
            if (taken instanceof Allow allow) {
                use(claim, allow);
                used = true;
            }
            return taken;
        } finally {
            if (!used) claim.release();
        }
    }

    private static void use(Claim claim, Allow allow) {
        boolean used = false;
        try {
            claim.use();
            used = true;
        } finally {
            // It is denied then, and nothing it took is kept.
            if (!used) allow.permit().refund();
        }
    }

    /** Step 11: the limits are taken together, which finds what is spent as well. */
    Decision take() {
        if (charges.isEmpty()) return tool.allow();
        return charges.take(requireNonNull(counters, "counters"), now, tool.pointer(), source, call);
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

    private Approvals people() {
        return requireNonNull(approvals, "approvals");
    }
}
