package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas with something in them that would not be enforced, beside the report that their author reads. */
class RefusedTest {
    private static final Path CORPUS = Path.of("src/test/resources/refused");

    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsRejectedWithThisReport(String name) {
        ParseResult.Rejected rejected = parse(name);
        String report = rejected.report().replace(CORPUS.resolve(name).toString(), name);
        Golden.assertMatches(CORPUS.resolve(name.replace(".json", ".txt")), report);
    }

    /** Each document is a list of tools, every one of which is wrong. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyToolOfItHasAProblem(String name) throws IOException {
        Set<String> tools = new HashSet<>();
        for (Problem problem : parse(name).problems())
            tools.add(problem.pointer().split("/", -1)[2]);
        long written = Files.readString(CORPUS.resolve(name))
                .lines()
                .filter(line -> line.startsWith("    \"t"))
                .count();
        assertThat(tools).hasSize((int) written);
    }

    @Test
    void everyWordOfAnotherDraftHasACase() throws IOException {
        Set<String> reported = new HashSet<>();
        for (String name : documents()) {
            for (Problem problem : parse(name).problems()) {
                reported.add(problem.pointer().substring(problem.pointer().lastIndexOf('/') + 1));
            }
        }
        assertThat(reported).containsAll(Vocabulary.foreign());
    }

    /** Wherever a schema may stand, a word in it is looked at. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\": {\"a\": S}}",
                "{\"patternProperties\": {\"a\": S}}",
                "{\"additionalProperties\": S}",
                "{\"propertyNames\": S}",
                "{\"items\": S}",
                "{\"items\": [S]}",
                "{\"items\": [true], \"additionalItems\": S}",
                "{\"contains\": S}",
                "{\"dependencies\": {\"a\": S}}",
                "{\"allOf\": [S]}",
                "{\"anyOf\": [true, S]}",
                "{\"oneOf\": [S]}",
                "{\"not\": S}",
                "{\"if\": S, \"then\": {}}",
                "{\"if\": {}, \"then\": S}",
                "{\"if\": {}, \"else\": S}",
                "{\"definitions\": {\"a\": S}}",
                "{\"$defs\": {\"a\": S}}",
                "{\"properties\": {\"$id\": S}}",
                "{\"properties\": {\"enum\": S}}",
                "{\"properties\": {\"default\": S}}",
                "{\"definitions\": {\"const\": S}}"
            })
    void noPlaceOfASchemaIsPassedOver(String place) {
        assertThat(problems(place.replace("S", "{\"minimun\": 1}")))
                .as("misspelt")
                .hasSize(1);
        assertThat(problems(place.replace("S", "{\"minimum\": 1}")))
                .as("well spelt")
                .isEmpty();
    }

    /** What stands there is a value, whatever it looks like. */
    @ParameterizedTest
    @ValueSource(strings = {"enum", "const", "default", "examples"})
    void wordsWithinValuesAreData(String word) {
        assertThat(problems(
                        "{\"" + word + "\": [{\"minimun\": 1, \"$ref\": \"http://127.0.0.1:1/\", \"$id\": \"a\"}]}"))
                .isEmpty();
    }

    private static List<Problem> problems(String schema) {
        String text = "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"t\": {\"arguments_schema\": " + schema
                + "}}}";
        ParseResult result = PolicyParser.with(JsonSchema.validator()).parse(text);
        return result instanceof ParseResult.Rejected rejected ? rejected.problems() : List.of();
    }

    private static ParseResult.Rejected parse(String name) {
        return (ParseResult.Rejected) PolicyParser.with(JsonSchema.validator()).parse(CORPUS.resolve(name));
    }
}
