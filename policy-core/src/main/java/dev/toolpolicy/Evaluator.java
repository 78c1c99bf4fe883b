package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Witness.Judged;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.AuditSink;
import dev.toolpolicy.spi.Counters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides calls. Safe for any number of threads.
 *
 * <p>Whatever is in doubt is denied: a check that throws, whatever it throws, ends in {@code CHECK_FAILED}.
 */
public final class Evaluator implements AutoCloseable {
    // What is not private is shared with the AsyncEvaluator.
    final PolicySource source;
    final InstantSource clock;
    final Decider decider;
    final @Nullable TimeLimit timeLimit;
    /** With threads of its own: a candidate that hangs takes none from the policy. */
    final @Nullable TimeLimit shadowTimeLimit;
    /** Likewise: a log that hangs takes no thread from the decisions. */
    private final @Nullable TimeLimit auditTimeLimit;

    final @Nullable PolicySource shadow;
    final Witness witness;
    /** Whether there is anybody who wants to know of decisions. */
    final boolean watched;

    private final Subscriptions subscriptions;
    private volatile boolean closed;

    private Evaluator(Builder builder) {
        this.source = builder.source;
        this.clock = builder.clock;
        this.decider = new Decider(builder.handedOver(), builder.approvals, builder.namespace);
        this.timeLimit = limit(builder.timeLimit);
        this.shadowTimeLimit = limit(builder.timeLimit);
        this.auditTimeLimit = limit(builder.timeLimit);
        this.shadow = builder.shadow;
        Recorder recorder = new Recorder(builder.audit, builder.auditIsMandatory, auditTimeLimit);
        this.witness = new Witness(recorder, builder.listener, builder.clock);
        this.watched = builder.listener != null || builder.audit != null;
        this.subscriptions = new Subscriptions(builder.approvals, builder.source, builder.shadow);
        subscriptions.begin(
                Followers.ofApprovals(builder.namespace, witness),
                Followers.ofReloads(false, builder.plugs(), witness, clock),
                Followers.ofReloads(true, builder.plugs(), witness, clock));
    }

    private static @Nullable TimeLimit limit(@Nullable Duration limit) {
        return limit == null ? null : new TimeLimit(limit);
    }

    /** An evaluator that asks this source for the policy of each caller. */
    public static Builder builder(PolicySource source) {
        return new Builder(requireNonNull(source, "source"));
    }

    /** An evaluator with one policy for everybody. */
    public static Builder builder(Policy policy) {
        return builder(PolicySource.of(policy));
    }

