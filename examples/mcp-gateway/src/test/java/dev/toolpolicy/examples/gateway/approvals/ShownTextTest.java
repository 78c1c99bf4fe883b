package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.examples.gateway.approvals.ShownText.Letters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShownTextTest {
    private static final Identity WHO = Identity.of("g");

    private static String shown(String text, Letters letters) {
        return ShownText.written(text, letters, run -> run, run -> run);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    plain text           | 70 6c 61 69 6e                | plain
                    line feed            | 61 a 62                       | a\\u000ab
                    carriage return      | 61 d 62                       | a\\u000db
                    escape, terminals    | 1b 5b 32 4a                   | \\u001b[2J
                    one-byte CSI         | 9b 32 4a                      | \\u009b2J
                    delete               | 61 7f                         | a\\u007f
                    null                 | 0 61                          | \\u0000a
                    right-to-left change | 61 202e 62                    | a\\u202eb
                    isolate              | 2066 61 2069                  | \\u2066a\\u2069
                    arabic letter mark   | 61c 61                        | \\u061ca
                    zero width space     | 61 200b 62                    | a\\u200bb
                    zero width joiner    | 61 200d 62                    | a\\u200db
                    word joiner          | 61 2060 62                    | a\\u2060b
                    byte order mark      | feff 61                       | \\ufeffa
                    soft hyphen          | 61 ad 62                      | a\\u00adb
                    no-break space       | 61 a0 62                      | a\\u00a0b
                    ideographic space    | 61 3000 62                    | a\\u3000b
                    line separator       | 61 2028 62                    | a\\u2028b
                    Hangul filler        | 61 3164 62                    | a\\u3164b
                    empty Braille        | 61 2800 62                    | a\\u2800b
                    variation selector   | 61 fe0f                       | a\\ufe0f
                    tag letter           | 61 e0041                      | a\\udb40\\udc41
                    private use          | e000                          | \\ue000
                    unassigned           | 378                           | \\u0378
                    struck out           | 6e 336 6f 336                 | n\\u0336o\\u0336
                    three marks          | 61 301 302 303 62             | a\u0301\u0302\\u0303b
                    mark on nothing      | 3a 301                        | :\\u0301
                    Cyrillic             | 440 430                       | \u0440\u0430
                    emoji                | 1f600                         | \ud83d\ude00
                    """)
    void whatCannotBeSeenIsWrittenOut(String name, String signs, String expected) {
        StringBuilder text = new StringBuilder();
        for (String sign : signs.split(" ", -1)) text.appendCodePoint(Integer.parseInt(sign, 16));
        assertThat(shown(text.toString(), Letters.ALL)).isEqualTo(expected);
    }

    @Test
    void anAsciiTextIsPrintableAsciiWhateverItWas() {
        for (int sign = 0; sign <= Character.MAX_CODE_POINT; sign++)
            assertThat(ShownText.ascii(Character.toString(sign)))
                    .matches(text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'));
    }

    @Test
    void aTerminalIsGivenNothingThatMovesOtherLetters() {
        assertThat(ShownText.leftToRight("\u05d0 1 \u0627 \u0661 \u00fc \u202e"))
                .isEqualTo("\\u05d0 1 \\u0627 \\u0661 \u00fc \\u202e");
    }

    @Test
    void aQuotedTextHasOneReading() {
        assertThat(ShownText.quoted("a\" (rule \"b\\u202e")).isEqualTo("\"a\\\" (rule \\\"b\\\\u202e\"");
    }

    /** What is shown is JSON too, and the same as what will run. */
    @ParameterizedTest
    @EnumSource
    void everyCharacterKeepsItsMeaning(Letters letters) {
        for (int block = 0; block <= Character.MAX_CODE_POINT; block += 0x1000) {
            StringBuilder text = new StringBuilder();
            for (int sign = block; sign < block + 0x1000; sign++)
                if (sign < Character.MIN_SURROGATE || sign > Character.MAX_SURROGATE) text.appendCodePoint(sign);
            ToolCall call = ToolCall.of(WHO, "t", Map.of(text.toString(), text.toString()));
            String shown = PrettyArguments.of(call.argumentsJson(), string -> shown(string, letters));
            assertThat(ToolCall.parse(WHO, "t", shown).digest()).isEqualTo(call.digest());
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void argumentsOverSeveralLinesAreTheSameArguments(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ToolCall call = ToolCall.of(WHO, "t", Map.of("a", value(random, 5), "b", value(random, 5)));
        String pretty = PrettyArguments.of(call.argumentsJson(), UnaryOperator.identity());
        assertThat(ToolCall.parse(WHO, "t", pretty).digest()).isEqualTo(call.digest());
    }

    @Test
    void everyMemberAndElementHasALine() {
        assertThat(PrettyArguments.of("{\"a\":[1,{\"b\":\"],{:\\\"\"}],\"c\":{},\"d\":[]}", UnaryOperator.identity()))
                .isEqualTo("""
                        {
                          "a": [
                            1,
                            {
                              "b": "],{:\\\""
                            }
                          ],
                          "c": {},
                          "d": []
                        }""");
    }

    private static Object value(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth > 0 ? 6 : 4);
        if (kind == 0) return random.nextLong();
        if (kind == 1) return new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30));
        if (kind == 2) return random.nextBoolean();
        if (kind == 3) return new String[] {"", "\"", "\\", "\\\"", "{", "],", ": ", "\n"}[random.nextInt(8)];
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) values.add(value(random, depth - 1));
        if (kind == 4) return values;
        Map<String, Object> members = new LinkedHashMap<>();
        for (Object value : values) members.put("k\"" + members.size() + "\\", value);
        return members;
    }
}
