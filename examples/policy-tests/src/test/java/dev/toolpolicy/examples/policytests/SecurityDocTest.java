package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What SECURITY.md names as a proof is there, and is a test. */
class SecurityDocTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path CORPUS = ROOT.resolve("policy-core/src/test/resources");
    private static final Pattern METHOD = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CORPUS_FILE = Pattern.compile("`(decisions/[\\w-]+\\.json)`");
    private static final Pattern THREAT = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| (.+) \\|$");

    private static List<Path> sources = List.of();

    @BeforeAll
    static void findTheTests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.toString().contains("src/test/java/") && Files.isRegularFile(file))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodIsATest(String testClass, String method) throws IOException {
        // An annotation that runs it, others, which may take several lines, and the method: never a line of another
        // method.
        Pattern test = Pattern.compile("(?m)^    @(?:Test|ParameterizedTest|RepeatedTest\\(\\d+\\)|TestFactory)\n"
                + "(?:    [@ ].*\n)*    [^@ \n].*\\b" + method + "\\(");
        List<Path> holders = new ArrayList<>();
        for (Path source : sources) {
            if (source.endsWith(testClass + ".java")
                    && test.matcher(Files.readString(source)).find()) holders.add(source);
        }
        assertThat(holders).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("corpusFiles")
    void fileOfTheCorpusIsThere(String name) {
        assertThat(CORPUS.resolve(name)).isRegularFile();
    }

    @Test
    void everyThreatHasAProof() throws IOException {
        List<String> numbers = new ArrayList<>();
        THREAT.matcher(security()).results().forEach(row -> {
            numbers.add(row.group(1));
            assertThat(row.group(2)).as("threat %s", row.group(1)).matches("`[^`]+`( `[^`]+`)*");
            assertThat(named(row.group(2))).as("threat %s", row.group(1)).isPositive();
        });
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 25).mapToObj(Integer::toString).toList());
    }

    private static long named(String proofs) {
        return METHOD.matcher(proofs).results().count()
                + CORPUS_FILE.matcher(proofs).results().count();
    }

    static Stream<Arguments> methods() throws IOException {
        return METHOD.matcher(security()).results().map(named -> Arguments.of(named.group(1), named.group(2)));
    }

    static Stream<String> corpusFiles() throws IOException {
        return CORPUS_FILE.matcher(security()).results().map(named -> named.group(1));
    }

    private static String security() throws IOException {
        return Files.readString(ROOT.resolve("SECURITY.md"));
    }
}
