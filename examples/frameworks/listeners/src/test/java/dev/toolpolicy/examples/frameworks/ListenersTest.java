package dev.toolpolicy.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicyListener;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyFile;
import dev.toolpolicy.document.PolicyParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The glue, with the real registry and the real tracer behind it. */
class ListenersTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private static final String DOCUMENT = "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": { \"ping\": {} } }";
    private static final Policy POLICY = PolicyParser.standard().parse(DOCUMENT).orThrow();
    private static final Identity ALICE = Identity.of("alice");
    private static final ToolCall PING = ToolCall.of(ALICE, "ping", Map.of("secret", "s3cr3t"));
    private static final ToolCall PONG = ToolCall.of(ALICE, "pong", Map.of());

    @Test
    void micrometerCountsDecisionsRunsAndReloads(@TempDir Path folder) throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Path file = Files.writeString(folder.resolve("policy.json"), DOCUMENT);
        try (PolicyFile source = PolicyFile.watching(file, PolicyParser.standard());
                Evaluator evaluator = Evaluator.builder(source)
                        .shadow(PolicySource.of(POLICY))
                        .listener(new MicrometerMetrics(registry))
                        .build()) {
            ((Allow) evaluator.evaluate(PING)).permit().done();
            evaluator.evaluate(PONG);
            evaluator.evaluate(PONG);
            evaluator.malformed(ALICE, "p ng", new MalformedCallException("no name"));
            Files.writeString(file, "");
            source.check();
            Files.writeString(file, DOCUMENT.replace("ping", "pong"));
            source.check();
        }

        assertThat(registry.counter("policy.decisions", "outcome", "ALLOW").count())
                .isEqualTo(1);
        assertThat(registry.counter("policy.decisions", "outcome", "NOT_LISTED").count())
                .isEqualTo(2);
        assertThat(registry.counter("policy.decisions", "outcome", "MALFORMED_CALL")
                        .count())
                .isEqualTo(1);
        assertThat(registry.counter("policy.shadow.decisions", "outcome", "ALLOW")
                        .count())
                .isEqualTo(1);
        assertThat(registry.counter("policy.runs", "result", "DONE").count()).isEqualTo(1);
        assertThat(registry.counter("policy.reloads", "result", "rejected").count())
                .isEqualTo(1);
        assertThat(registry.counter("policy.reloads", "result", "in force").count())
                .isEqualTo(1);
    }

    @Test
    void openTelemetrySaysItOnTheSpanOfTheCall() {
        Tracer tracer = TELEMETRY.getOpenTelemetry().getTracer("test");
        PolicyListener listener = new OpenTelemetryEvents();
        Span span = tracer.spanBuilder("tools/call").startSpan();
        try (Scope scope = span.makeCurrent();
                Evaluator evaluator =
                        Evaluator.builder(POLICY).listener(listener).build()) {
            assertThat(scope).isNotNull();
            evaluator.evaluate(PING);
            evaluator.evaluate(PONG);
        } finally {
            span.end();
        }

        assertThat(TELEMETRY.getSpans()).singleElement().satisfies(kept -> {
            assertThat(kept.getEvents())
                    .extracting(event -> event.getAttributes().get(AttributeKey.stringKey("policy.outcome")))
                    .containsExactly("ALLOW", "NOT_LISTED");
            assertThat(kept.getEvents().toString()).contains("/default").doesNotContain("s3cr3t");
        });
    }

    @Test
    void whatOpenTelemetrySaysOfAFailureIsItsClassAlone() {
        Tracer tracer = TELEMETRY.getOpenTelemetry().getTracer("test");
        PolicySource failing = who -> {
            throw new IllegalStateException("no policy for s3cr3t");
        };
        Span span = tracer.spanBuilder("tools/call").startSpan();
        try (Scope scope = span.makeCurrent();
                Evaluator evaluator = Evaluator.builder(failing)
                        .listener(new OpenTelemetryEvents())
                        .build()) {
            assertThat(scope).isNotNull();
            evaluator.evaluate(PING);
        } finally {
            span.end();
        }

        assertThat(TELEMETRY.getSpans())
                .singleElement()
                .extracting(kept -> kept.getEvents().toString())
                .asString()
                .contains("CHECK_FAILED", "java.lang.IllegalStateException")
                .doesNotContain("s3cr3t");
    }
}
