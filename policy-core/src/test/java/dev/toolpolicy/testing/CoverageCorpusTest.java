package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a policy has in it, its coverage is measured and told. */
class CoverageCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/policies");
    private static final List<String> ARGUMENTS = List.of(
            "{}", "{\"a\":1,\"amount\":5}", "{\"a\":\"x\",\"amount\":\"x\"}", "{\"a\":null,\"amount\":1000000}");

    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void callsOfEachToolAreMeasuredInEveryDocument(String name) throws IOException {
        PolicyDocument document = Measured.document(name, Files.readString(CORPUS.resolve(name)));
        Measured measured = Measured.in(Coverage.of(document), document);
        Coverage coverage = measured.coverage();
        int all = coverage.missed().size();

        measured.call("a_tool_that_nothing_else_is_called", "{}");
        for (String tool : tools(document)) ARGUMENTS.forEach(arguments -> measured.call(tool, arguments));

        int missed = coverage.missed().size();
        assertThat(missed).isLessThan(all);
        assertThat(coverage.percent()).isEqualTo(100.0 * (all - missed) / all);
        assertThat(coverage.report().lines().filter(line -> line.startsWith("  missed: ")))
                .hasSize(missed);
        assertThat(coverage.html().split("<li><span class=\"sign\">", -1)).hasSize(missed + 1);
        assertThat(coverage.missed())
                .isSortedAccordingTo((a, b) -> a.line() != b.line() ? a.line() - b.line() : a.column() - b.column());
    }

    /** A name that each pattern matches. */
    private static List<String> tools(PolicyDocument document) {
        List<ToolPattern> patterns = new ArrayList<>(document.policy().hide());
        patterns.addAll(document.policy().tools().keySet());
        document.policy().groups().forEach(group -> patterns.addAll(group.tools()));
        return patterns.stream()
                .map(pattern -> pattern.text().replace("*", "x"))
                .distinct()
                .toList();
    }
}
