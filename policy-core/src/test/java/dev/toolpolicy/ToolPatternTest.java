package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a pattern is for, and which only look like one of them. */
final class ToolPatternTest {
    @ParameterizedTest
    @CsvSource({
        "delete_*, delete_all, true, true",
        "delete_*, delete_, true, true",
        "delete_*, delete, false, false",
        "delete_*, DELETE_ALL, false, true",
        "delete_*, delete-all, false, true",
        "delete_*, Delete.All, false, true",
        "delete_*, xdelete_all, false, false",
        "*, anything, true, true",
        "**, a, true, true",
        "*_all, delete.ALL, false, true",
        "a*b*c, A-b-C, false, true",
        "a*b*c, acb, false, false",
        "a*b*c, abc, true, true",
        "a.b, a.b, true, true",
        "a.b, a-b, false, true",
        "a.b, axb, false, false",
        "a*, b, false, false",
        "*a, A, false, true",
        "*.*, a, false, false",
        "*.*, _, false, true"
    })
    void aNameMatchesOrOnlyResembles(String pattern, String name, boolean matches, boolean resembles) {
        assertThat(new ToolPattern(pattern).matches(name)).isEqualTo(matches);
        assertThat(new ToolPattern(pattern).resembles(name)).isEqualTo(resembles);
    }

    /** By another matcher: that of the JDK, with both texts folded. */
    @Test
    void itMatchesAndResemblesAsARegularExpressionWould() {
        SplittableRandom random = new SplittableRandom(11);
        int resembled = 0;
        for (int i = 0; i < 50_000; i++) {
            String pattern = text(random, "aAb_.*", 7);
            String name = text(random, "aAbB_.-", 9);
            if (!ToolPattern.isLegal(pattern)) continue;
            ToolPattern tool = new ToolPattern(pattern);
            assertThat(tool.matches(name)).as("%s %s", pattern, name).isEqualTo(matches(pattern, name));
            boolean resembles = matches(folded(pattern), folded(name));
            assertThat(tool.resembles(name)).as("%s %s", pattern, name).isEqualTo(resembles);
            if (resembles) resembled++;
        }
        assertThat(resembled).isGreaterThan(2_000);
    }

    /** The same where the literals fill the first word of the matcher's bits, and reach into the second. */
    @Test
    void manyLiteralsAreMatchedAsFewAre() {
        SplittableRandom random = new SplittableRandom(12);
        int matched = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int literals = random.nextInt(60, 120); literals > 0; literals--) pattern.append(letter(random));
            for (int stars = random.nextInt(1, 4); stars > 0; stars--)
                pattern.insert(random.nextInt(pattern.length() + 1), '*');
            StringBuilder name = new StringBuilder();
            for (char c : pattern.toString().toCharArray()) {
                if (c != '*') name.append(c);
                else if (random.nextBoolean()) name.append(letter(random)).append(letter(random));
            }
            if (random.nextBoolean()) name.setCharAt(random.nextInt(name.length()), letter(random));
            boolean matches = matches(pattern.toString(), name.toString());
            ToolPattern tool = new ToolPattern(pattern.toString());
            assertThat(tool.matches(name.toString())).as("%s %s", pattern, name).isEqualTo(matches);
            assertThat(tool.resembles(name.toString()))
                    .as("%s %s", pattern, name)
                    .isEqualTo(matches);
            if (matches) matched++;
        }
        assertThat(matched).isBetween(1_000, 4_500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 127, 128})
    void anExactNameOfAnyLengthIsResembled(int length) {
        ToolPattern name = new ToolPattern("a".repeat(length));

        assertThat(name.resembles("A".repeat(length))).isTrue();
        assertThat(name.resembles("A".repeat(length - 1) + "b")).isFalse();
        assertThat(name.resembles("A".repeat(length - 1))).isFalse();
    }

    private static char letter(SplittableRandom random) {
        return "abc".charAt(random.nextInt(3));
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches(pattern.replace(".", "\\.").replace("*", ".*"), name);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static String text(SplittableRandom random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most) + 1; n > 0; n--)
            text.append(letters.charAt(random.nextInt(letters.length())));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212aey", "\u017f", "\u0131", "caf\u00e9", "a b", "a\n", ""})
    void whatIsNoNameIsNoPattern(String text) {
        assertThat(ToolPattern.isLegal(text)).isFalse();
        assertThat(ToolPattern.isName(text)).isFalse();
    }

    @Test
    void theLongestNamesAreMatchedQuickly() {
        ToolPattern stars = new ToolPattern("a*".repeat(8) + "b");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 10_000; i++)
                assertThat(stars.resembles("a".repeat(128))).isFalse();
        });
        assertThat(ToolPattern.isLegal("*".repeat(8))).isTrue();
        assertThat(ToolPattern.isLegal("*".repeat(9))).isFalse();
        assertThat(ToolPattern.isLegal("a".repeat(129))).isFalse();
    }
}
