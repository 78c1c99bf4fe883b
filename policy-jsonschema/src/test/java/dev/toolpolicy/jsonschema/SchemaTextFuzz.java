package dev.toolpolicy.jsonschema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A text on the first line that may be a schema, and behind it one that may be arguments. */
class SchemaTextFuzz {
    private static final Path WORDS = Path.of("src/test/resources/words");
    private static final PolicyParser PARSER = PolicyParser.with(JsonSchema.validator());

    static Stream<byte[]> words() {
        return Fuzzing.seeds(() -> {
            try (Stream<Path> files = Files.list(WORDS)) {
                List<Path> sorted = files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .toList();
                return sorted.stream().flatMap(SchemaTextFuzz::inputs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Stream<byte[]> inputs(Path file) {
        try {
            List<?> groups =
                    (List<?>) JsonText.read(Files.readString(file), 1 << 20).value();
            return groups.stream().map(Schemas::map).map(group -> {
                boolean root = group.containsKey("root");
                Object schema = root ? group.get("schema") : Map.of("properties", Map.of("v", group.get("schema")));
                Object value = Stream.of("invalid", "valid")
                        .flatMap(key -> ((List<?>) group.get(key)).stream())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
                return (Schemas.json(schema) + "\n" + Schemas.json(root ? value : Map.of("v", value))).getBytes(UTF_8);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("words")
    @FuzzTest
    void aSchemaIsRefusedOrJudgesAnyArgumentsInTime(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String document =
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"t\":{\"arguments_schema\":" + lines[0] + "}}}";
        ParseResult result = Fuzzing.bounded(() -> PARSER.parse(document));
        if (!(result instanceof Parsed parsed)) return;
        assertThat(PARSER.parse(parsed.policy().toJson()).orThrow()).isEqualTo(parsed.policy());
        Optional<ToolCall> call = call(lines.length > 1 ? lines[1] : "{}");
        if (call.isEmpty() || !hasSchema(lines[0])) return;
        ArgumentValidator ours = Schemas.validator(lines[0]);
        Map<String, Object> arguments = call.get().arguments();
        List<Violation> said = Fuzzing.bounded(() -> ours.validate(arguments));
        naively(lines[0], arguments)
                .ifPresent(accepted -> assertThat(said.isEmpty()).as("%s", said).isEqualTo(accepted));
    }

    /** Whether the text is one value, and does not lead out of where it is put. */
    private static boolean hasSchema(String text) {
        return JsonText.read(text, 1 << 20).sound();
    }

    private static Optional<ToolCall> call(String text) {
        try {
            return Optional.of(Schemas.call(text));
        } catch (MalformedCallException e) {
            return Optional.empty();
        }
    }

    /** What the naive one says; empty where it does not know a word, or reads a pattern or a reference in a way of its own. */
    private static Optional<Boolean> naively(String schema, Map<String, Object> arguments) {
        if (schema.contains("attern") || schema.contains("ref") || schema.contains("\\")) return Optional.empty();
        try {
            return Optional.of(
                    NaiveSchema.accepts(JsonText.read(schema, 1 << 20).value(), arguments));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
