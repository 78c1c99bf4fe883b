package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What gets past everit when it is used the obvious way, and past a schema that is enforced by halves. */
class EvasionTest {
    /** Everit takes a schema that does not say what it is for draft 4, which knows none of these words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\": {\"a\": {\"const\": 1}}} | {\"a\": 2}",
                "{\"if\": {\"required\": [\"a\"]}, \"then\": {\"required\": [\"b\"]}} | {\"a\": 1}",
                "{\"properties\": {\"a\": {\"contains\": {\"type\": \"null\"}}}} | {\"a\": [1]}",
                "{\"propertyNames\": {\"maxLength\": 1}} | {\"ab\": 1}",
                "{\"properties\": {\"a\": {\"exclusiveMaximum\": 10}}} | {\"a\": 10}",
                "{\"properties\": {\"a\": false}} | {\"a\": 1}",
                "{\"properties\": {\"a\": {\"items\": false}}} | {\"a\": [1]}",
                "false | {}"
            })
    void aWordOfDraft7IsEnforcedThoughTheSchemaDoesNotSayItsDraft(String schema, String arguments) {
        assertThat(Schemas.violations(schema, arguments)).isNotEmpty();
    }

    /** Everit's loader does not look at a member of that name unless its schema is an object. */
    @Test
    void aMemberCalledIdIsAMember() {
        assertThat(Schemas.lines("{\"properties\": {\"$id\": false}}", "{\"$id\": 1}"))
                .containsExactly("/$id properties: no such member");
    }

    /** Everit's loader forgets a list of no schemas, and with it what must not come after. */
    @Test
    void nothingComesAfterNoElements() {
        String schema = "{\"properties\": {\"a\": {\"items\": [], \"additionalItems\": false}}}";
        assertThat(Schemas.lines(schema, "{\"a\": [1]}")).containsExactly("/a/0 additionalItems: no such element");
    }

    /** org.json drops a null that comes in a map. */
    @Test
    void aNullIsNotDropped() {
        assertThat(Schemas.violations("{\"additionalProperties\": false}", "{\"evil\": null}"))
                .hasSize(1);
        assertThat(Schemas.violations("{\"maxProperties\": 0}", "{\"evil\": null}"))
                .hasSize(1);
        assertThat(Schemas.violations("{\"required\": [\"a\"]}", "{\"a\": null}"))
                .isEmpty();
        assertThat(Schemas.violations(
                        "{\"properties\": {\"a\": {\"items\": {\"type\": \"string\"}}}}", "{\"a\": [null]}"))
                .hasSize(1);
    }

