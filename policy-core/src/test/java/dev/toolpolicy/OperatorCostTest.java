package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.regex.Regex;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that an agent chooses keeps an operator busy. */
final class OperatorCostTest {
    private static final Duration QUICK = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a*)*b",
                "(a|a)*b",
                "(a|aa)+$",
                "^(.*a){10}$",
                "(.*)(.*)(.*)(.*)x",
                "(a?){20}a{20}b",
                "([a-z]+)*\\d",
                "(x+x+)+y",
                "((a{0,20}){0,20})b",
                "(?i)(k|s)*é"
            })
    void noPatternIsSlow(String pattern) {
        for (String text : List.of("a".repeat(300_000), "ab".repeat(150_000), "\n".repeat(300_000), "x")) {
            assertTimeoutPreemptively(QUICK, () -> {
                for (Operator operator : List.of(Operator.REGEX, Operator.MATCHES)) {
                    assertThat(Judged.said(operator, pattern, text)).isNotEqualTo(Verdict.MISSING);
                }
            });
        }
    }

    @Test
    void onlyARegularExpressionIsCompiledToSteps() {
        assertThat(steps(Operator.REGEX)).isEqualTo(6);
        assertThat(steps(Operator.MATCHES)).isEqualTo(6);
        assertThat(steps(Operator.CONTAINS)).isZero();
    }

    private static long steps(Operator operator) {
        return ((Condition.Test) Models.test(operator, "a{3}")).regexSteps();
    }

    @Test
    void aTextThatWouldTakeTooLongIsUndecidable() {
        String large = "((a{0,20}){0,20})b";
        assertThat(Judged.said(Operator.REGEX, large, "a".repeat(1_000))).isEqualTo(Verdict.FALSE);
        assertThat(Judged.said(Operator.REGEX, large, "a".repeat(1_000_000))).isEqualTo(Verdict.UNDECIDABLE);
        assertThat(Judged.said(Operator.MATCHES, large, "a".repeat(1_000_000))).isEqualTo(Verdict.UNDECIDABLE);
        assertThat(Judged.said(Operator.REGEX, "b", "a".repeat(1_000_000))).isEqualTo(Verdict.FALSE);
    }

    @Test
    void manyElementsAreJudgedAsLongAsOneTextWouldBe() {
        String element = "\"" + "a".repeat(15_000) + "\"";
        String few = "{\"v\":[" + element + "]}";
        String many = "{\"v\":[" + (element + ",").repeat(68) + "[]]}";

        assertThat(Judged.said("args.v[*] regex \"a.{1000}b\"", few)).isEqualTo(Verdict.FALSE);
        assertTimeoutPreemptively(
                QUICK,
                () -> assertThat(Judged.said("args.v[*] regex \"a.{1000}b\"", many))
                        .isEqualTo(Verdict.UNDECIDABLE));
    }

    /** At the end of a text a pattern is at work too, and a text may be nothing but that. */
    @Test
    void textsWithoutCharactersAreNotJudgedForNothing() {
        String pattern = "(?:a|b|c|d*){480}x";
        for (Operator operator : List.of(Operator.REGEX, Operator.MATCHES)) {
            String test = "args.v[*] " + operator.word() + " \"" + pattern + "\"";
            assertThat(Judged.said(test, "{\"v\":[" + "\"\",".repeat(5_000) + "\"\"]}"))
                    .isEqualTo(Verdict.FALSE);
            assertThat(Judged.said(test, "{\"v\":[" + "\"\",".repeat(300_000) + "\"\"]}"))
                    .isEqualTo(Verdict.UNDECIDABLE);
        }
    }

    /** A test of elements matches as much text as one of a single text, but for an end of each, and not a character more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            args.v       | 0 | "v": "%s%s"
            args.v[*]    | 2 | "v": ["%s", "%s"]
            args.v[*].t  | 2 | "v": [{ "t": "%s" }, { "s": "not asked for", "t": "%s" }]
            args.v[*][1] | 2 | "v": [["not asked for", "%s"], ["", "%s"]]
            args.o.v[*]  | 2 | "o": { "v": ["%s", "%s"] }, "v": ["not asked for"]
            args.v[1][*] | 2 | "v": [["not asked for"], ["%s", "%s"]]
            args.v[*][*] | 3 | "v": [["%s"], [], ["", "%s"]]
            """)
    void textIsMatchedUpToTheBoundWhereverItLies(String path, int ends, String members) {
        String pattern = "a.{1000}b";
        int most = (int) Regex.of(pattern, false).mostCharacters() - ends;
        String some = "c".repeat(most / 3);
        String rest = "c".repeat(most - most / 3);
        String test = path + " regex \"" + pattern + "\" if_missing=true";

        assertThat(Judged.said(test, "{" + members.formatted(some, rest) + "}")).isEqualTo(Verdict.FALSE);
        assertThat(Judged.said(test, "{" + members.formatted(some, rest + "c") + "}"))
                .isEqualTo(Verdict.UNDECIDABLE);
    }

    @Test
    void noPairOfListsIsSlow() {
        String lists = "{\"v\":[" + "1,".repeat(200_000) + "1],\"w\":[" + "2,".repeat(200_000) + "2]}";
        String texts = "{\"v\":[" + ("\"" + "a".repeat(25) + "\",").repeat(17_000) + "\"a\"],\"w\":\""
                + "a".repeat(500_000) + "\"}";

        assertTimeoutPreemptively(QUICK, () -> {
            assertThat(Judged.said("args.v[*] in @args.w", lists)).isEqualTo(Verdict.FALSE);
            assertThat(Judged.said("args.v[*] not_in @args.w", lists)).isEqualTo(Verdict.TRUE);
            assertThat(Judged.said("args.v[*] contains @args.w", texts)).isEqualTo(Verdict.FALSE);
        });
    }

    /** Both are the agent's, where the operand is looked up. */
    @Test
    void noPairOfTextsIsSlow() {
        String text = "a".repeat(600_000);
        for (String part : List.of("a".repeat(300_000) + "b", "b" + "a".repeat(300_000), "ab".repeat(150_000))) {
            String both = "{\"v\":\"" + text + "\",\"w\":\"" + part + "\"}";
            assertTimeoutPreemptively(QUICK, () -> {
                assertThat(Judged.said("args.v contains @args.w", both)).isEqualTo(Verdict.FALSE);
                assertThat(Judged.said("args.v ends_with @args.w", both)).isEqualTo(Verdict.FALSE);
            });
        }
    }

    @Test
    void aLongPartIsFoundWhereverItStands() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 200; i++) {
            StringBuilder part = new StringBuilder();
            while (part.length() < 4_000)
                part.append("ab".repeat(random.nextInt(9))).append('a');
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(3); n >= 0; n--) text.append(part, 0, random.nextInt(part.length()));
            text.append(i % 2 == 0 ? part : part.substring(1)).append("ba".repeat(500));
            assertThat(Substrings.contains(text.toString(), part.toString()))
                    .isEqualTo(text.indexOf(part.toString()) >= 0);
        }
        String half = "ab".repeat(3_000);
        Map<String, Boolean> parts = Map.of(half, true, half + "c", false, "b" + half, true, half + "b", false);
        parts.forEach((part, held) ->
                assertThat(Substrings.contains("c" + half + half, part)).isEqualTo(held));
    }
}
