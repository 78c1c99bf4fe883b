package dev.toolpolicy.examples.frameworks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.PolicyListener;
import dev.toolpolicy.Refusal;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts with Micrometer. Tags have few values: what was decided, never who called or which name a malformed call had. */
public record MicrometerMetrics(MeterRegistry registry) implements PolicyListener {
    @Override
    public void decided(Decided decided) {
        count("policy.decisions", "outcome", outcome(decided.decision()));
        decided.shadow().ifPresent(shadow -> count("policy.shadow.decisions", "outcome", outcome(shadow)));
    }

    @Override
    public void malformed(Malformed malformed) {
        count("policy.decisions", "outcome", outcome(malformed.decision()));
    }

    @Override
    public void settled(Settled settled) {
        count("policy.runs", "result", settled.result().name());
    }

    @Override
    public void reloaded(Reloaded reloaded) {
        count("policy.reloads", "result", "in force");
    }

    @Override
    public void reloadRejected(ReloadRejected rejected) {
        count("policy.reloads", "result", "rejected");
    }

    private void count(String name, String tag, String value) {
        registry.counter(name, tag, value).increment();
    }

    private static String outcome(Decision decision) {
        return decision.refusal().map(Refusal::code).orElse("ALLOW");
    }
}