    /** What is said of this call. Throws for a null call only. */
    public Decision evaluate(ToolCall call) {
        requireNonNull(call, "call");
        try {
            if (closed) return CompiledPolicy.CHECK_FAILED;
            if (watched) return watched(call, witness.nextId());
            // Without a detour, which would make garbage.
            if (timeLimit == null) return decider.decide(source, call, true, clock, Trace.OFF);
            return timed(
                    timeLimit,
                    () -> decider.decide(source, call, true, clock, Trace.OFF),
                    Evaluator::giveBack,
                    CompiledPolicy.CHECK_FAILED);
        } catch (Throwable e) {
            // Where the stack ends, or the memory, it does so here as well.
            return CompiledPolicy.CHECK_FAILED;
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** An id for one decision; {@code ""} if nobody keeps or hears of it. */
    String nextId() {
        return watched && !closed ? witness.nextId() : "";
    }

    /** The same, with the id under which it is recorded. */
    Judgement judge(ToolCall call) {
        requireNonNull(call, "call");
        if (!watched || closed) return new Judgement(evaluate(call), "");
        try {
            String id = witness.nextId();
            return new Judgement(watched(call, id), id);
        } catch (Throwable e) {
            return Judgement.FAILED;
        }
    }

    /** A call that nobody could even try to judge, recorded like any other. */
    Judgement refuse(ToolCall call, Throwable cause) {
        if (!watched) return Judgement.FAILED;
        String id = witness.nextId();
        Judged failed = new Judged(CompiledPolicy.CHECK_FAILED, Optional.of(cause), "", "");
        return new Judgement(
                witness.decided(id, call, failed, Optional.empty(), new Moment(clock), System.nanoTime()), id);
    }

    private Decision watched(ToolCall call, String id) {
        Moment moment = new Moment(clock);
        // The candidate first, for it takes nothing: what this very call takes must not count against it.
        Optional<Judged> beside = Optional.ofNullable(shadow)
                .map(candidate -> timed(
                        shadowTimeLimit, () -> judged(candidate, call, false, moment), late -> {}, Judged.TOO_LATE));
        long begun = System.nanoTime();
        Judged judged = timed(
                timeLimit,
                () -> judged(source, call, true, moment),
                late -> giveBack(late.decision()),
                Judged.TOO_LATE);
        Decision decision = witness.decided(id, call, judged, beside, moment, begun);
        if (!decision.allowed()) giveBack(judged.decision());
        return decision;
    }

    private Judged judged(PolicySource source, ToolCall call, boolean takes, InstantSource clock) {
        Trace trace = new Trace(false);
        return Judged.of(decider.decide(source, call, takes, clock, trace), trace);
    }

    /**
     * What is said of a call that could not be made: it is recorded like any other.
     *
     * @param who called, or null if not even that is known
     * @param tool what was called, whatever that is, or null
     * @param why the call could not be made
     */
    public Deny malformed(@Nullable Identity who, @Nullable String tool, MalformedCallException why) {
        return (Deny) judgeMalformed(who, tool, why).decision();
    }

    /** The same, with the id under which it is recorded. */
    Judgement judgeMalformed(@Nullable Identity who, @Nullable String tool, MalformedCallException why) {
        Deny denied = CompiledPolicy.deny(Reason.Code.MALFORMED_CALL, "", String.valueOf(why.getMessage()));
        String id = watched ? witness.nextId() : "";
        if (watched) witness.malformed(id, who, tool, denied);
        return new Judgement(denied, id);
    }

    /** How many records the audit log did not keep, or not in time. */
    public long recordsLost() {
        return witness.recorder().lost();
    }

    /** What would be said of this call, and why: every rule that was looked at. Takes nothing, and asks nobody. */
    public Explanation explain(ToolCall call) {
        requireNonNull(call, "call");
        return timed(
                timeLimit,
                () -> {
                    Trace trace = new Trace(true);
                    return new Explanation(call, decider.decide(source, call, false, clock, trace), trace);
                },
                late -> {},
                new Explanation(call, CompiledPolicy.CHECK_FAILED, new Trace(true)));
    }

    private static <T> T timed(@Nullable TimeLimit limit, Supplier<T> work, Consumer<T> late, T otherwise) {
        return limit == null ? work.get() : limit.run(work, late).orElse(otherwise);
    }

    /** Nobody got this decision: what it took is given back. */
    private static void giveBack(Decision late) {
        if (late instanceof Allow allow) allow.permit().refund();
    }

    /** Whether a tool may be shown to this caller, who might then call it; nothing that is null or malformed may. */
    public boolean visible(@Nullable Identity who, @Nullable String tool) {
        if (who == null || tool == null || !ToolPattern.isName(tool)) return false;
        return timed(timeLimit, () -> isShown(who, tool), late -> {}, false);
    }

    /** Whether a call of this tool may be allowed to this caller, as far as its name tells; else as {@link #visible}. */
    boolean mayBeAllowed(@Nullable Identity who, @Nullable String tool) {
        if (who == null || tool == null || !ToolPattern.isName(tool)) return false;
        return timed(timeLimit, () -> isOpen(who, tool), late -> {}, false);
    }

    private boolean isOpen(Identity who, String tool) {
        try {
            Policy policy = source.policyFor(who).orElse(null);
            return policy != null && policy.compiled().tool(tool).refusal() == null;
        } catch (Throwable e) {
            return false;
        }
    }

    private boolean isShown(Identity who, String tool) {
        try {
            Policy policy = source.policyFor(who).orElse(null);
            if (policy == null) return false;
            Deny refusal = policy.compiled().tool(tool).refusal();
            return refusal == null || !Refusal.of(refusal).asUnknownTool();
        } catch (Throwable e) {
            return false;
        }
    }

    /**
     * Ends what this evaluator started: the threads of a time limit. What it was given is the giver's to close. Every call is denied
     * from then on: nobody would hear any more of what becomes of its questions.
     */
    @Override
    public void close() {
        closed = true;
        subscriptions.end();
        for (TimeLimit limit : new @Nullable TimeLimit[] {timeLimit, shadowTimeLimit, auditTimeLimit}) {
            if (limit != null) limit.close();
        }
    }

    /** Puts an evaluator together. */
    public static final class Builder {
        private final PolicySource source;
        private @Nullable Counters counters;
        private @Nullable Approvals approvals;
        private @Nullable AuditSink audit;
        private boolean auditIsMandatory;
        /** To the millisecond, which costs less than what the system has: windows are whole seconds. */
        private InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis());

        private String namespace = "";
        private @Nullable Duration timeLimit;
        private @Nullable PolicySource shadow;
        private @Nullable PolicyListener listener;

        private Builder(PolicySource source) {
            this.source = source;
        }

        /** Counts what limits count; needed as soon as a policy has some. */
        public Builder counters(Counters counters) {
            this.counters = requireNonNull(counters, "counters");
            return this;
        }

        /** Asks people; needed as soon as a policy asks for approval. */
        public Builder approvals(Approvals approvals) {
            this.approvals = requireNonNull(approvals, "approvals");
            return this;
        }

        /**
         * Keeps a record of what happens. A record that cannot be kept, or not in time, is counted, and the call goes on.
         *
         * @throws IllegalStateException if there is a log already
         */
        public Builder audit(AuditSink sink) {
            return audit(sink, false);
        }

        /**
         * Keeps a record of what happens; a call whose record cannot be kept, or not in time, is denied.
         *
         * @throws IllegalStateException if there is a log already
         * @throws IllegalArgumentException if the log may drop what it took
         */
        public Builder mandatoryAudit(AuditSink sink) {
            if (requireNonNull(sink, "sink").mayLose())
                throw new IllegalArgumentException(
                        "a log that may drop records cannot be mandatory: give it to `audit(…)`");
            return audit(sink, true);
        }

        private Builder audit(AuditSink sink, boolean mandatory) {
            if (audit != null) throw new IllegalStateException("there is an audit log already");
            this.audit = requireNonNull(sink, "sink");
            this.auditIsMandatory = mandatory;
            return this;
        }

        /**
         * The clock, which tells the windows too; the system's unless set. It is read once in a decision, and not at all where
         * nothing is counted, and no record kept.
         */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Whose counters these are, where several evaluators share a store; any text. */
        public Builder namespace(String namespace) {
            if (!Json.isWhole(requireNonNull(namespace, "namespace")))
                throw new IllegalArgumentException("a namespace must not hold half a surrogate pair");
            this.namespace = namespace;
            return this;
        }

        /**
         * How long a decision may take, with all that is plugged in: one that takes longer is denied. Decisions then run on
         * threads of the evaluator's own, which {@link Evaluator#close} ends. None unless set: what counts in memory needs none.
         */
        public Builder timeLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a time limit is more than nothing, got " + limit);
            }
            this.timeLimit = limit;
            return this;
        }

