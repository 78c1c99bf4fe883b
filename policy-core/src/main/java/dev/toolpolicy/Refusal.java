package dev.toolpolicy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Decision.RateLimited;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told whose call may not run: a short text that it can act on, and the same as data.
 *
 * <p>A tool that is hidden does not exist for the agent: if {@link #asUnknownTool()}, answer as your server answers a call of a
 * tool that it does not have.
 */
public final class Refusal {
    private static final String UNKNOWN_TOOL = "unknown tool";

    private final String code;
    private final String rule;
    private final String decisionId;
    private final String message;
    private final boolean asUnknownTool;
    private final @Nullable Duration retryAfter;
    private final @Nullable String approvalId;

    private Refusal(
            String code,
            Decision decision,
            String decisionId,
            String message,
            @Nullable Duration retryAfter,
            @Nullable String approvalId) {
        this.code = code;
        this.rule = decision.rule();
        this.decisionId = decisionId;
        this.asUnknownTool = isHidden(decision);
        this.message = asUnknownTool ? UNKNOWN_TOOL : message;
        this.retryAfter = retryAfter;
        this.approvalId = approvalId;
    }

    /** What to say of a decision that is not to allow. */
    static Refusal of(Decision decision) {
        return of(decision, "");
    }

    /** The same of a decision that is recorded under this id. */
    static Refusal of(Decision decision, String id) {
        if (decision instanceof Deny deny) {
            return new Refusal(
                    deny.reason().code().name(), decision, id, deny.reason().message(), null, null);
        }
        if (decision instanceof RateLimited limited) {
            return new Refusal("RATE_LIMITED", decision, id, limited.message(), limited.retryAfter(), null);
        }
        if (decision instanceof NeedsApproval asked) {
            return new Refusal("NEEDS_APPROVAL", decision, id, asked.question(), null, asked.approvalId());
        }
        throw new IllegalArgumentException("an allowed call is not refused: " + ((Allow) decision).rule());
    }

    /** Also a name that is almost a hidden one: to say that it is would give away that there is a hidden one. */
    private static boolean isHidden(Decision decision) {
        if (!(decision instanceof Deny deny)) return false;
        Reason reason = deny.reason();
        return reason.code() == Reason.Code.HIDDEN
                || (reason.code() == Reason.Code.LOOK_ALIKE && reason.rule().startsWith("/hide/"));
    }

    /** Why, for programs: a {@link Reason.Code}, {@code RATE_LIMITED} or {@code NEEDS_APPROVAL}. */
    public String code() {
        return code;
    }

    /** The rule that refused; for operators, not for the agent, where {@link #asUnknownTool()}. */
    public String rule() {
        return rule;
    }

    /** The decision's id in the audit log, or {@code ""} if it was not recorded. */
    public String decisionId() {
        return decisionId;
    }

    /** What to tell the agent. It repeats no argument's value. */
    public String message() {
        return message;
    }

    /** How long to wait until the same call may pass; empty if waiting does not help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The question that waits for a person's answer; empty if there is none. */
    public Optional<String> approvalId() {
        return Optional.ofNullable(approvalId);
    }

    /** Whether to answer as for a tool that does not exist: then the message and {@link #asMeta()} say nothing. */
    public boolean asUnknownTool() {
        return asUnknownTool;
    }

    /** The same as data, for a {@code _meta} member; empty where nothing may be said. */
    public Map<String, Object> asMeta() {
        if (asUnknownTool) return Map.of();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("dev.toolpolicy/code", code);
        meta.put("dev.toolpolicy/rule", rule);
        if (retryAfter != null) meta.put("dev.toolpolicy/retryAfterSeconds", Sentences.wholeSeconds(retryAfter));
        if (approvalId != null) meta.put("dev.toolpolicy/approvalId", approvalId);
        return Collections.unmodifiableMap(meta);
    }

    @Override
    public String toString() {
        return "Refusal[" + code + ", " + message + "]";
    }
}
