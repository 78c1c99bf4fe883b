package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.Condition.Operator;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code path_within} keeps its promise, against what is published and against the JDK. */
final class FilePathTest {
    static Stream<Judged.Row> rows() {
        return Judged.table("path_within.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aPathIsWithinARootOrNotOrCannotBeJudged(Judged.Row row) {
        assertThat(Judged.said(Operator.PATH_WITHIN, Judged.json(row.left()), Judged.json(row.right())))
                .isEqualTo(row.verdict());
    }

    @Test
    void noControlCharacterIsPlainWhereverItStands() {
        for (char c = 0; c < 0xA0; c++) {
            if (c >= ' ' && c < 0x7F) continue;
            for (String path : List.of(c + "/data", "/data/" + c, "/data/a" + c + "b", "/da" + c + "ta"))
                assertThat(FilePath.plain(path)).as("%04x", (int) c).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/", "../", "./", "/", "a/../", "~/", " /", "%2", "aa"})
    void longPathsAreJudgedQuickly(String piece) {
        String path = "/data/" + piece.repeat(500_000 / piece.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Judged.said(Operator.PATH_WITHIN, "/data", path))
                        .isEqualTo(piece.equals("../") ? Verdict.UNDECIDABLE : Verdict.TRUE));
    }

    @Test
    void thousandsOfFoldersUpAndDownComeToWhereTheyBegan() {
        String deep = "/data" + "/a".repeat(10_000);
        assertThat(within("/data", deep + "/..".repeat(10_000))).isTrue();
        assertThat(within("/data", deep + "/..".repeat(10_001))).isFalse();
        assertThat(FilePath.plain(deep + "/..".repeat(10_002))).isEmpty();
        assertThat(within(deep, deep + "/b")).isTrue();
        assertThat(within(deep, deep + "/..")).isFalse();
    }

    /** On a file system without links, what the JDK normalises a path to is where it leads. */
    @Test
    void plainPathsComeToWhatTheJdkNormalisesThemTo() {
        assumeTrue(FileSystems.getDefault().getSeparator().equals("/"));
        String[] pieces = {"a", "b", ".", "/", "/", "..", "..", " "};
        SplittableRandom random = new SplittableRandom(2);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = randomText(random, pieces, 12);
            Optional<FilePath> path = FilePath.plain(text);
            assertThat(path.isPresent()).as("`%s`", text).isEqualTo(shouldBePlain(text));
            if (path.isEmpty()) continue;
            plain++;
            Path normal = Path.of(text).normalize();
            boolean absolute = path.get().kind() == FilePath.Kind.ABSOLUTE;
            assertThat((absolute ? "/" : "") + String.join("/", path.get().segments()))
                    .isEqualTo(normal.toString());
            String root = randomText(random, pieces, 3);
            if (FilePath.plain(root).isEmpty()) continue;
            Path normalRoot = Path.of(root).normalize();
            boolean below = normal.isAbsolute() == normalRoot.isAbsolute()
                    && (normalRoot.toString().isEmpty() || normal.startsWith(normalRoot));
            assertThat(within(root, text)).as("`%s` in `%s`", text, root).isEqualTo(below);
        }
        assertThat(plain).isGreaterThan(50_000);
    }

    /** By the JDK again: put below a folder, no beginning of the path leaves it. */
    private static boolean shouldBePlain(String text) {
        if (text.isEmpty() || text.startsWith("//")) return false;
        for (int end = 0; end <= text.length(); end++) {
            if (end < text.length() && text.charAt(end) != '/') continue;
            if (!Path.of("x/" + text.substring(0, end)).normalize().startsWith("x")) return false;
        }
        return Stream.of(text.split("/", -1)).noneMatch(name -> name.matches("\\.\\. +"));
    }

    private static String randomText(SplittableRandom random, String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most) + 1; n > 0; n--) text.append(pieces[random.nextInt(pieces.length)]);
        return text.toString();
    }

    /** Whatever the spelling, a path within a root cannot be led out of it by a program that resolves it by name. */
    @Test
    void nothingWithinLeavesTheRootOnEitherSystem() {
        String[] pieces = {"a", "C:", "/", "\\", "..", ".", " ", "srv", "%2e", "~", "?", "NUL", ":"};
        SplittableRandom random = new SplittableRandom(3);
        int judged = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = (random.nextBoolean() ? "" : random.nextBoolean() ? "C:/" : "/srv/")
                    + randomText(random, pieces, 10);
            if (FilePath.plain(text).isEmpty()) continue;
            for (String root : List.of("/srv", ".", "C:/a")) {
                if (!within(root, text)) continue;
                judged++;
                boolean drive = root.startsWith("C:");
                String seen = drive ? text.replace('\\', '/').toUpperCase(Locale.ROOT) : text;
                Path folder = Path.of(drive ? "C:/A" : root).normalize();
                Path opened = Path.of(seen).normalize();
                if (root.equals("."))
                    assertThat(opened.isAbsolute() || opened.startsWith("..")).isFalse();
                else
                    assertThat(opened.startsWith(folder))
                            .as("`%s` in `%s`", text, root)
                            .isTrue();
            }
        }
        assertThat(judged).isGreaterThan(2_000);
    }

    private static boolean within(String root, String path) {
        return FilePath.plain(path).orElseThrow().within(FilePath.plain(root).orElseThrow());
    }
}
