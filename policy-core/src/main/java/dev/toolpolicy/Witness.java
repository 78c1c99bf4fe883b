package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.PolicyListener.Settled;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditRecord.Spent;
import dev.toolpolicy.spi.AuditSink;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sees what an evaluator does: has it recorded, and tells who listens. */
final class Witness {
    /** As it was judged, before anybody heard of it. */
    record Judged(Decision decision, Optional<Throwable> cause, String policy, String approval) {
        /** One for all: whose stack it is tells nothing. */
        static final Judged TOO_LATE = new Judged(
                CompiledPolicy.CHECK_FAILED, Optional.of(new TimeoutException("the decision took too long")), "", "");

        static Judged of(Decision decision, Trace trace) {
            return new Judged(decision, trace.cause(), trace.policyDigest(), trace.approval());
        }
    }

    private final Recorder recorder;
    private final @Nullable PolicyListener listener;
    private final InstantSource clock;
    /** Chance makes the ids of one evaluator differ from those of any other, counting makes them differ from each other. */
    private final String idsBeginWith = random();

    private final AtomicLong decisions = new AtomicLong();

    Witness(Recorder recorder, @Nullable PolicyListener listener, InstantSource clock) {
        this.recorder = recorder;
        this.listener = listener;
        this.clock = clock;
    }

    private static String random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Recorder recorder() {
        return recorder;
    }

    String nextId() {
        return idsBeginWith + "-" + Long.toString(decisions.incrementAndGet(), Character.MAX_RADIX);
    }

    /**
     * What is decided in the end: a call whose record is mandatory and not kept does not run, and is to get back what it took.
     *
     * @param begun when the decision began, by {@code System.nanoTime()}
     */
    Decision decided(String id, ToolCall call, Judged judged, Optional<Judged> beside, Moment moment, long begun) {
        Judged last = judged;
        if (recorder.keepsAnything()) {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Instant now = moment.orEpoch();
            Throwable failure = recorder.keep(
                    record(id, false, call, judged, now, took), begun, sink -> withdraw(sink, id, judged, now));
            if (failure != null && recorder.mandatory()) last = unrecorded(judged, failure);
            beside.ifPresent(shadow -> recorder.keep(record(id, true, call, shadow, now, took), begun, sink -> {}));
        }
        Decision decision = watched(last.decision(), id);
        Decided decided = new Decided(id, call, decision, beside.map(Judged::decision), last.cause());
        tell(there -> there.decided(decided));
        return decision;
    }

    /** A denied call stays denied as it is: to say more of a hidden tool would give it away. */
    private static Judged unrecorded(Judged judged, Throwable failure) {
        if (judged.decision() instanceof Deny) return judged;
        return new Judged(CompiledPolicy.CHECK_FAILED, Optional.of(failure), judged.policy(), judged.approval());
    }

    /** The record is kept, but too late: where that denied the call, the log says so. */
    private void withdraw(AuditSink sink, String id, Judged judged, Instant time) {
        if (recorder.mandatory() && !(judged.decision() instanceof Deny))
            sink.record(new Run(time, id, Result.WITHDRAWN, ""));
    }

    private Decision watched(Decision decision, String id) {
        if (!(decision instanceof Allow allow)) return decision;
        return new Allow(allow.rule(), new WatchedPermit(allow.permit(), id, this));
    }

    /** What became of an allowed call. */
    void settled(String id, Result result, String counter) {
        if (recorder.keepsAnything()) recorder.keep(new Run(new Moment(clock).orEpoch(), id, result, counter));
        tell(there -> there.settled(new Settled(id, result, counter)));
    }

    /** A call that could not be made. */
    void malformed(String id, @Nullable Identity who, @Nullable String tool, Deny denied) {
        String name = tool == null ? "" : CallSummary.cut(tool, ToolPattern.MAX_LENGTH);
        if (recorder.keepsAnything()) {
            recorder.keep(new AuditRecord.Malformed(
                    new Moment(clock).orEpoch(),
                    id,
                    Optional.ofNullable(who).map(CallSummary::caller),
                    name,
                    denied.reason().message()));
        }
        tell(there -> there.malformed(new PolicyListener.Malformed(id, Optional.ofNullable(who), name, denied)));
    }

    void tell(Consumer<PolicyListener> what) {
        if (listener == null) return;
        try {
            what.accept(requireNonNull(listener));
        } catch (Throwable e) {
            // What is done is done: whoever only listens must not change it.
        }
    }

    private static AuditRecord record(
            String id, boolean shadow, ToolCall call, Judged judged, Instant now, Duration took) {
        Decision decision = judged.decision();
        return new AuditRecord.Decided(
                now,
                id,
                shadow,
                decision.match(
                        allow -> Outcome.ALLOW,
                        deny -> Outcome.DENY,
                        limited -> Outcome.RATE_LIMITED,
                        asked -> Outcome.NEEDS_APPROVAL),
                decision instanceof Deny deny ? deny.reason().code().name() : "",
                decision.rule(),
                CallSummary.caller(call.identity()),
                call.tool(),
                new CallSummary(call),
                judged.policy(),
                charged(decision),
                decision instanceof RateLimited limited ? Optional.of(spent(limited)) : Optional.empty(),
                judged.approval(),
                took);
    }

    private static List<Charged> charged(Decision decision) {
        return decision instanceof Allow allow && allow.permit() instanceof TakenPermit taken
                ? taken.charged()
                : List.of();
    }

    private static Spent spent(RateLimited limited) {
        return new Spent(limited.counter(), limited.max(), limited.remaining(), limited.retryAfter());
    }
}
