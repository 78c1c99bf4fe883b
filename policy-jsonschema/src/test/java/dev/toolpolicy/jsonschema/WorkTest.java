package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Reason;
import dev.toolpolicy.spi.ArgumentValidator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents choose the arguments: whatever they choose, a check ends soon, and what is not checked to the end is denied. */
class WorkTest {
    /** Half of what a thread has by default on most machines. */
    private static final long SMALL_STACK = 512 * 1024;

    @Test
    void aTreeIsCheckedAsDeepAsArgumentsGo() {
        String schema =
                "{\"properties\": {\"c\": {\"$ref\": \"#\"}, \"n\": {\"type\": \"integer\"}}, \"additionalProperties\": false}";
        assertThat(Schemas.lines(schema, nested("{\"c\": ", "{\"n\": 1}", "}", 62)))
                .isEmpty();
        assertThat(Schemas.lines(schema, nested("{\"c\": ", "{\"n\": \"1\"}", "}", 62)))
                .containsExactly("/c".repeat(62) + "/n type: a whole number");
    }

    /** Each way to go from schema to schema, before the next step into the arguments. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"allOf\": [{\"$ref\": \"#\"}]}",
                "{\"anyOf\": [{\"$ref\": \"#\"}, {\"type\": \"null\"}]}",
                "{\"oneOf\": [{\"$ref\": \"#\"}, {\"type\": \"null\"}]}",
                "{\"not\": {\"not\": {\"$ref\": \"#\"}}}",
                "{\"if\": {\"type\": \"object\"}, \"then\": {\"$ref\": \"#\"}}",
                "{\"dependencies\": {\"c\": {\"$ref\": \"#\"}}}",
                "{\"anyOf\": [{\"allOf\": [{\"oneOf\": [{\"not\": {\"not\": {\"if\": true, \"then\": {\"$ref\": \"#\"}}}}]}]}]}"
            })
    void noDepthOverflowsASmallStack(String step) throws InterruptedException {
        ArgumentValidator validator =
                Schemas.validator("{\"type\": \"object\", \"properties\": {\"c\": " + step + "}}");
        int deepest = 0;
        for (int depth = 1; depth <= 62; depth++) {
            Map<String, Object> arguments =
                    Schemas.call(nested("{\"c\": ", "{}", "}", depth)).arguments();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            assertThat(validator.validate(arguments)).isEmpty();
                        } catch (Throwable e) {
                            thrown.set(e);
                        }
                    },
                    "small stack",
                    SMALL_STACK);
            thread.start();
            thread.join();
            if (thrown.get() == null) deepest = depth;
            else assertThat(thrown.get()).as("depth %d", depth).isInstanceOf(Work.TooMuchWork.class);
        }
        // Deeper than anybody's arguments are, however the schema is written.
        assertThat(deepest).isGreaterThan(15);
    }

    @Test
    void whatDoublesWithEachStepIsDenied() {
        String schema =
                "{\"allOf\": [{\"properties\": {\"c\": {\"$ref\": \"#\"}}}, {\"properties\": {\"c\": {\"$ref\": \"#\"}}}]}";
        assertThat(decided(schema, nested("{\"c\": ", "1", "}", 5))).isEqualTo("allowed");
        assertThat(decided(schema, nested("{\"c\": ", "1", "}", 40))).isEqualTo("CHECK_FAILED");
    }

    @Test
    void manyValuesAreCheckedAndMoreAreDenied() {
        String schema =
                "{\"properties\": {\"a\": {\"items\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(10_000, i -> "" + i) + "]}"))
                .isEqualTo("allowed");
        assertThat(decided(schema, "{\"a\": [" + repeated(150_000, i -> "1") + "]}"))
                .isEqualTo("CHECK_FAILED");
    }

    @Test
    void namesAreMatchedWithinBounds() {
        String schema = "{\"patternProperties\": {\"^(a{0,90}){0,10}b\": false}}";
        assertThat(decided(schema, "{\"" + "a".repeat(1_000) + "\": 1}")).isEqualTo("allowed");
        assertThat(decided(schema, "{\"" + "a".repeat(500_000) + "\": 1}")).isEqualTo("CHECK_FAILED");
        assertThat(decided(schema, "{" + repeated(5_000, i -> "\"" + "a".repeat(100) + i + "\": 1") + "}"))
                .isEqualTo("CHECK_FAILED");
        String names = "{\"propertyNames\": {\"pattern\": \"^(a{0,90}){0,10}\"}}";
        assertThat(decided(names, "{" + repeated(5_000, i -> "\"" + "a".repeat(100) + i + "\": 1") + "}"))
                .isEqualTo("CHECK_FAILED");
    }

    /** Neither matched nor not: {@code not} turns both around. */
    @Test
    void aTextThatIsTooLongToMatchIsDeniedUnderNotToo() {
        String pattern = "{\"pattern\": \"^(a{0,90}){0,10}b\"}";
        String call = "{\"a\": \"" + "a".repeat(500_000) + "\"}";
        assertThat(decided("{\"properties\": {\"a\": " + pattern + "}}", call)).isEqualTo("CHECK_FAILED");
        assertThat(decided("{\"properties\": {\"a\": {\"not\": " + pattern + "}}}", call))
                .isEqualTo("CHECK_FAILED");
    }