    /** org.json leaves maps and lists within maps as they are, and everit does not look into those. */
    @Test
    void whatLiesDeeperIsLookedAt() {
        String schema =
                "{\"properties\": {\"a\": {\"properties\": {\"b\": {\"items\": {\"properties\": {\"c\": {\"type\": \"string\"}}}}}}}}";
        assertThat(Schemas.violations(schema, "{\"a\": {\"b\": [{\"c\": 1}]}}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "integer, 1.0, true",
        "integer, 1e3, true",
        "integer, 9007199254740993, true",
        "integer, 1e400, true",
        "integer, 1.5, false",
        "integer, 100.00000000000000001, false",
        "number, 1e400, true"
    })
    void aNumberIsWhatItIsByValue(String type, String number, boolean fits) {
        String schema = "{\"properties\": {\"a\": {\"type\": \"" + type + "\"}}}";
        assertThat(Schemas.violations(schema, "{\"a\": " + number + "}").isEmpty())
                .isEqualTo(fits);
    }

    /** A number of an enormous exponent is not a call's: the remainder of one would take for ever. */
    @Test
    void numbersComeWithBounds() {
        String schema = "{\"properties\": {\"a\": {\"multipleOf\": 0.01}}}";
        assertThat(Schemas.violations(schema, "{\"a\": 1e999}")).isEmpty();
        assertThat(Schemas.violations(schema, "{\"a\": 1e-999}")).hasSize(1);
        assertThat(new BigDecimal("1e999").remainder(new BigDecimal("0.01"))).isEqualByComparingTo("0");
    }

    /** Everit keeps a count as an {@code int}, and reads this one as 1. */
    @Test
    void aCountThatDoesNotFitIsRefused() {
        List<String> found = new ArrayList<>();
        SchemaReader.compile(Map.of("maxLength", 4_294_967_297L), (at, message, hint) -> found.add(at));
        assertThat(found).containsExactly("/maxLength");
    }

    /** Everit sorts names without regard to case, and then compares them in the order in which they happen to come. */
    @Test
    void objectsAreTheSameWhateverTheOrderOfTheirMembers() {
        String schema = "{\"properties\": {\"a\": {\"uniqueItems\": true}}}";
        ArgumentValidator validator = Schemas.validator(schema);
        List<String> names = List.of("a", "A", "aa", "AA", "aA", "Aa", "q", "Q");
        for (int turn = 0; turn < 200; turn++) {
            List<String> mixed = new ArrayList<>(names);
            Collections.shuffle(mixed, new java.util.Random(turn));
            Map<String, Object> one = new LinkedHashMap<>();
            Map<String, Object> other = new LinkedHashMap<>();
            for (String name : names) one.put(name, (long) name.hashCode());
            for (String name : mixed) other.put(name, (long) name.hashCode());
            assertThat(validator.validate(Map.of("a", List.of(one, other))))
                    .as("%s", mixed)
                    .hasSize(1);
            other.put("a", 0L);
            assertThat(validator.validate(Map.of("a", List.of(one, other))))
                    .as("%s", mixed)
                    .isEmpty();
        }
    }

    /** Everit escapes a name once more for each violation above it. */
    @Test
    void aPointerLeadsToItsPlaceWhateverTheNames() {
        String names = "{\"~1/\": {\"a\\\"\\\\b\": [{\"/\": {\"x\": 1, \"y\": 2}}]}}";
        String schema =
                "{\"additionalProperties\": {\"additionalProperties\": {\"items\": {\"additionalProperties\": {\"allOf\": ["
                        + "{\"properties\": {\"x\": {\"type\": \"string\", \"not\": true}, \"y\": {\"type\": \"string\"}}}]}}}}}";
        assertThat(Schemas.lines(schema, names))
                .containsExactly(
                        "/~01~1/a\"\\b/0/~1/x not: not to fit the schema under `not`",
                        "/~01~1/a\"\\b/0/~1/x type: a string",
                        "/~01~1/a\"\\b/0/~1/y type: a string");
    }

    static Stream<Arguments> schemasThatAnyValueBreaks() {
        return Stream.of(
                        "{\"type\": \"null\"}",
                        "{\"enum\": [\"x\"]}",
                        "{\"enum\": [1, \"x\"]}",
                        "{\"const\": 1}",
                        "{\"not\": true}",
                        "{\"pattern\": \"^x$\"}",
                        "{\"format\": \"date\"}",
                        "{\"maxLength\": 1}",
                        "{\"minLength\": 100}",
                        "{\"type\": \"string\", \"pattern\": \"^x$\", \"format\": \"ipv4\", \"enum\": [\"y\"]}",
                        "{\"anyOf\": [{\"maxLength\": 1}, {\"type\": \"integer\"}]}",
                        "{\"oneOf\": [true, true]}",
                        "{\"allOf\": [{\"enum\": [1]}, {\"const\": 2}]}",
                        "{\"if\": true, \"then\": false}",
                        "{\"if\": false, \"then\": true, \"else\": {\"enum\": [0]}}",
                        "false")
                .map(Arguments::of);
    }

    /** Everit's messages hold the text that is wrong: `string [my-secret-token] does not match`. */
    @ParameterizedTest
    @MethodSource("schemasThatAnyValueBreaks")
    void noViolationRepeatsAValue(String schema) {
        String secret = "my-secret-token";
        for (String value : List.of(
                "\"" + secret + "\"",
                "[\"" + secret + "\"]",
                "{\"deep\": {\"er\": \"" + secret + "\"}}",
                "987654321987654321")) {
            String wrapped = "{\"properties\": {\"a\": " + schema + "}}";
            for (Violation violation : Schemas.violations(wrapped, "{\"a\": " + value + "}")) {
                assertThat(violation.toString()).doesNotContain(secret).doesNotContain("987654321987654321");
            }
        }
    }

    /** Missing members are told by name, and only the schema's own: an agent cannot put a name there. */
    @Test
    void whatIsMissingIsTheSchemasOwnName() {
        String schema = "{\"properties\": {\"a\": {\"required\": [\"b] not found\", \"property [c] is required\"]}}}";
        assertThat(Schemas.lines(schema, "{\"a\": {\"required key [x] not found\": 1}}"))
                .containsExactly(
                        "/a/b] not found required: to be there", "/a/property [c] is required required: to be there");
    }

    /** Nothing is filled in: what was judged is what runs. */
    @Test
    void aDefaultIsNotFilledIn() {
        Map<String, Object> arguments = new HashMap<>();
        String schema = "{\"properties\": {\"a\": {\"default\": 5, \"type\": \"integer\"}}, \"required\": [\"a\"]}";
        assertThat(Schemas.validator(schema).validate(Collections.unmodifiableMap(arguments)))
                .hasSize(1);
        assertThat(arguments).isEmpty();
    }

    /** The JDK's own regular expressions take a line end before the end of the text. */
    @ParameterizedTest
    @CsvSource({"safe\\n", "safe\\r", "safe\\u0085", "safe\\u2028", "safe\\u0000", "\\nsafe"})
    void anAnchoredPatternTakesNoLineEnd(String text) {
        String schema = "{\"properties\": {\"a\": {\"type\": \"string\", \"pattern\": \"^safe$\"}}}";
        assertThat(Schemas.violations(schema, "{\"a\": \"" + text + "\"}")).hasSize(1);
        assertThat(Schemas.violations(schema, "{\"a\": \"safe\"}")).isEmpty();
    }
}
