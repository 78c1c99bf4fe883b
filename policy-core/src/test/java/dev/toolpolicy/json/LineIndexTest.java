package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LineIndexTest {
    @Test
    void linesAndColumnsAreCountedFromOne() {
        assertPlaces("", "1:1");
        assertPlaces("ab", "1:1 1:2 1:3");
    }

    @Test
    void everyKindOfLineEndEndsOneLine() {
        assertPlaces("a\nb", "1:1 1:2 2:1 2:2");
        assertPlaces("a\rb", "1:1 1:2 2:1 2:2");
        assertPlaces("a\r\nb", "1:1 1:2 1:3 2:1 2:2");
        assertPlaces("\n\r\n\r\r\n", "1:1 2:1 2:2 3:1 4:1 4:2 5:1");
        assertPlaces("\n\r", "1:1 2:1 3:1");
    }

    @Test
    void nothingElseEndsALine() {
        assertPlaces("\u000B\f\u0085\u2028\u2029x", "1:1 1:2 1:3 1:4 1:5 1:6 1:7");
    }

    @Test
    void aColumnIsACharacterHoweverManyUnitsItTakes() {
        LineIndex lines = new LineIndex("é🎲€🎲\n🎲x");
        int[] offsets = {0, 1, 3, 4, 6, 7, 9, 10};
        String[] expected = {"1:1", "1:2", "1:3", "1:4", "1:5", "2:1", "2:2", "2:3"};
        for (int i = 0; i < offsets.length; i++)
            assertThat(place(lines, offsets[i])).isEqualTo(expected[i]);
    }

    @Test
    void anOffsetBehindTheEndIsTheEnd() {
        assertThat(place(new LineIndex("a\nbc"), 99)).isEqualTo("2:3");
    }

    @Test
    void offsetsMayBeAskedForInAnyOrder() {
        String text = "{\r\n\"é\":\"🎲\",\r\r\n  \"b\":\n[1,2]\n}\r";
        LineIndex lines = new LineIndex(text);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            int at = random.nextInt(text.length() + 3);
            assertThat(place(lines, at)).as("offset %s", at).isEqualTo(place(new LineIndex(text), at));
        }
        for (int at = text.length(); at >= 0; at--) {
            assertThat(place(lines, at)).as("offset %s", at).isEqualTo(place(new LineIndex(text), at));
        }
    }

    private static void assertPlaces(String text, String places) {
        LineIndex lines = new LineIndex(text);
        StringBuilder found = new StringBuilder();
        for (int at = 0; at <= text.length(); at++) found.append(' ').append(place(lines, at));
        assertThat(found.substring(1)).isEqualTo(places);
    }

    private static String place(LineIndex lines, int at) {
        // The column first: it must not hang on the line having been asked for.
        int column = lines.column(at);
        return lines.line(at) + ":" + column;
    }
}
