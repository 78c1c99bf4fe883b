package dev.toolpolicy.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
                "a) 1",
                "(a 1",
            })
    void itIsKnownHowMuchAPatternCompilesToBeforeItIsCompiled(String pattern, long steps) {
        assertThat(Regex.steps(pattern)).isEqualTo(steps);
    }
}
