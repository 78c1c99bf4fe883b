package dev.toolpolicy.examples.gateway.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be a message: whatever reaches the server was judged as the server reads it, however leniently that reads. */
class GateFuzz {
    private static final Identity ALICE = Identity.of("alice-laptop");
    private static final Policy POLICY = PolicyParser.standard()
            .parse(Path.of("src/test/resources/policies/gate.json"))
            .orThrow();
    /** Takes nothing and asks nobody: what it explains is what any call would be told first. */
    private static final Evaluator JUDGE = evaluator();

    private static final JsonFactory LENIENT = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static Evaluator evaluator() {
        return Evaluator.builder(POLICY)
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().build())
                .clock(() -> Instant.parse("2026-11-21T12:00:00Z"))
                .build();
    }

    static Stream<byte[]> messages() {
        return Fuzzing.seeds(() -> GateTest.messages().values().stream().map(message -> message.getBytes(UTF_8)));
    }

    @MethodSource("messages")
    @FuzzTest
    void whatReachesTheServerWasJudgedAsTheServerReadsIt(byte[] message) {
        Ends ends = Fuzzing.bounded(() -> {
            Ends fresh = new Ends();
            try (Evaluator evaluator = evaluator()) {
                Gate gate = Gate.of(evaluator);
                gate.read(ALICE, message, fresh).ifPresent(read -> gate.judge(ALICE, read, fresh));
            }
            return fresh;
        });
        assertThat(ends.passed.size() + ends.judged.size() + ends.instead.size() + ends.answered.size() + ends.dropped)
                .isEqualTo(1);
        ends.passed.forEach(GateFuzz::assertNoCallHowever);
        ends.judged.forEach(GateFuzz::assertAllowed);
        ends.instead.forEach(GateFuzz::assertNothingOfTheCall);
        ends.answered.forEach(answer -> sound(answer));
    }

    private static void assertNoCallHowever(byte[] passed) {
        assertOneLine(passed);
        List<String> methods = new ArrayList<>();
        try (JsonParser parser = LENIENT.createParser(new String(passed, UTF_8))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean method = folded(parser.currentName()).equals("method");
                parser.nextToken();
                if (method) methods.add(folded(parser.getText()));
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(methods).hasSizeLessThan(2).doesNotContain("tools/call");
    }

    /** Without regard to case, and up to where some take a text to end. */
    private static String folded(String text) {
        return text.split("\0", 2)[0].strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static void assertAllowed(byte[] judged) {
        assertOneLine(judged);
        Map<?, ?> call = sound(judged);
        Map<?, ?> params = (Map<?, ?>) call.get("params");
        @SuppressWarnings("unchecked") // the gate writes an object
        Map<String, Object> arguments = (Map<String, Object>) params.get("arguments");
        ToolCall same = ToolCall.of(ALICE, (String) params.get("name"), arguments);
        assertThat(JUDGE.explain(same).decision().allowed())
                .as(new String(judged, UTF_8))
                .isTrue();
    }

    private static void assertNothingOfTheCall(byte[] instead) {
        assertOneLine(instead);
        Map<?, ?> params = (Map<?, ?>) sound(instead).get("params");
        assertThat((String) params.get("name")).matches("[a-z]{24}");
        assertThat(params.get("arguments")).isEqualTo(Map.of());
    }

    private static Map<?, ?> sound(byte[] json) {
        JsonText read = JsonText.read(json, 1 << 24);
        assertThat(read.faults()).isEmpty();
        return (Map<?, ?>) read.value();
    }

    private static void assertOneLine(byte[] line) {
        assertThat(new String(line, UTF_8)).doesNotContainPattern("[\\r\\n\u0085\u2028\u2029]");
    }

    /** The two ends, as what came to each. */
    private static final class Ends implements Exchange {
        private final List<byte[]> passed = new ArrayList<>();
        private final List<byte[]> judged = new ArrayList<>();
        private final List<byte[]> instead = new ArrayList<>();
        private final List<byte[]> answered = new ArrayList<>();
        private int dropped;

        @Override
        public void pass(ClientMessage message) {
            passed.add(message.bytes());
        }

        @Override
        public CompletionStage<Outcome> call(ClientMessage message, byte[] bytes) {
            judged.add(bytes);
            return CompletableFuture.completedFuture(Outcome.DONE);
        }

        @Override
        public void ask(ClientMessage message, byte[] bytes, Decoy decoy) {
            instead.add(bytes);
        }

        @Override
        public void answer(byte[] answer) {
            answered.add(answer);
        }

        @Override
        public void reject(byte[] error) {
            answered.add(error);
        }

        @Override
        public void drop() {
            dropped++;
        }
    }
}
