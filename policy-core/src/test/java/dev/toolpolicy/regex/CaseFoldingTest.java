package dev.toolpolicy.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RE2/J goes from one case of a letter to the next until it is back; from some letters it never is: google/re2j#168. */
class CaseFoldingTest {
    private static final int MOST_CASES = 10;

    @Test
    void everyLetterThatWouldBeFoldedForEverIsRefusedHoweverItIsWritten() throws ReflectiveOperationException {
        List<Integer> endless = endless();
        // The day that this fails, RE2/J is mended, and RegexScan may forget about it.
        assertThat(endless).isNotEmpty();
        for (int letter : endless) {
            String hex = Integer.toHexString(letter);
            String before = Integer.toHexString(letter - 1);
            String after = Integer.toHexString(letter + 1);
            for (String form : List.of(
                    Character.toString(letter),
                    "\\x{" + hex + "}",
                    "\\x{00" + hex + "}",
                    "[" + Character.toString(letter) + "]",
                    "[^a\\x{" + hex + "}]",
                    "[]\\d\\x{" + before + "}-\\x{" + after + "}]",
                    "[[:alpha:]\\n-\\x{ffff}]",
                    "[]-\\x{ffff}]",
                    "\\" + Character.toString(letter),
                    "[\\" + Character.toString(letter) + "]",
                    "[^]-\\x{ffff}]",
                    "[--\\x{ffff}]",
                    "[\\d-" + Character.toString(letter) + "]",
                    "[\\pL-" + Character.toString(letter) + "]",
                    "[[:alpha:]-" + Character.toString(letter) + "]",
                    "[\\x41-" + Character.toString(letter) + "]",
                    "\\x{" + hex + "}{2,3}",
                    "\\Qa" + Character.toString(letter) + "\\E")) {
                assertThat(Regex.fault("(?i)" + form)).as(form).isPresent();
                assertThat(Regex.fault("a(b(?Ui:" + form + "))")).as(form).isPresent();
                assertThat(Regex.fault(form)).as(form).isEmpty();
            }
        }
    }

    /** The one look into RE2/J: to ask its public methods would be to wait for ever. */
    private static List<Integer> endless() throws ReflectiveOperationException {
        Method simpleFold = Class.forName("com.google.re2j.Unicode").getDeclaredMethod("simpleFold", int.class);
        simpleFold.setAccessible(true);
        List<Integer> endless = new ArrayList<>();
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            int other = letter;
            int cases = 0;
            do {
                other = (int) simpleFold.invoke(null, other);
            } while (other != letter && ++cases < MOST_CASES);
            if (other != letter) endless.add(letter);
        }
        return endless;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)[а-яё]+",
                "(?i)[\\x00-\\x{10FFFF}]",
                "(?i)[^\\x{2000}-\\x{10FFFF}]",
                "(?i)\\pL\\p{Greek}\\P{Lu}",
                "(?i)[\\d-\\x{2010}]",
                "(?i)[\\pL-\\x{2010}]",
                "(?i)[a-]\\x41\\Q[\\E",
                "[\\x{1C00}-\\x{1CFF}]",
                "\\(?i\\)ᲀ",
                "(?U)ᲀ",
                "(?i)[\\p{L}-\\x{2010}]",
                "(?i)[A-\\x{1044F}]"
            })
    void otherPatternsAreNotRefused(String pattern) {
        assertThat(Regex.fault(pattern)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i:ᲀ)",
                "(?Ui)ᲀ",
                "(?i)\\x41[ᲀ]}",
                "(?i)[\\x{1C80}-\\x{10FFFF}]",
                "(?i)[A-\\x{1C88}]",
                "(?i)[B-\\x{1044F}]",
                "(?i)[A-\\x{1044E}]"
            })
    void soAreThoseThatHideOne(String pattern) {
        assertThat(Regex.fault(pattern)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> Regex.of(pattern, false));
    }

    @Test
    void rangesThatAreFoldedAtLengthCountAsLongPatterns() {
        assertThat(Regex.fault("(?i)" + "[\\x{2000}-\\x{FFFF}]".repeat(3))).isEmpty();
        assertThat(Regex.fault("(?i)" + "[\\x{2000}-\\x{FFFF}]".repeat(45))).isPresent();
        assertThat(Regex.fault("[\\x{2000}-\\x{FFFF}]".repeat(45))).isEmpty();
    }
}
