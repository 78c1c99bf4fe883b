package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that happened, as an audit log keeps it. None holds an argument's value, nor what could be worked back to one. */
public sealed interface AuditRecord {
    /** When it happened, on the clock of whoever saw it. */
    Instant time();

    /**
     * A call was judged.
     *
     * @param id of this decision; its shadow has the same
     * @param shadow whether it was judged by a candidate, beside what counts
     * @param code why it was denied, else {@code ""}
     * @param rule that made the decision, by its id, else by its JSON Pointer; {@code ""} where no rule did
     * @param policy the digest of the policy that judged it; {@code ""} where none did
     * @param charged the limits that it was charged to
     * @param spent the limit that was spent, if that is why it was refused
     * @param approval the id of the question that was asked or answered, else {@code ""}
     */
    record Decided(
            Instant time,
            String id,
            boolean shadow,
            Outcome outcome,
            String code,
            String rule,
            Caller caller,
            String tool,
            AuditedArguments arguments,
            String policy,
            List<Charged> charged,
            Optional<Spent> spent,
            String approval,
            Duration took)
            implements AuditRecord {
        public Decided {
            requireNonNull(time, "time");
            requireNonNull(id, "id");
            requireNonNull(outcome, "outcome");
            requireNonNull(code, "code");
            requireNonNull(rule, "rule");
            requireNonNull(caller, "caller");
            requireNonNull(tool, "tool");
            requireNonNull(arguments, "arguments");
            requireNonNull(policy, "policy");
            charged = List.copyOf(charged);
            requireNonNull(spent, "spent");
            requireNonNull(approval, "approval");
            requireNonNull(took, "took");
        }
    }

    /**
     * A call could not be judged, because its identity, its tool's name or its arguments are not what they must be.
     *
     * @param caller if that much is known
     * @param tool what was called, whatever characters that has, cut at 128; {@code ""} if there was no name
     */
    record Malformed(Instant time, String id, Optional<Caller> caller, String tool, String why) implements AuditRecord {
        public Malformed {
            requireNonNull(time, "time");
            requireNonNull(id, "id");
            requireNonNull(caller, "caller");
            requireNonNull(tool, "tool");
            requireNonNull(why, "why");
        }
    }

    /**
     * Something happened to a question.
     *
     * @param rules that ask, by id or JSON Pointer
     * @param who answered, else {@code ""}
     * @param why it was rejected, else {@code ""}
     */
    record Approval(
            Instant time,
            ApprovalEvent.Kind kind,
            String id,
            Caller asker,
            String tool,
            List<String> rules,
            Instant lapses,
            String who,
            String why)
            implements AuditRecord {
        public Approval {
            requireNonNull(time, "time");
            requireNonNull(kind, "kind");
            requireNonNull(id, "id");
            requireNonNull(asker, "asker");
            requireNonNull(tool, "tool");
            rules = List.copyOf(rules);
            requireNonNull(lapses, "lapses");
            requireNonNull(who, "who");
            requireNonNull(why, "why");
        }
    }

    /**
     * A source of policies was read anew.
     *
     * @param shadow whether it is the candidate's
     * @param source what was read, by a short name
     * @param policy the digest of what is in force from now on; {@code ""} if nothing changed
     * @param problems why nothing changed, a line each; none if what was read is in force
     */
    record Reload(Instant time, boolean shadow, String source, String policy, List<String> problems)
            implements AuditRecord {
        public Reload {
            requireNonNull(time, "time");
            requireNonNull(source, "source");
            requireNonNull(policy, "policy");
            problems = List.copyOf(problems);
        }
    }

    /**
     * What an allowed call came to.
     *
     * @param decision the id of the decision that allowed it; of what was withdrawn, also that of a question
     * @param counter that was settled, else {@code ""}
     */
    record Run(Instant time, String decision, Result result, String counter) implements AuditRecord {
        public Run {
            requireNonNull(time, "time");
            requireNonNull(decision, "decision");
            requireNonNull(result, "result");
            requireNonNull(counter, "counter");
        }
    }

    /** Records were lost before this one. */
    record Lost(Instant time, long records) implements AuditRecord {
        public Lost {
            requireNonNull(time, "time");
            if (records < 1) throw new IllegalArgumentException("records must be positive, got " + records);
        }
    }

    /** Who called. */
    record Caller(String grant, Optional<String> session) {
        public Caller {
            requireNonNull(grant, "grant");
            requireNonNull(session, "session");
        }
    }

    /** A limit that a call was charged to; not how much, for that may be an argument's value. */
    record Charged(String rule, String counter) {
        public Charged {
            requireNonNull(rule, "rule");
            requireNonNull(counter, "counter");
        }
    }

    /** A limit that was spent, in the author's unit. */
    record Spent(String counter, BigDecimal max, BigDecimal remaining, Duration retryAfter) {
        public Spent {
            requireNonNull(counter, "counter");
            requireNonNull(max, "max");
            requireNonNull(remaining, "remaining");
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /** What was decided. */
    enum Outcome {
        ALLOW,
        DENY,
        RATE_LIMITED,
        NEEDS_APPROVAL
    }

    /** What became of an allowed call. */
    enum Result {
        /** The tool has answered. */
        DONE,
        /** The tool has failed. */
        FAILED,
        /** What the call had taken from its limits was given back. */
        REFUNDED,
        /** A counter was charged with what the call really came to. */
        SETTLED,
        /** It came to be recorded too late, and so it did not happen: the call was denied, the answer not taken. */
        WITHDRAWN
    }
}
