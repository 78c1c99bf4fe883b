package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.document.Problem;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

    private static ParseResult parse(int tools, IntFunction<String> schema) {
        String entries = IntStream.range(0, tools)
                .mapToObj(i -> "\"t" + i + "\": {\"arguments_schema\": " + schema.apply(i) + "}")
                .collect(Collectors.joining(","));
        return PolicyParser.with(JsonSchema.validator())
                .parse("{\"version\": \"1\", \"default\": \"deny\", \"tools\": {" + entries + "}}");
    }
}
