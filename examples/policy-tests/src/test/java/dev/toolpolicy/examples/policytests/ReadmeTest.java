package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what the files hold and the programs print. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final String POLICY = "src/main/resources/policies/payments.json";
    private static final String REJECTED = "src/test/resources/rejected/payments.json";

    static Stream<Path> snippets() {
        return Stream.of(
                Path.of(POLICY),
                Path.of(REJECTED),
                Path.of("src/test/java/dev/toolpolicy/examples/policytests/FirstMinute.java"));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void readmeShowsTheFile(Path file) throws IOException {
        assertThat(readme()).contains(shown(Files.readString(file)));
    }

    @Test
    void readmeShowsTheReport() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CheckPolicies.check(List.of(POLICY, REJECTED), new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(readme()).contains(printed.toString(StandardCharsets.UTF_8).replace('\\', '/'));
    }

    @Test
    void firstMinuteLoadsOnePolicyAndReportsTheOther() {
        assertThat(FirstMinute.load(Path.of(POLICY))).startsWith("running under policy ");
        assertThat(FirstMinute.load(Path.of(REJECTED))).contains("did you mean `require`?");
    }

    /** Of a program only what stands between its two marks. */
    private static String shown(String file) {
        int from = file.indexOf("// README from here\n");
        if (from < 0) return file;
        int to = file.indexOf("// README to here");
        // The last line's end would count as a line without an indent.
        String part = file.substring(from + "// README from here\n".length(), file.lastIndexOf('\n', to));
        return part.stripIndent() + "\n";
    }

    private static String readme() throws IOException {
        return Files.readString(README);
    }
}
