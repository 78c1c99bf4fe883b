package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every good document of the corpus is a policy, and survives being written down again. */
class PolicyCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/policies");

    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsAPolicyAndItsCanonicalFormIsTheSame(String name) {
        Policy policy = FourWords.parserFor(name).parse(CORPUS.resolve(name)).orThrow();

        Policy again = FourWords.parserFor(name).parse(policy.toJson()).orThrow();

        assertThat(again).isEqualTo(policy);
        assertThat(again.digest()).isEqualTo(policy.digest());
        assertThat(again.toJson()).isEqualTo(policy.toJson());
    }
}
