package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.analysis.PolicyLint;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.testing.PolicyCase;
import dev.toolpolicy.testing.PolicyCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what the files hold and the programs print. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final String POLICY = "src/main/resources/policies/payments.json";
    private static final String APPROVALS = "src/main/resources/policies/approvals.json";
    private static final String DOUBTFUL = "src/test/resources/doubtful/swaps.json";
    private static final String REJECTED = "src/test/resources/rejected/payments.json";

    static Stream<Path> snippets() {
        return Stream.of(
                Path.of(POLICY),
                Path.of(REJECTED),
                Path.of(DOUBTFUL),
                Path.of("src/main/java/dev/toolpolicy/examples/policytests/FirstMinute.java"),
                Path.of("src/main/java/dev/toolpolicy/examples/policytests/CountedCalls.java"),
                Path.of("src/main/java/dev/toolpolicy/examples/policytests/GuardedDispatcher.java"),
                Path.of(APPROVALS),
                Path.of("src/main/java/dev/toolpolicy/examples/policytests/AskedFirst.java"),
                Path.of("src/test/java/dev/toolpolicy/examples/policytests/PoliciesTest.java"),
                Path.of("src/test/java/dev/toolpolicy/examples/policytests/ApprovalsInCodeTest.java"));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void readmeShowsTheFile(Path file) throws IOException {
        assertThat(readme()).contains(shown(Files.readString(file)));
    }

    @Test
    void readmeShowsTheReport() throws IOException {
        assertThat(readme()).contains(printed(out -> CheckPolicies.check(List.of(REJECTED), out)));
    }

    @Test
    void readmeShowsTheFindings() throws IOException {
        PolicyDocument doubtful = PolicyDocument.read(Path.of(DOUBTFUL), PolicyParser.standard());
        assertThat(readme()).contains(PolicyLint.of(doubtful).report());
    }

    @Test
    void readmeHasARowForEveryFinding() throws IOException {
        String readme = readme();
        for (Finding.Code code : Finding.Code.values()) {
            String severity = code.severity().name().toLowerCase(Locale.ROOT);
            assertThat(readme).contains("| `" + code + "` | " + severity + " |");
        }
    }

    @Test
    void readmeShowsTheDecisions() throws IOException {
        assertThat(readme()).contains(printed(out -> FirstMinute.show(Path.of(POLICY), out)));
    }

    @Test
    void readmeShowsWhatBecomesOfAQuestion(@TempDir Path folder) throws IOException {
        assertThat(readme()).contains(printed(out -> AskedFirst.show(Path.of(APPROVALS), folder, out)));
    }

    @Test
    void readmeOfTheSchemasShowsTheFileTheProgramAndWhatItPrints() throws IOException {
        Path schema = Path.of("src/main/resources/policies/charges.json");
        assertThat(Files.readString(Path.of("../../policy-jsonschema/README.md")))
                .contains(Files.readString(schema))
                .contains(shown(Files.readString(
                        Path.of("src/main/java/dev/toolpolicy/examples/policytests/CheckedArguments.java"))))
                .contains(printed(out -> CheckedArguments.show(schema, out)));
    }

    @Test
    void casesOfTheReadmePass(@TempDir Path folder) throws IOException {
        String readme = readme();
        int from = readme.indexOf("{\n  \"$schema\": \"policy-cases.schema.json\"");
        assertThat(from).isPositive();
        Files.writeString(folder.resolve("readme.cases.json"), readme.substring(from, readme.indexOf("```", from)));
        Files.copy(Path.of(APPROVALS), folder.resolve("approvals.json"));
        assertThat(PolicyCases.in(folder).stream()).hasSize(3).allSatisfy(PolicyCase::run);
    }

    @Test
    void readmeOfThisModuleShowsTheTest() throws IOException {
        Path test = Path.of("src/test/java/dev/toolpolicy/examples/policytests/PoliciesTest.java");
        assertThat(Files.readString(Path.of("README.md"))).contains(shown(Files.readString(test)));
    }

    private static String printed(Consumer<PrintStream> program) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        program.accept(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
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