    @Test
    void textsAreMatchedWithinOneBoundForAll() {
        String schema = "{\"properties\": {\"a\": {\"items\": {\"pattern\": \"^(a{0,90}){0,10}\"}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(20, i -> "\"" + "a".repeat(500) + "\"") + "]}"))
                .isEqualTo("allowed");
        assertThat(decided(schema, "{\"a\": [" + repeated(1_000, i -> "\"" + "a".repeat(500) + "\"") + "]}"))
                .isEqualTo("CHECK_FAILED");
    }

    /** At the end of a text a pattern is at work too, and a text may be nothing but that. */
    @Test
    void textsWithoutCharactersAreNotMatchedForNothing() {
        String schema = "{\"properties\": {\"a\": {\"items\": {\"pattern\": \"(?:a|b|c|d*){480}\"}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(1_000, i -> "\"\"") + "]}"))
                .isEqualTo("allowed");
        assertThat(decided(schema, "{\"a\": [" + repeated(50_000, i -> "\"\"") + "]}"))
                .isEqualTo("CHECK_FAILED");
    }

    /** A long text costs only where it is matched. */
    @Test
    void aLongTextBesideAPatternIsNoMatter() {
        String schema =
                "{\"properties\": {\"path\": {\"pattern\": \"^/srv/[a-z0-9]{1,200}$\"}, \"content\": {\"type\": \"string\"}}}";
        assertThat(decided(schema, "{\"path\": \"/srv/a\", \"content\": \"" + "a".repeat(1_000_000) + "\"}"))
                .isEqualTo("allowed");
    }

    @Test
    void aThousandElementsAreComparedAndNotOneMore() {
        String schema = "{\"properties\": {\"a\": {\"uniqueItems\": true}}}";
        for (IntFunction<String> element : java.util.List.<IntFunction<String>>of(
                i -> "" + i,
                i -> "\"" + "a".repeat(900) + i + "\"",
                i -> "{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4, \"e\": " + i + "}",
                i -> "[[[" + i + "]]]")) {
            assertThat(decided(schema, "{\"a\": [" + repeated(1_000, element) + "]}"))
                    .isEqualTo("allowed");
            assertThat(decided(schema, "{\"a\": [" + repeated(1_001, element) + "]}"))
                    .isEqualTo("INVALID_ARGUMENTS");
            assertThat(decided(schema, "{\"a\": [" + repeated(999, element) + ", " + element.apply(0) + "]}"))
                    .isEqualTo("INVALID_ARGUMENTS");
        }
    }

    /** The remainder of 1e900 by 1e-900 has thousands of digits on the way. */
    @Test
    void remaindersAreTakenWithinBounds() {
        String schema = "{\"properties\": {\"a\": {\"items\": {\"multipleOf\": 1e-900}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(20, i -> "1e900") + "]}"))
                .isEqualTo("allowed");
        assertThat(decided(schema, "{\"a\": [" + repeated(20_000, i -> "1e900") + "]}"))
                .isEqualTo("CHECK_FAILED");
        String money = "{\"properties\": {\"a\": {\"items\": {\"multipleOf\": 0.01}}}}";
        assertThat(decided(money, "{\"a\": [" + repeated(20_000, i -> "1234567.89") + "]}"))
                .isEqualTo("allowed");
    }

    /** So much is wrong that listing it would cost more than the check: the place of the first is told. */
    @Test
    void ofTooManyFaultsOneIsTold() {
        String schema = "{\"properties\": {\"a\": {\"items\": {\"type\": \"string\"}}}}";
        assertThat(Schemas.lines(schema, "{\"a\": [" + repeated(1_000, i -> "" + i) + "]}"))
                .hasSize(1_000);
        assertThat(Schemas.lines(schema, "{\"a\": [" + repeated(200_000, i -> "1") + "]}"))
                .containsExactly(
                        "/a/0 type: what the schema asks for there; the rest was not looked at, for it is too much to list");
    }

    /** One fault beside much that is right: it is told, whatever is right. */
    @Test
    void aLargeCallIsToldWhatIsWrongWithIt() {
        String schema =
                "{\"required\": [\"path\"], \"properties\": {\"content\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9+/=]*$\","
                        + " \"maxLength\": 400000}, \"rows\": {\"items\": {\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"null\"}]}}}}";
        String content = "\"content\": \"" + "a".repeat(400_000) + "\"";
        assertThat(Schemas.lines(schema, "{" + content + "}")).containsExactly("/path required: to be there");
        assertThat(Schemas.lines(schema, "{\"path\": 1, \"rows\": [" + repeated(5_000, i -> "" + i) + ", \"x\"]}"))
                .containsExactly("/rows/5000 anyOf: to fit at least one of the 2 schemas under `anyOf`");
    }

    /** That there are too many to be compared is no proof that two are the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"not\": {\"uniqueItems\": true}}",
                "{\"if\": {\"uniqueItems\": true}, \"then\": {\"maxItems\": 3}}",
                "{\"oneOf\": [{\"uniqueItems\": true}, {\"minItems\": 1}]}"
            })
    void elementsThatAreNotComparedAreNotTakenForTheSame(String turned) {
        String schema = "{\"properties\": {\"a\": " + turned + "}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(1_001, i -> "" + i) + "]}"))
                .isEqualTo("CHECK_FAILED");
        assertThat(decided(schema, "{\"a\": [" + repeated(1_000, i -> "" + i) + "]}"))
                .isEqualTo("INVALID_ARGUMENTS");
    }

    /** What does not match costs as much as what does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": {\"anyOf\": [{\"pattern\": \"[a-z0-9]{1,60}-0\"}, {\"pattern\": \"[a-z0-9]{1,60}-1\"}, true]}}",
                "{\"contains\": {\"pattern\": \"[a-z0-9-]{1,63}[.]example[.]com\"}}",
                "{\"items\": {\"not\": {\"pattern\": \"(a{0,30}){3}b\"}}}"
            })
    void patternsThatDoNotMatchArePaidFor(String schema) {
        String call = "{\"a\": [" + repeated(20, i -> "\"" + "a".repeat(50_000) + "\"") + "]}";
        assertThat(decided("{\"properties\": {\"a\": " + schema + "}}", call)).isEqualTo("CHECK_FAILED");
    }

    @Test
    void namesArePaidForLikeTexts() {
        String schema = "{\"propertyNames\": {\"anyOf\": ["
                + repeated(30, i -> "{\"pattern\": \"[a-z0-9]{1,60}-" + i + "\"}") + ", true]}}";
        assertThat(decided(schema, "{\"" + "a".repeat(70_000) + "\": 1}")).isEqualTo("CHECK_FAILED");
        assertThat(decided(schema, "{\"" + "a".repeat(70) + "\": 1}")).isEqualTo("allowed");
    }

    /** Everit makes two backslashes of one at each level, and escapes those again. */
    @ParameterizedTest
    @ValueSource(strings = {"\\\\", "\\\"", "~", "/", "a\\\\b\\\"~1/c"})
    void aNameIsNotEscapedOnceMoreOnEachLevel(String name) {
        String tree =
                "{\"definitions\": {\"j\": {\"anyOf\": [{\"type\": [\"string\", \"null\"]}, {\"type\": \"object\","
                        + " \"additionalProperties\": {\"$ref\": \"#/definitions/j\"}}]}}, \"additionalProperties\": {\"$ref\": \"#/definitions/j\"}}";
        String pointer = "/"
                + name.replace("\\\\", "\\")
                        .replace("\\\"", "\"")
                        .replace("~", "~0")
                        .replace("/", "~1");
        assertThat(Schemas.lines(tree, nested("{\"" + name + "\": ", "1", "}", 30)))
                .containsExactly(pointer.repeat(30) + " anyOf: to fit at least one of the 2 schemas under `anyOf`");
    }

    /** Each fault has its whole way written down. */
    @Test
    void aLongNameAboveManyFaultsIsPaidFor() {
        String schema = "{\"additionalProperties\": {\"items\": {\"type\": \"string\"}}}";
        String call = "{\"" + "n".repeat(100_000) + "\": [" + repeated(10_000, i -> "1") + "]}";
        assertThat(Schemas.lines(schema, call)).hasSize(1);
    }

    @Test
    void listsOfValuesCostLittle() {
        String bytes = "{\"properties\": {\"a\": {\"items\": {\"enum\": [" + repeated(256, i -> "" + i) + "]}}}}";
        assertThat(decided(bytes, "{\"a\": [" + repeated(20_000, i -> "" + i % 256) + "]}"))
                .isEqualTo("allowed");
        String nullable = "{\"properties\": {\"a\": {\"items\": {\"enum\": [null, "
                + repeated(250, i -> "\"c" + i + "\"") + "]}}}}";
        assertThat(decided(nullable, "{\"a\": [" + repeated(5_000, i -> "\"c249\"") + "]}"))
                .isEqualTo("allowed");
        String odd = "{\"properties\": {\"a\": {\"items\": {\"enum\": [" + repeated(250, i -> "" + 2 * i) + "]}}}}";
        assertThat(decided(odd, "{\"a\": [" + repeated(1_000, i -> "498") + "]}"))
                .isEqualTo("allowed");
    }

    @Test
    void elementsThatAreNotTheOneArePaidFor() {
        String schema = "{\"properties\": {\"a\": {\"contains\": {\"maximum\": 5}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(20_000, i -> "7") + ",1]}"))
                .isEqualTo("allowed");
        assertThat(decided(schema, "{\"a\": [" + repeated(140_000, i -> "1e999") + ",1]}"))
                .isEqualTo("CHECK_FAILED");
    }

    /** The same text parsed again tells the same fault first. */
    @Test
    void whatIsToldFirstDoesNotChange() {
        String schema =
                "{\"patternProperties\": {\"^a\": {\"items\": {\"type\": \"string\"}}, \"^b\": {\"items\": {\"type\": \"string\"}},"
                        + " \"^c\": {\"items\": {\"type\": \"string\"}}}}";
        String call = "{"
                + repeated(3_000, i -> "\"" + "abc".charAt(i % 3) + i + "\": [" + repeated(30, k -> "1") + "]") + "}";
        java.util.List<String> first = Schemas.lines(schema, call);
        assertThat(first).hasSize(1);
        for (int i = 0; i < 10; i++) assertThat(Schemas.lines(schema, call)).isEqualTo(first);
    }

    /** Each fault is written down with its way, and each object has one for each name that it lacks. */
    @Test
    void aLongNameAboveManyMissingMembersIsPaidFor() {
        String schema = "{\"additionalProperties\": {\"items\": {\"type\": \"object\", \"required\": ["
                + repeated(20, i -> "\"n" + i + "\"") + "]}}}";
        assertThat(Schemas.lines(schema, "{\"" + "k".repeat(100_000) + "\": [" + repeated(500, i -> "{}") + "]}"))
                .hasSize(1);
        assertThat(Schemas.lines(schema, "{\"k\": [" + repeated(500, i -> "{}") + "]}"))
                .hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {'n', 0x1F45C})
    void aLongNameIsPaidForBySchemasOfNames(int character) {
        String call = "{\"" + Character.toString(character).repeat(200_000) + "\": 1}";
        String constants =
                "{\"propertyNames\": {\"anyOf\": [" + repeated(3_000, i -> "{\"const\": \"a" + i + "\"}") + "]}}";
        assertThat(decided(constants, call)).isEqualTo("CHECK_FAILED");
        String lengths = "{\"propertyNames\": {\"allOf\": [" + repeated(9_000, i -> "{\"minLength\": 1}") + "]}}";
        assertThat(decided(lengths, call)).isEqualTo("CHECK_FAILED");
    }

    /** Everit writes a number into its message for each schema that it does not fit. */
    @ParameterizedTest
    @ValueSource(strings = {"7e990", "1234567890"})
    void largeNumbersArePaidForByEachSchemaTheyDoNotFit(String number) {
        String large = number.startsWith("7") ? number : number.repeat(90);
        String schema =
                "{\"properties\": {\"a\": {\"items\": {\"enum\": [" + repeated(5_000, i -> "" + 2 * i) + "]}}}}";
        assertThat(decided(schema, "{\"a\": [" + repeated(20, i -> large) + "]}"))
                .isIn("CHECK_FAILED", "INVALID_ARGUMENTS");
        String bounds = "{\"properties\": {\"a\": {\"items\": {\"allOf\": [" + repeated(3_000, i -> "{\"maximum\": 5}")
                + "]}}}}";
        assertThat(decided(bounds, "{\"a\": [" + repeated(100, i -> large) + "]}"))
                .isIn("CHECK_FAILED", "INVALID_ARGUMENTS");
    }

    /** An agent chooses the names: all of these have one hash code, for `Aa` and `BB` have. */
    @Test
    void faultsWhoseHashCodesAreTheSameAreToldLikeOthers() {
        String call = "{"
                + repeated(24_000, i -> {
                    StringBuilder name = new StringBuilder("\"");
                    for (int bit = 0; bit < 15; bit++) name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                    return name.append("\": 1").toString();
                })
                + "}";
        assertThat(Schemas.violations("{\"additionalProperties\": false}", call))
                .hasSize(24_000);
    }

    @Test
    void theSameFaultIsToldOnce() {
        String schema =
                "{\"allOf\": [{\"required\": [\"a\", \"b\"]}, {\"required\": [\"b\", \"a\"]}, {\"required\": [\"a\"]}]}";
        assertThat(Schemas.lines(schema, "{}")).containsExactly("/a required: to be there", "/b required: to be there");
    }

    private static String decided(String schema, String arguments) {
        try (Evaluator evaluator = Evaluator.builder(Schemas.policy(schema)).build()) {
            Decision decision = evaluator.evaluate(Schemas.call(arguments));
            return decision.match(
                    allow -> "allowed",
                    deny -> deny.reason().code() == Reason.Code.CHECK_FAILED
                            ? "CHECK_FAILED"
                            : deny.reason().code().name(),
                    limited -> "limited",
                    asked -> "asked");
        }
    }

    private static String nested(String open, String inner, String close, int times) {
        return open.repeat(times) + inner + close.repeat(times);
    }

    private static String repeated(int times, IntFunction<String> element) {
        return IntStream.range(0, times).mapToObj(element).collect(Collectors.joining(","));
    }
}
