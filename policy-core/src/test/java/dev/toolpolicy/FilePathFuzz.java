package dev.toolpolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Condition.Operator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A path on the first line, and a root on each of the others. */
class FilePathFuzz {
    static Stream<byte[]> paths() {
        return Fuzzing.seeds(
                () -> Alphabet.FILE_PATHS.stream().map(path -> (path + "\n/srv/data\nsrc\nC:/data").getBytes(UTF_8)));
    }

    @MethodSource("paths")
    @FuzzTest
    void aPathIsWithinItsRootsAsTheReferenceHasIt(byte[] input) {
        List<String> lines = List.of(new String(input, UTF_8).split("\n", -1));
        String path = lines.get(0);
        List<String> roots = lines.stream()
                .skip(1)
                .limit(20)
                .filter(root -> FilePath.plain(root).isPresent())
                .toList();
        // What ours is content with, the other must be able to read.
        for (String root : roots)
            assertThat(NaivePaths.within(root, List.of(root))).isEqualTo(Reference.Said.TRUE);
        if (roots.isEmpty()) return;
        Verdict said = Fuzzing.bounded(() -> Judged.said(Operator.PATH_WITHIN, roots, path));
        assertThat(said.name())
                .as("`%s` in %s", path, roots)
                .isEqualTo(NaivePaths.within(path, roots).name());
    }
}
