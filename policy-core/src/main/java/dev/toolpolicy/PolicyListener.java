package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.AuditRecord.Result;
import java.util.List;
import java.util.Optional;

/**
 * Hears what an evaluator does, for metrics and messages. It decides nothing: what it throws is dropped, and the decision stands.
 * It is called on the thread on which a thing happens, mostly that of the call, and should be quick.
 */
@FunctionalInterface
public interface PolicyListener {
    /** A call was judged. */
    void decided(Decided decided);

    /** A call could not be judged: its identity, its tool's name or its arguments are not what they must be. */
    default void malformed(Malformed malformed) {}

    /** A person is asked, for the first time, about a call. */
    default void asked(ApprovalEvent asked) {}

    /** What became of an allowed call. */
    default void settled(Settled settled) {}

    /** Policies were read anew, and are in force. */
    default void reloaded(Reloaded reloaded) {}

    /** What was read anew is no policy, or cannot be served: what was in force stays. */
    default void reloadRejected(ReloadRejected rejected) {}

    /**
     * A call, and what was decided.
     *
     * @param id of the decision, as it is in the audit log
     * @param shadow what the candidate would have decided, if one is judged beside; it is never enforced
     * @param cause what a check threw, if the call was denied for that; for operators, never for the agent
     */
    record Decided(String id, ToolCall call, Decision decision, Optional<Decision> shadow, Optional<Throwable> cause) {
        public Decided {
            requireNonNull(id, "id");
            requireNonNull(call, "call");
            requireNonNull(decision, "decision");
            requireNonNull(shadow, "shadow");
            requireNonNull(cause, "cause");
        }
    }

    /**
     * A call that could not be made.
     *
     * @param who called, if that much is known
     * @param tool what was called, whatever characters that has, cut at 128; {@code ""} if there was no name
     */
    record Malformed(String id, Optional<Identity> who, String tool, Decision.Deny decision) {
        public Malformed {
            requireNonNull(id, "id");
            requireNonNull(who, "who");
            requireNonNull(tool, "tool");
            requireNonNull(decision, "decision");
        }
    }

    /**
     * What became of an allowed call.
     *
     * @param decision the id of the decision that allowed it
     * @param counter that was settled, else {@code ""}
     */
    record Settled(String decision, Result result, String counter) {
        public Settled {
            requireNonNull(decision, "decision");
            requireNonNull(result, "result");
            requireNonNull(counter, "counter");
        }
    }

    /**
     * A reload.
     *
     * @param source a short name of what was read
     * @param policy the digest of what is in force
     * @param shadow whether it is the candidate's
     */
    record Reloaded(String source, String policy, boolean shadow) {
        public Reloaded {
            requireNonNull(source, "source");
            requireNonNull(policy, "policy");
        }
    }

    /**
     * A reload that changed nothing.
     *
     * @param source a short name of what was read
     * @param problems everything that is wrong with it, a line each
     * @param shadow whether it is the candidate's
     */
    record ReloadRejected(String source, List<String> problems, boolean shadow) {
        public ReloadRejected {
            requireNonNull(source, "source");
            problems = List.copyOf(problems);
        }
    }
}
