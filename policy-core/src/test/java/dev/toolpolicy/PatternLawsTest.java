package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolpolicy.ToolPattern.Tie;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns against what they mean by definition: all small ones, with all the names that two of them could share. */
class PatternLawsTest {
    private static final List<ToolPattern> SMALL =
            words("ab*", 4).map(ToolPattern::new).toList();
    /** Two patterns of four characters, a star in each, share a name of six at most if they share any. */
    private static final List<String> NAMES = words("ab", 6).toList();

    @Test
    void matchesWhatItMeans() {
        for (ToolPattern pattern : SMALL) {
            for (String name : NAMES) {
                assertThat(pattern.matches(name)).as("%s, %s", pattern, name).isEqualTo(means(pattern.text(), name));
            }
        }
    }

    @Test
    void sharesANameIfThereIsOne() {
        for (ToolPattern one : SMALL) {
            for (ToolPattern other : SMALL) {
                assertThat(one.sharesNameWith(other)).as("%s, %s", one, other).isEqualTo(shareName(one, other));
            }
        }
    }

    @Test
    void tiesAreThoseOfEquallyManyLiteralsThatShareAName() {
        for (ToolPattern first : SMALL) {
            for (ToolPattern second : SMALL) {
                if (first.equals(second)) continue;
                boolean tie = !first.exact()
                        && !second.exact()
                        && first.literals() == second.literals()
                        && shareName(first, second);
                List<Tie> expected = tie ? List.of(new Tie(first, second)) : List.of();
                assertThat(ToolPattern.ties(List.of(first, second))).isEqualTo(expected);
            }
        }
    }

    @Test
    void tiesOfManyNameEachLaterPatternOnceWithTheFirstThatItTiesWith() {
        List<Tie> expected = new ArrayList<>();
        for (ToolPattern second : SMALL) {
            SMALL.stream()
                    .takeWhile(first -> !first.equals(second))
                    .filter(first -> !ToolPattern.ties(List.of(first, second)).isEmpty())
                    .findFirst()
                    .ifPresent(first -> expected.add(new Tie(first, second)));
        }
        assertThat(ToolPattern.ties(SMALL)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Where names are long the bound on them counts; so long ones are checked by the shortest name, worked out the plain way. */
    @Test
    void sharesNoNameThatWouldBeTooLong() {
        SplittableRandom random = new SplittableRandom(7);
        int shared = 0;
        for (int i = 0; i < 2_000; i++) {
            String one = longPattern(random);
            String other = longPattern(random);
            boolean expected = shortestShared(one, other) <= ToolPattern.MAX_LENGTH;
            assertThat(new ToolPattern(one).sharesNameWith(new ToolPattern(other)))
                    .as("%s, %s", one, other)
                    .isEqualTo(expected);
            if (expected) shared++;
        }
        assertThat(shared).isBetween(200, 1_800);
    }

    private static String longPattern(SplittableRandom random) {
        StringBuilder pattern = new StringBuilder("*");
        int literals = random.nextInt(50, 90);
        for (int i = 0; i < literals; i++) {
            // Long runs of one letter, so that the end of one pattern often lies upon the beginning of the other.
            pattern.append(random.nextInt(12) == 0 ? 'b' : 'a');
            if (random.nextInt(30) == 0 && pattern.chars().filter(c -> c == '*').count() < 6) pattern.append('*');
        }
        return pattern.append(random.nextBoolean() ? "*" : "").toString();
    }

    /** All pairs of rests, the shortest first: no pruning, no rows. */
    private static int shortestShared(String one, String other) {
        int[][] best = new int[one.length() + 1][other.length() + 1];
        for (int i = one.length(); i >= 0; i--) {
            for (int j = other.length(); j >= 0; j--) {
                boolean starI = i < one.length() && one.charAt(i) == '*';
                boolean starJ = j < other.length() && other.charAt(j) == '*';
                boolean letterI = i < one.length() && !starI;
                boolean letterJ = j < other.length() && !starJ;
                int least = i == one.length() && j == other.length() ? 0 : 1_000;
                if (starI) least = Math.min(least, best[i + 1][j]);
                if (starJ) least = Math.min(least, best[i][j + 1]);
                if (starI && letterJ) least = Math.min(least, best[i][j + 1] + 1);
                if (starJ && letterI) least = Math.min(least, best[i + 1][j] + 1);
                if (letterI && letterJ && one.charAt(i) == other.charAt(j))
                    least = Math.min(least, best[i + 1][j + 1] + 1);
                best[i][j] = least;
            }
        }
        return best[0][0];
    }

    @ParameterizedTest
    @CsvSource({"a,true,1", "a*,false,1", "*,false,0", "a.b-C_9,true,7", "********,false,0", "a*b*c,false,3"})
    void tellsWhetherItIsOneNameAndHowSpecificItIs(String text, boolean exact, int literals) {
        ToolPattern pattern = new ToolPattern(text);
        assertThat(pattern.exact()).isEqualTo(exact);
        assertThat(pattern.literals()).isEqualTo(literals);
        assertThat(pattern).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "é", "a?", "*********", "a\n", "ａ"})
    void isNothingButNamesAndStars(String text) {
        assertThat(ToolPattern.isLegal(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolPattern(text));
    }

    @Test
    void isAtMost128CharactersLong() {
        assertThat(ToolPattern.isLegal("*" + "a".repeat(127))).isTrue();
        assertThat(ToolPattern.isLegal("a".repeat(128))).isTrue();
        assertThat(ToolPattern.isLegal("a".repeat(129))).isFalse();
    }

    private static boolean shareName(ToolPattern one, ToolPattern other) {
        return NAMES.stream().anyMatch(name -> means(one.text(), name) && means(other.text(), name));
    }

    /** A star is nothing, or one character and then a star. */
    private static boolean means(String pattern, String name) {
        if (pattern.isEmpty()) return name.isEmpty();
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*')
            return means(rest, name) || (!name.isEmpty() && means(pattern, name.substring(1)));
        return !name.isEmpty() && pattern.charAt(0) == name.charAt(0) && means(rest, name.substring(1));
    }

    /** All words of these letters, from one letter up to so many. */
    private static Stream<String> words(String letters, int longest) {
        if (longest == 0) return Stream.empty();
        Stream<String> longer = words(letters, longest - 1)
                .filter(word -> word.length() == longest - 1)
                .flatMap(word -> letters.chars().mapToObj(letter -> word + (char) letter));
        Stream<String> single = longest == 1 ? letters.chars().mapToObj(Character::toString) : Stream.empty();
        return Stream.concat(words(letters, longest - 1), Stream.concat(single, longer));
    }
}
