package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.document.Problem;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents whose schemas stand for more than they are long. */
class LargeDocumentTest {
    @Test
    void manySchemasOfOneDocumentAreParsed() {
        ParseResult result = parse(
                5_000,
                i -> "{\"properties\": {\"a\": {\"type\": \"string\", \"pattern\": \"^[a-z]{1,30}$\", \"maxLength\": "
                        + i + "}, \"b\": {\"type\": \"integer\", \"minimum\": " + i + "}}, \"required\": [\"a\"]}");
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
    }

    /** Each alone is well within the bounds of one schema. */
    @Test
    void whatTheSchemasOfADocumentKeepIsBounded() {
        ParseResult result =
                parse(10_000, i -> "{\"properties\": {\"a\": {\"pattern\": \"a{995}b{" + i % 990 + "}\"}}}");
        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(Problem::code)
                                .containsExactly(Problem.Code.TOO_LARGE));
    }

    /** A few hundred thousand of anything: each is told, or refused once, and soon. */
    @ParameterizedTest
    @MethodSource("longSchemas")
    void aLongSchemaIsReadOnce(String name, String schema, Problem.Code code) {
        ParseResult result = parse(1, i -> schema);
        assertThat(result)
                .as(name)
                .isInstanceOfSatisfying(
                        ParseResult.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(Problem::code)
                                .contains(code));
    }

    static Stream<Arguments> longSchemas() {
        String names = "n".repeat(200_000);
        return Stream.of(
                arguments(
                        "references to nowhere",
                        "{\"allOf\": [" + repeated(30_000, i -> "{\"$ref\": \"#/definitions/x" + i + "\"}")
                                + "], \"definitions\": {" + repeated(3_000, i -> "\"d" + i + "\": {}") + "}}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "a reference beside a long name",
                        "{\"allOf\": [" + repeated(20, i -> "{\"$ref\": \"#/definitions/x\"}")
                                + "], \"definitions\": {\"" + "n".repeat(4_000_000) + "\": {}}}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "names that are needed",
                        "{\"required\": [" + repeated(1_000_000, i -> "\"" + Integer.toString(i, 36) + "\"") + "]}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "names with the same hash",
                        "{\"dependencies\": {\"a\": [" + repeated(1 << 17, LargeDocumentTest::collidingName) + "]}}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "values with the same hash",
                        "{\"enum\": [" + repeated(40_000, i -> "[" + i + "," + (10_000_000 - 31 * i) + "]") + "]}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "words that are none",
                        "{" + repeated(500_000, i -> "\"word" + i + "\": 1") + "}",
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "branches",
                        "{\"anyOf\": [" + repeated(500_000, i -> "{\"minimum\": " + i + "}") + "]}",
                        Problem.Code.BAD_SCHEMA),
                arguments("values", "{\"enum\": [" + repeated(1_000_000, i -> "" + i) + "]}", Problem.Code.BAD_SCHEMA),
                arguments(
                        "members under branches",
                        "{\"anyOf\": [".repeat(20) + "{\"properties\": {" + repeated(500_000, i -> "\"p" + i + "\": {}")
                                + "}}" + "]}".repeat(20),
                        Problem.Code.BAD_SCHEMA),
                arguments(
                        "members below a long name",
                        "{\"definitions\": {\"" + names + "\": {\"properties\": {"
                                + repeated(30_000, i -> "\"p" + i + "\": {}") + "}, \"minimun\": 1}}}",
                        Problem.Code.BAD_SCHEMA));
    }

    /** A chain of definitions, each below a member of the one before. */
    @Test
    void aLongChainIsMeasuredOnASmallStack() throws InterruptedException {
        String schema = "{\"$ref\": \"#/definitions/d0\"}";
        String definitions = "{\"properties\": {\"a\": " + schema + "}, \"definitions\": {"
                + repeated(
                        900,
                        i -> "\"d" + i + "\": {\"properties\": {\"a\": {\"$ref\": \"#/definitions/d" + (i + 1)
                                + "\"}}}")
                + ", \"d900\": {\"type\": \"string\"}}}";
        AtomicReference<ParseResult> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> result.set(parse(1, i -> definitions)), "small stack", 512 * 1024);
        thread.start();
        thread.join();
        assertThat(result.get()).isInstanceOf(ParseResult.Parsed.class);
    }

    /** A name for each number, all with the same hash code: `Aa` and `BB` have one. */
    private static String collidingName(int number) {
        StringBuilder name = new StringBuilder("\"");
        for (int bit = 0; bit < 17; bit++) name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        return name.append('"').toString();
    }

    private static String repeated(int times, IntFunction<String> element) {
        return IntStream.range(0, times).mapToObj(element).collect(Collectors.joining(","));
    }

    private static ParseResult parse(int tools, IntFunction<String> schema) {
        String entries = IntStream.range(0, tools)
                .mapToObj(i -> "\"t" + i + "\": {\"arguments_schema\": " + schema.apply(i) + "}")
                .collect(Collectors.joining(","));
        return PolicyParser.with(JsonSchema.validator())
                .parse("{\"version\": \"1\", \"default\": \"deny\", \"tools\": {" + entries + "}}");
    }
}
