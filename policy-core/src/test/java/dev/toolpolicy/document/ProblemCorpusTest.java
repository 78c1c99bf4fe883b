package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Golden;
import dev.toolpolicy.document.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong document of the corpus beside the report that its author reads. */
class ProblemCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/problems");
    /** No small document has these; other tests do. */
    private static final Set<Code> ELSEWHERE =
            EnumSet.of(Code.UNREADABLE_FILE, Code.TOO_LARGE, Code.VALIDATOR_FAILED, Code.NOT_SERVED);

    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsRejectedWithThisReport(String name) throws IOException {
        ParseResult.Rejected rejected = parse(name);
        String report = rejected.report().replace(CORPUS.resolve(name).toString(), name);
        Golden.assertMatches(CORPUS.resolve(name.replace(".json", ".txt")), report);
        assertThat(rejected.problems()).isSorted();
    }

    @Test
    void everyCodeHasACase() throws IOException {
        Set<Code> seen = EnumSet.copyOf(ELSEWHERE);
        for (String name : documents()) parse(name).problems().forEach(problem -> seen.add(problem.code()));
        assertThat(seen).containsExactlyInAnyOrder(Code.values());
    }

    private static ParseResult.Rejected parse(String name) throws IOException {
        ParseResult result = FourWords.parserFor(name).parse(CORPUS.resolve(name));
        assertThat(result).as(name).isInstanceOf(ParseResult.Rejected.class);
        return (ParseResult.Rejected) result;
    }
}
