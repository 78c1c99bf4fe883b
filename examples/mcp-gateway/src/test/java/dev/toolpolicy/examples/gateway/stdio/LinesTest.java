package dev.toolpolicy.examples.gateway.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> lines(String text, int most) throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(UTF_8)), most);
        List<String> read = new ArrayList<>();
        byte[] line;
        while ((line = lines.next()) != null) read.add(line == Lines.TOO_LONG ? "<too long>" : new String(line, UTF_8));
        return read;
    }

    @Test
    void aLineEndsWithALineFeed() throws IOException {
        assertThat(lines("a\nb\r\nc\rd\ne", 10)).containsExactly("a", "b\r", "c\rd", "e");
    }

    @Test
    void blankLinesAreNone() throws IOException {
        assertThat(lines("\n\r\n \t\na\n\n", 10)).containsExactly("a");
        assertThat(lines("", 10)).isEmpty();
    }

    @Test
    void aLineIsAsLongAsItMayBeAndNoLonger() throws IOException {
        assertThat(lines("1234567890\n12345678901\n123\n", 10)).containsExactly("1234567890", "<too long>", "123");
        assertThat(lines("x".repeat(200_000) + "\na\n" + "y".repeat(200_000), 100_000))
                .containsExactly("<too long>", "a", "<too long>");
    }
}
