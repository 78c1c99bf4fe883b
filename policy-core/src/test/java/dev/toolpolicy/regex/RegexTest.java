package dev.toolpolicy.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is run and what is not, and about how much there is to run. */
class RegexTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[^",
                "[]",
                "[^]",
                "[a",
                "[a-",
                "[a-b",
                "[[:alpha:]",
                "[\\",
                "\\",
                "\\x",
                "\\x{",
                "\\x{}",
                "\\x{110000}",
                "\\x{00zz}",
                "\\p",
                "\\p{",
                "\\P{Nothing}",
                "(",
                "(a",
                ")",
                "(?",
                "(?i",
                "(?im",
                "(?s",
                "(?s:",
                "(?:a",
                "(?x)",
                "(?=a)",
                "(?P<n",
                "*",
                "a**",
                "a++",
                "a*+",
                "a?+",
                "(?>a)",
                "a{2,1}",
                "a{1001}",
                "\\1",
                "\\k<n>",
                "(?P=n)",
                "\\u0041",
                "\\Z",
                "(?m)a",
                "(?s:a)",
                "(?i-s)a",
                "(?ms)a",
            })
    void whatIsNoPatternIsRefusedWithAHint(String pattern) {
        assertThat(Regex.fault(pattern)).hasValueSatisfying(fault -> {
            assertThat(fault.message()).contains("expected");
            assertThat(fault.hint()).isNotEmpty();
        });
        assertThatIllegalArgumentException().isThrownBy(() -> Regex.of(pattern, false));
        assertThatIllegalArgumentException().isThrownBy(() -> Regex.of(pattern, true));
    }

    /** What looks like the beginning of something else, and is itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a{ a{",
                "a{} a{}",
                "a{x} a{x}",
                "a{,2} a{,2}",
                "[]] ]",
                "[^]] a",
                "[]a] a",
                "[a-] -",
                "[-a] -",
                "[[:x] :",
                "[\\]] ]",
                "\\Qa(b a(b",
                "\\Q[\\E] []",
                "(?i)\\x{41} a",
                "(?U)a+ a",
                "(?-i)a a",
                "(?:m) m",
                "(s) s",
                "(?P<m>s) s",
                "\\pL a",
                "\\p{Lu} A",
                "\\PL 1",
                "a{2} aa",
                "a{2,} aaa",
                "a{2,3} aaa",
            })
    void whatOnlyLooksLikeSomethingElseIsRun(String pattern, String text) {
        assertThat(Regex.fault(pattern)).isEmpty();
        assertThat(Regex.of(pattern, false).covers(text)).isTrue();
        assertThat(Regex.of(pattern, false)).hasToString(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(?=a) look-around",
                "(?!a) look-around",
                "(?<=a) look-around",
                "(?<!a) look-around",
                "(?>a) backtracks",
                "a++ backtracks",
                "a*+ backtracks",
                "a?+ backtracks",
                "(a)\\1 back-references",
                "\\k<n> back-references",
                "(?P=n) back-references",
                "\\u0041 \\x{41}",
                "\\p{Letter} \\p{L}",
                "\\P{Letter} \\p{L}",
                "a\\Z \\z",
                "a{2,1} {1,3}",
                "*a .*",
                "[z-a] backslash",
            })
    void theHintIsAboutWhatWasWritten(String pattern, String about) {
        assertThat(Regex.fault(pattern))
                .hasValueSatisfying(fault -> assertThat(fault.hint()).contains(about));
    }

    @Test
    void theFirstFlagThatIsNotReadIsNamed() {
        assertThat(Regex.fault("(?m)(?s)a"))
                .hasValueSatisfying(
                        fault -> assertThat(fault.message()).contains("(?m)").doesNotContain("(?s)"));
    }

    /** To the step, by what RE2/J itself says it has compiled. */
    @Test
    void whatIsJustSmallEnoughIsRunAndNothingLarger() {
        int more = 900;
        while (Pattern.compile(large(more)).programSize() < Regex.MAX_PROGRAM) more++;

        assertThat(Regex.fault(large(more))).isEmpty();
        assertThat(Regex.of(large(more), false).steps()).isEqualTo(Regex.MAX_PROGRAM);
        String tooLarge = large(more + 1);
        assertThat(Regex.fault(tooLarge))
                .hasValueSatisfying(
                        fault -> assertThat(fault.message()).contains("more than " + Regex.MAX_PROGRAM + " steps"));
        assertThatIllegalArgumentException().isThrownBy(() -> Regex.of(tooLarge, false));
    }

    private static String large(int more) {
        return "a{1000}b{" + more + "}";
    }

    @Test
    void aDotTakesALineFeedWhereThatIsChosen() {
        assertThat(Regex.of("a.b", false).covers("a\nb")).isFalse();
        assertThat(Regex.of("a.b", true).covers("a\nb")).isTrue();
        assertThat(Regex.of("a.b", true).found("xa\nbx")).isTrue();
        assertThat(Regex.of("a.b", false).found("xa\nbx")).isFalse();
    }

    /** Rough, but never far below what RE2 compiles it to: so many copies are made before anybody could count them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a 1",
                "abc 3",
                "a* 2",
                "[a-z] 1",
                "(a) 3",
                "a{3} 6",
                "a{3,} 6",
                "a{2,5} 10",
                "a{0} 2",
                "ab{3} 7",
                "(ab){3} 15",
                "((a{2}){3}){4} 96",
                "\\Qab 5",
                "\\Qab\\E 5",
                "\\d{3} 6",
                "\\pL 101",
                "a{ 2",
                "a{x} 4",
                "a{12345} 8",
                "a\\Qb\\E 5",
                "\\x41{3} 8",
                "[a:]b] 3",
                "[a-]b 2",
                "(?i)[\\x{2000}-\\x{2100}] 37",
                "a) 1",
                "(a 1",
            })
    void itIsKnownHowMuchAPatternCompilesToBeforeItIsCompiled(String pattern, long steps) {
        assertThat(Regex.steps(pattern)).isEqualTo(steps);
    }
}
