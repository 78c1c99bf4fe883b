package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file for each word that is read: schemas, values that fit and values that do not, and beside it what is said of those. A schema
 * is that of the argument {@code v}, or of the arguments as a whole where the file says {@code root}.
 */
class WordsTest {
    private static final Path CORPUS = Path.of("src/test/resources/words");

    static List<String> words() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", "").replace("dollar-", "$"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyWordHasAFile() throws IOException {
        assertThat(words()).isEqualTo(Vocabulary.WORDS);
    }

    @ParameterizedTest
    @MethodSource("words")
    void valuesAreJudgedAsTheFileSays(String word) throws IOException {
        Path file = CORPUS.resolve(word.replace("$", "dollar-") + ".json");
        StringBuilder said = new StringBuilder();
        for (Object element :
                (List<?>) JsonText.read(Files.readString(file), 1 << 20).value()) {
            Map<?, ?> group = (Map<?, ?>) element;
            boolean root = group.containsKey("root");
            String schema = root
                    ? Schemas.json(group.get("schema"))
                    : Schemas.json(Map.of("properties", Map.of("v", group.get("schema"))));
            said.append("# ").append(group.get("why")).append('\n');
            for (String arguments : arguments(group, "valid", root)) {
                assertThat(Schemas.lines(schema, arguments))
                        .as("%s: %s", group.get("why"), arguments)
                        .isEmpty();
            }
            for (String arguments : arguments(group, "invalid", root)) {
                List<String> lines = Schemas.lines(schema, arguments);
                assertThat(lines).as("%s: %s", group.get("why"), arguments).isNotEmpty();
                said.append(arguments).append('\n');
                lines.forEach(line -> said.append("  ").append(line).append('\n'));
            }
        }
        Golden.assertMatches(
                file.resolveSibling(file.getFileName().toString().replace(".json", ".txt")), said.toString());
    }

    private static List<String> arguments(Map<?, ?> group, String key, boolean root) {
        List<String> arguments = new ArrayList<>();
        for (Object value : (List<?>) group.get(key)) {
            arguments.add(root ? Schemas.json(value) : "{\"v\":" + Schemas.json(value) + "}");
        }
        return arguments;
    }
}