        /** Hears of every decision, and of all else that happens. */
        public Builder listener(PolicyListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        /** A candidate that is judged beside and never enforced; the listener hears both, and both are recorded. */
        public Builder shadow(PolicySource candidate) {
            this.shadow = requireNonNull(candidate, "candidate");
            return this;
        }

        /**
         * The evaluator.
         *
         * @throws IllegalStateException if a policy that is known needs what is not there, or nobody would hear of a candidate
         */
        public Evaluator build() {
            refuseWhatIsNotThere(source, false);
            if (shadow != null) {
                refuseWhatIsNotThere(shadow, true);
                if (listener == null && audit == null)
                    throw new IllegalStateException(
                            "a shadow needs a listener or an audit log: nobody would hear of it");
            }
            return new Evaluator(this);
        }

        /** Whoever waits for the counters has no executor; but a permit may be asked not to wait. */
        private @Nullable HandedOver handedOver() {
            return counters == null ? null : new HandedOver(counters, Handover.NOBODYS);
        }

        private Plugs plugs() {
            return new Plugs(counters != null, approvals != null);
        }

        private void refuseWhatIsNotThere(PolicySource source, boolean shadow) {
            if (!(source instanceof FixedPolicies fixed)) return;
            for (Policy policy : fixed.policies()) {
                plugs().missing(policy, shadow).ifPresent(what -> {
                    throw new IllegalStateException(what);
                });
            }
        }
    }
}
