package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.analysis.Finding.Severity;
import dev.toolpolicy.analysis.PolicyLint;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import dev.toolpolicy.testing.PolicyCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of a team: they decide as their cases say, the cases leave nothing out, and nothing in them is there by mistake. */
class PoliciesTest {
    // README from here
    private static final PolicyParser PARSER = PolicyParser.with(JsonSchema.validator());
    private static final Path CASES = Path.of("src/test/resources/policies");

    @TestFactory
    Stream<DynamicTest> policiesDecideAsTheirCasesSay() {
        return PolicyCases.in(CASES, PARSER).stream().map(c -> dynamicTest(c.name(), c.source(), c::run));
    }

    @Test
    void casesExerciseEveryRule() {
        PolicyCases.in(CASES, PARSER).coverage().requireAtLeast(100);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void nothingIsThereByMistake(Path policy) {
        PolicyLint lint = PolicyLint.of(PolicyDocument.read(policy, PARSER));
        assertThat(lint.findings()).as(lint.report()).noneMatch(PoliciesTest::matters);
    }
    // README to here

    private static boolean matters(Finding finding) {
        return finding.severity() != Severity.NOTE;
    }

    static List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/policies"))) {
            return files.sorted().toList();
        }
    }
}
