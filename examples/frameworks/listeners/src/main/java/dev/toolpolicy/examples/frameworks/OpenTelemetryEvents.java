package dev.toolpolicy.examples.frameworks;

import dev.toolpolicy.PolicyListener;
import dev.toolpolicy.Refusal;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;

/** Says on the span of the call, which is current while it is judged, what was decided and by which rule; no argument of it. */
public final class OpenTelemetryEvents implements PolicyListener {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("policy.outcome");
    private static final AttributeKey<String> RULE = AttributeKey.stringKey("policy.rule");
    private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("policy.decision.id");

    private static final AttributeKey<String> EXCEPTION = AttributeKey.stringKey("exception.type");

    @Override
    public void decided(Decided decided) {
        String outcome = decided.decision().refusal().map(Refusal::code).orElse("ALLOW");
        Attributes said = Attributes.of(
                OUTCOME,
                outcome,
                RULE,
                decided.decision().rule(),
                TOOL,
                decided.call().tool(),
                DECISION,
                decided.id());
        Span.current().addEvent("policy.decision", said);
        // By its class alone: what its message says may be an argument.
        decided.cause()
                .ifPresent(cause -> Span.current()
                        .addEvent(
                                "exception",
                                Attributes.of(EXCEPTION, cause.getClass().getName())));
    }
}
