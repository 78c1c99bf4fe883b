package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockYamlTest {
    /** Everything that is read, so that what is cut out of it or changed in it is near to being read. */
    static final String SAMPLE = """
            ---
            # the payments agent
            version: "1"   # a text, not a number
            description: >-
              what the payments agent
              may do

              and what not
            default: deny
            hide: [delete_customer, "drop_table", 'it''s']
            tools:
              create_charge:
                rules:
                  - name: "at most 500"
                    conditions:
                      - path: args.amount
                        op: lte
                        value: 50000
                      - {path: args.currency, op: in, value: [usd, "eur"]}
                    on_deny: |
                      At most 500.00,
                        in USD or EUR.
                  -
                    rate_limit: 5/hour
              "*":
                rules:
                - rate_limit: 60/minute
                - state:
                    counter: 'calls'
                    window: day
                    increment: 1.5
              list: {}
              read:
            """;

    @Test
    void readsNestedMappings() {
        assertRead("a:\n  b:\n    c: d\n  e: f\n", Map.of("a", Map.of("b", Map.of("c", "d"), "e", "f")));
    }

    @Test
    void readsSequencesBelowTheirKey() {
        assertRead("a:\n  - b\n  - c\n", Map.of("a", List.of("b", "c")));
    }

    @Test
    void readsSequencesAtTheColumnOfTheirKey() {
        assertRead("a:\n- b\n- c\nd: e\n", Map.of("a", List.of("b", "c"), "d", "e"));
    }

    @Test
    void readsMappingsThatBeginBehindADash() {
        assertRead(
                "a:\n  - b: c\n    d: e\n  -   f: g\n",
                Map.of("a", List.of(Map.of("b", "c", "d", "e"), Map.of("f", "g"))));
    }

    @Test
    void readsSequencesThatBeginBehindADash() {
        assertRead("a:\n- - b\n  - c\n- - d\n", Map.of("a", List.of(List.of("b", "c"), List.of("d"))));
    }

    @Test
    void readsWhatStandsOnTheNextLine() {
        assertRead("a:\n  b\nc:\n  - \n    d: e\n", Map.of("a", "b", "c", List.of(Map.of("d", "e"))));
    }

    @Test
    void readsPlainTexts() {
        assertRead(
                "a: b c\nd: http://x.y:80/#z\ne: f:g\nh: -i\nj: k#l\nm: it's\n",
                Map.of("a", "b c", "d", "http://x.y:80/#z", "e", "f:g", "h", "-i", "j", "k#l", "m", "it's"));
    }

    @Test
    void readsQuotedTexts() {
        assertRead("a: 'it''s: #'\n\"b\": \"c\\\"\\\\\\n\\u00e9\"\n", Map.of("a", "it's: #", "b", "c\"\\\n\u00e9"));
    }

    @Test
    void readsQuotedNumbersAsTexts() {
        assertRead("a: \"1\"\nb: 'true'\n1: c\n", Map.of("a", "1", "b", "true", "1", "c"));
    }

    @Test
    void readsNumbersExactly() {
        assertRead(
                "a: 1\nb: -20\nc: 0.10\nd: 1e3\ne: 9223372036854775808\nf: +5\ng: .5\n",
                Map.of(
                        "a", 1L,
                        "b", -20L,
                        "c", new BigDecimal("0.10"),
                        "d", new BigDecimal("1e3"),
                        "e", new BigInteger("9223372036854775808"),
                        "f", 5L,
                        "g", new BigDecimal(".5")));
    }

    @Test
    void readsBooleansAndNulls() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", true);
        expected.put("b", false);
        expected.put("c", null);
        expected.put("d", null);
        expected.put("e", null);
        expected.put("f", "yes");
        assertRead("a: true\nb: False\nc: null\nd: ~\ne:\nf: yes\n", expected);
    }

    @Test
    void readsSequencesInBrackets() {
        assertRead(
                "a: [b, \"c\", 3, -1.5, [d], {e: f}, ]\ng: []\n",
                Map.of(
                        "a",
                        List.of("b", "c", 3L, new BigDecimal("-1.5"), List.of("d"), Map.of("e", "f")),
                        "g",
                        List.of()));
    }

    @Test
    void readsMappingsInBraces() {
        assertRead(
                "a: {b: 1, \"c\":2, 'd' : [e]}\nf: {}\n",
                Map.of("a", Map.of("b", 1L, "c", 2L, "d", List.of("e")), "f", Map.of()));
    }

    @Test
    void leavesOutCommentsAndEmptyLines() {
        assertRead("# a\n\na: b # c\n  # d\n\n  \ne: 'f'   # g\n", Map.of("a", "b", "e", "f"));
    }

    @Test
    void readsTextsOfSeveralLines() {
        assertRead("a: |\n  b\n    c\n\n  # d\ne: |-  # f\n    g\n\n", Map.of("a", "b\n  c\n\n# d\n", "e", "g"));
    }

    @Test
    void readsFoldedTexts() {
        assertRead(
                "a: >\n  b\n  c\n\n  d\n    e\n  f\n\ng: >-\n\n  h\n  i\n",
                Map.of("a", "b c\nd\n  e\nf\n", "g", "\nh i"));
    }

    @Test
    void readsTextsOfNoLines() {
        assertRead("a: |\nb: >-\n\nc: d\n", Map.of("a", "", "b", "", "c", "d"));
    }

    @Test
    void readsTheLineBreaksOfEverySystem() {
        assertRead("a:\r\n  b: c\r\n  d: |\r\n    e\r\n    f\r\n", Map.of("a", Map.of("b", "c", "d", "e\nf\n")));
        assertRead("a: b\rc: d", Map.of("a", "b", "c", "d"));
    }

    @Test
    void readsASampleOfAll() {
        assertThat(BlockYaml.read(SAMPLE).map(ProxyDialect::pretty)).contains("""
                        {
                          "version": "1",
                          "description": "what the payments agent may do\\nand what not",
                          "default": "deny",
                          "hide": ["delete_customer", "drop_table", "it's"],
                          "tools": {
                            "create_charge": {
                              "rules": [
                                {
                                  "name": "at most 500",
                                  "conditions": [
                                    {"path": "args.amount", "op": "lte", "value": 50000},
                                    {"path": "args.currency", "op": "in", "value": ["usd", "eur"]}
                                  ],
                                  "on_deny": "At most 500.00,\\n  in USD or EUR.\\n"
                                },
                                {"rate_limit": "5/hour"}
                              ]
                            },
                            "*": {
                              "rules": [
                                {"rate_limit": "60/minute"},
                                {
                                  "state": {"counter": "calls", "window": "day", "increment": 1.5}
                                }
                              ]
                            },
                            "list": {},
                            "read": null
                          }
                        }""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n# only a comment\n",
                "just text",
                "- a\n- b\n",
                "{a: b}",
                "[a]",
                "a: &x b\n",
                "a: *x\n",
                "*x : a\n",
                "a: !!str b\n",
                "!!map\na: b\n",
                "<<: b\n",
                "a:\n  <<: {b: c}\n",
                "\ta: b\n",
                "a:\n\tb: c\n",
                "a:\n  \tb: c\n",
                "a:\tb\n",
                "a: b\t# c\n",
                "a: b\n---\nc: d\n",
                "a: b\n...\n",
                "--- a: b\n",
                "%YAML 1.2\n---\na: b\n",
                "a: b\n  c\n",
                "a: \"b\n  c\"\n",
                "a: [b,\n  c]\n",
                "a: b\na: c\n",
                "a: {b: 1, b: 2}\n",
                "a: b: c\n",
                "a: - b\n",
                "a: [b\n",
                "a: [b c: d]\n",
                "a: {b}\n",
                "a: 'b\n",
                "a: 'b' c\n",
                "a: 'b'#c\n",
                "a: \"\\q\"\n",
                "a: \"\\u12\"\n",
                "a: \"\\ud800\"\n",
                "a: |2\n   b\n",
                "a: |+\n  b\n",
                "a: @b\n",
                "a: `b`\n",
                "a: %b\n",
                "? a\n: b\n",
                "a:\n    b: c\n  d: e\n",
                "  a: b\nc: d\n",
                "a:\n  b: c\n  - d\n",
                "a:\n  - b\n  c: d\n",
                "a: b\n- c\n",
                "a: 010\n",
                "a: 0x1F\n",
                "a: 0o17\n",
                "a: 1_000\n",
                "a: .inf\n",
                "a: .nan\n",
                "a: 1e1001\n",
                "a: b\u0000\n",
                "a: b\u0085c: d\n",
                "a: b\u2028c: d\n",
                "\uFEFFa: b\n",
                "a: \uD800\n"
            })
    void readsNothingElse(String text) {
        assertThat(BlockYaml.read(text)).isEmpty();
    }

    @Test
    void readsNoNumberThatIsTooLong() {
        assertThat(BlockYaml.read("a: " + "1".repeat(1000))).isPresent();
        assertThat(BlockYaml.read("a: " + "1".repeat(1001))).isEmpty();
        assertThat(BlockYaml.read("a: 1." + "1".repeat(1001))).isEmpty();
    }

    @Test
    void readsSixtyFourLevelsAndNoMore() {
        assertThat(BlockYaml.read("a: " + "[".repeat(63) + "]".repeat(63))).isPresent();
        assertThat(BlockYaml.read("a: " + "[".repeat(64) + "]".repeat(64))).isEmpty();
        assertThat(BlockYaml.read("a:\n" + "- ".repeat(63) + "b")).isPresent();
        assertThat(BlockYaml.read("a:\n" + "- ".repeat(64) + "b")).isEmpty();
        assertThat(BlockYaml.read(nestedMappings(64))).isPresent();
        assertThat(BlockYaml.read(nestedMappings(65))).isEmpty();
    }

    private static String nestedMappings(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.toString();
    }

    @Test
    void readsNoTextOverOneMebibyte() {
        assertThat(BlockYaml.read("a: " + "b".repeat((1 << 20) - 3))).isPresent();
        assertThat(BlockYaml.read("a: " + "b".repeat((1 << 20) - 2))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void readsLongTextsInNoTime(String beginning, String part) {
        String text = beginning + part.repeat((1 << 18) / part.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> BlockYaml.read(text));
    }

    static List<Arguments> longTexts() {
        List<Arguments> texts = new ArrayList<>();
        for (String part :
                List.of("- ", "[", "{", "{a: ", "a", "a: ", " ", "\n", "#", "'", "\"", "\\", "1", "1_", ": ", "1.")) {
            for (String beginning : List.of("", "a: ", "a: \"", "a: [", "a:\n" + "- ".repeat(60))) {
                texts.add(Arguments.of(beginning, part));
            }
        }
        for (String line : List.of("a: |\n", "- a\n", "-\n", "a: b\n", "  \n", " a: >\n\n", "- |\n", "b\n\n")) {
            for (String beginning : List.of("", "a:\n", "a: |\n", "a: >\n ")) {
                texts.add(Arguments.of(beginning, line));
            }
        }
        return texts;
    }

    @Test
    void neverThrowsOnAnyPrefix() {
        for (int end = 0; end <= SAMPLE.length(); end++) {
            assertThat(BlockYaml.read(SAMPLE.substring(0, end))).isNotNull();
        }
    }

    @Test
    void neverThrowsOnAnyChange() {
        SplittableRandom random = new SplittableRandom(20261121);
        int read = 0;
        for (int run = 0; run < 5_000; run++) {
            read += BlockYaml.read(changed(SAMPLE, random)).isPresent() ? 1 : 0;
        }
        // changes that were never, or always, readable would test nothing
        assertThat(read).isBetween(500, 4_500);
    }

    static String changed(String text, SplittableRandom random) {
        StringBuilder changed = new StringBuilder(text);
        String signs = ":-?#,[]{}\"'|>&*!% \t\n\r\\~@`.019aex_+<=\u0000\u0085\uD800\uFEFF";
        for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
            int at = random.nextInt(changed.length() + 1);
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(30));
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(at, signs.charAt(random.nextInt(signs.length())));
                case 1 -> changed.delete(from, to);
                default -> changed.insert(at, changed.substring(from, to));
            }
        }
        return changed.toString();
    }

    private static void assertRead(String text, Map<String, Object> expected) {
        assertThat(BlockYaml.read(text)).contains(expected);
    }
}
