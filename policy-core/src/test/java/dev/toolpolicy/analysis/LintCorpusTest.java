package dev.toolpolicy.analysis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Golden;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small policy for each idea of the linter, beside the report that its author reads; and the corpus of decisions. */
class LintCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/lint");
    private static final Path DECISIONS = Path.of("src/test/resources/decisions");

    static List<String> policies() throws IOException {
        return names(CORPUS).filter(name -> !name.endsWith(".tools.json")).toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void policyHasThisReport(String name) throws IOException {
        PolicyLint lint = lint(name);
        String report = lint.report().replace(CORPUS.resolve(name).toString(), name);
        Golden.assertMatches(CORPUS.resolve(name.replace(".json", ".txt")), report);
        assertThat(lint.findings()).isSorted();
        if (name.endsWith("-clean.json")) assertThat(lint.findings()).isEmpty();
    }

    @Test
    void everyCodeHasACase() throws IOException {
        Set<Finding.Code> seen = EnumSet.noneOf(Finding.Code.class);
        for (String name : policies()) lint(name).findings().forEach(finding -> seen.add(finding.code()));
        assertThat(seen).containsExactlyInAnyOrder(Finding.Code.values());
    }

    /** Each line of the golden file was read and judged: none of them is false. */
    @Test
    void whatIsFoundInTheCorpusOfDecisionsIsTrue() throws IOException {
        StringBuilder out = new StringBuilder();
        for (String name : names(DECISIONS).toList()) {
            Map<?, ?> file = (Map<?, ?>) JsonText.read(Files.readString(DECISIONS.resolve(name)), 1 << 20)
                    .value();
            if (file.containsKey("policy")) out.append(found(name, file.get("policy")));
            if (file.get("policies") instanceof Map<?, ?> policies) {
                policies.forEach((grant, policy) -> out.append(found(name + ", " + grant, policy)));
            }
        }
        Golden.assertMatches(CORPUS.resolve("corpus.txt"), out.toString());
    }

    private static String found(String name, Object policy) {
        PolicyDocument document = Lints.document(name, policy);
        return PolicyLint.of(document).findings().stream()
                .map(finding -> "  " + finding.pointer() + ": " + finding.message() + " [" + finding.code() + "]\n")
                .collect(joining("", name + "\n", ""));
    }

    private static PolicyLint lint(String name) throws IOException {
        PolicyLint lint = PolicyLint.of(PolicyDocument.read(CORPUS.resolve(name), Lints.PARSER));
        Path tools = CORPUS.resolve(name.replace(".json", ".tools.json"));
        return Files.exists(tools) ? lint.against(ServerTools.parse(Files.readString(tools))) : lint;
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
