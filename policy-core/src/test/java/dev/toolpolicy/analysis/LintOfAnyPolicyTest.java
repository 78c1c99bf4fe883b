package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The linter reads every policy there is, and is done with a large one before its author looks up. */
class LintOfAnyPolicyTest {
    private static final Path POLICIES = Path.of("src/test/resources/policies");
    /** Against what is quadratic, which takes hours here; no measurement. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    static List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(POLICIES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyPolicyOfTheCorpusIsLintedAndEachFindingStandsInItsText(Path file) {
        PolicyDocument document = PolicyDocument.read(file, Lints.PARSER);
        ServerTools tools = ServerTools.parse("{\"tools\":[{\"name\":\"x\"},{\"name\":\"create_charge\"}]}");
        for (PolicyLint lint :
                List.of(PolicyLint.of(document), PolicyLint.of(document).against(tools))) {
            long lines = document.text().lines().count();
            assertThat(lint.findings()).allSatisfy(finding -> {
                assertThat((long) finding.line()).isBetween(1L, Math.max(1, lines));
                assertThat(finding.message()).isNotEmpty();
                assertThat(finding.hint()).isNotEmpty();
            });
            assertThat(lint.report()).endsWith("\n");
        }
    }

    @Test
    void tenThousandToolsWithRulesAreLintedInSeconds() {
        String rules = "{\"require\":[{\"path\":\"args.currency\",\"op\":\"in\",\"value\":[\"usd\",\"eur\"]}],"
                + "\"deny_if\":[{\"path\":\"args.amount\",\"op\":\"gt\",\"value\":10000}],"
                + "\"require_approval_if\":[{\"path\":\"args.amount\",\"op\":\"gt\",\"value\":500}],"
                + "\"rate_limit\":{\"max\":5,\"window\":60}}";
        String tools = listed(10_000, i -> "\"tool_" + i + "\":" + rules);
        String served =
                listed(10_000, i -> "{\"name\":\"tool_" + (i * 2) + "\",\"inputSchema\":{\"properties\":{\"a\":{}}}}");
        lintsInTime(
                "{\"version\":\"1\",\"default\":\"deny\",\"all_tools\":"
                        + rules.replace(",\"rate_limit\":{\"max\":5,\"window\":60}", "") + ",\"tools\":{" + tools
                        + "}}",
                "[" + served + "]");
    }

    @Test
    void aThousandPatternsBesideManyNamesAreLintedInSeconds() {
        String hide = listed(300, i -> "\"h" + i + "_*_x*\"");
        String groups = listed(
                300,
                i -> "{\"tools\":[\"t*" + i + "*\"],\"deny_if\":[{\"path\":\"args.a\",\"op\":\"eq\",\"value\":" + i
                        + "}]}");
        String patterns = listed(
                300,
                i -> "\"t_" + "x".repeat(i % 100) + "_" + i
                        + "*\":{\"require\":[{\"path\":\"args.b\",\"op\":\"eq\",\"value\":1}]}");
        String names = listed(9_000, i -> "\"t_" + i + "\":{}");
        lintsInTime(
                "{\"version\":\"1\",\"default\":\"deny\",\"hide\":[" + hide + "],\"groups\":[" + groups
                        + "],\"tools\":{" + patterns + "," + names + "}}",
                "[]");
    }

    @Test
    void manyRulesOfOneToolAreLintedInSeconds() {
        String rules = listed(20_000, i -> "{\"path\":\"args.a\",\"op\":\"gt\",\"value\":" + (i * 7919 % 20_000) + "}");
        String conditions =
                listed(20_000, i -> "{\"path\":\"args.a" + i % 90 + "\",\"op\":\"neq\",\"value\":" + i + "}");
        String values = listed(50_000, i -> "\"v" + i + "\"");
        lintsInTime(
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"t\":{\"deny_if\":[" + rules + ",{\"conditions\":["
                        + conditions + "]},{\"any_of\":[" + conditions + "]}],\"require\":["
                        + "{\"path\":\"args.v\",\"op\":\"in\",\"value\":[" + values + "]},"
                        + "{\"path\":\"args.v\",\"op\":\"not_in\",\"value\":[" + values + "]}]}}}",
                "[{\"name\":\"t\"}]");
    }

    @Test
    void nestedCombinationsAreLintedInSeconds() {
        String deep = "{\"path\":\"args.a\",\"op\":\"eq\",\"value\":1}";
        for (int i = 0; i < 25; i++) {
            String other = "{\"path\":\"args.a\",\"op\":\"eq\",\"value\":" + i + "}";
            deep = "{\"" + (i % 2 == 0 ? "any_of" : "all_of") + "\":[" + deep + "," + other + "," + other + "]}";
        }
        lintsInTime(
                "{\"version\":\"1\",\"default\":\"deny\",\"all_tools\":{\"deny_if\":[" + deep + "," + deep
                        + "]},\"tools\":{\"t\":{\"require\":[" + deep + "," + deep + "]}}}",
                "[]");
    }

    private static void lintsInTime(String policy, String tools) {
        PolicyDocument document;
        try {
            document = PolicyDocument.of("large", policy, Lints.PARSER);
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e.getMessage().lines().limit(6).collect(Collectors.joining("\n")));
        }
        ServerTools served = ServerTools.parse(tools);
        PolicyLint lint = PolicyLint.of(document).against(served);
        List<Finding> findings = assertTimeoutPreemptively(LONGEST, lint::findings);
        assertThat(lint.report().lines().count()).isEqualTo(findings.size() * 4L + 1);
    }

    private static String listed(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(","));
    }
}
