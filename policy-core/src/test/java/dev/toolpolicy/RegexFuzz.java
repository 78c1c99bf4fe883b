package dev.toolpolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.regex.Regex;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A pattern on the first line, and behind it the text that it is run on. */
class RegexFuzz {
    /** What means the same to the JDK, short enough that it comes to an end there. */
    private static final Pattern OF_BOTH = Pattern.compile("(?!.*\\(\\?)[ab.|*+?()^]{0,14}\\$?");

    private static final int LONGEST_FOR_THE_JDK = 12;

    static Stream<byte[]> expressions() {
        return Fuzzing.seeds(() -> Stream.concat(
                        Alphabet.EXPRESSIONS.stream(),
                        Stream.of(
                                "(a*)*b", "(?i)[k-s]", "[[:alpha:]]\\pN{2,3}", "(?P<n>x{1,9}){9}", "\\Q.\\E\\x{1F600}"))
                .map(pattern -> (pattern + "\nxy\nX").getBytes(UTF_8)));
    }

    @MethodSource("expressions")
    @FuzzTest
    void aPatternIsRefusedOrRunInTimeAndFindsWhatItMeans(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String pattern = lines[0];
        String text = lines.length > 1 ? lines[1] : "";
        Optional<Regex.Fault> fault = Fuzzing.bounded(() -> Regex.fault(pattern));
        if (fault.isPresent()) {
            assertThat(fault.get().message()).doesNotContain("internal", "stack", "Exception");
            return;
        }
        for (boolean dotTakesLineFeed : new boolean[] {false, true}) {
            Regex regex = Fuzzing.bounded(() -> Regex.of(pattern, dotTakesLineFeed));
            boolean found = Fuzzing.bounded(() -> regex.found(text));
            boolean covers = Fuzzing.bounded(() -> regex.covers(text));
            assertThat(found || !covers).isTrue();
            if (text.length() > LONGEST_FOR_THE_JDK || !OF_BOTH.matcher(pattern).matches()) continue;
            int flags = dotTakesLineFeed ? Pattern.DOTALL : Pattern.UNIX_LINES;
            Pattern same = Pattern.compile(pattern.replace("$", "\\z"), flags);
            assertThat(List.of(found, covers))
                    .isEqualTo(List.of(
                            same.matcher(text).find(), same.matcher(text).matches()));
        }
        // By the operators, which may know a shorter way.
        Regex asWritten = Regex.of(pattern, false);
        assertThat(Judged.said(Operator.REGEX, pattern, text)).isEqualTo(Verdict.of(asWritten.found(text)));
        assertThat(Judged.said(Operator.MATCHES, pattern, text)).isEqualTo(Verdict.of(asWritten.covers(text)));
    }
}
