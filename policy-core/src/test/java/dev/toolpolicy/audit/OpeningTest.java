package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.audit.AuditVerifier.Intact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is gone on with after any crash, and not after anything else. */
class OpeningTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogThatIsOpenedAgainGoesOn(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(5).written(5);
        assertThat(log.lines()).hasSize(10);
        assertThat(log.lines().get(5))
                .contains("\"seq\":6,", "\"type\":\"opened\"", "\"why\":\"start\",\"segment\":1,");
        assertThat(log.verify()).isEqualTo(new Intact(log.verify() instanceof Intact ok ? ok.head() : null, List.of()));
        try (JsonLinesAudit audit = log.builder().open()) {
            audit.record(Records.plain(1));
            assertThat(((Intact) log.verify()).head()).isEqualTo(audit.head());
            assertThat(audit.head().lines()).isEqualTo(12);
        }
    }

    @Test
    void aCrashWithinALineIsNamedAndTheLogGoesOnInANewFile() throws IOException {
        LogDir log = new LogDir(dir, true).written(3);
        byte[] head = log.head();
        String before = log.text();
        log.deleteAll();
        String whole = log.written(4).text();
        for (int end = before.length() + 1; end < whole.length(); end++) {
            log.deleteAll();
            String torn = whole.substring(0, end);
            log.text(torn);
            log.head(head);
            assertThat(((Intact) log.verify()).notes())
                    .containsExactly("torn last line after a crash, in audit.jsonl: it was not yet recorded");
            log.written(2);
            assertThat(Files.readString(log.file(".000001"))).isEqualTo(torn);
            assertThat(log.lines().get(0))
                    .contains(
                            "\"seq\":4,",
                            "\"why\":\"torn\",\"segment\":2,",
                            "\"torn\":" + (end - before.length()) + ",");
            assertThat(((Intact) log.verify()).notes())
                    .containsExactly(
                            "torn line after a crash at the end of audit.jsonl.000001; the log goes on and says so");
        }
    }

    @Test
    void whatACrashLeftIsNotChangedLaterEither() throws IOException {
        LogDir log = new LogDir(dir, true).written(3);
        log.text(log.text() + "{\"seq\":4,");
        log.written(2);
        String torn = Files.readString(log.file(".000001"));
        for (String changed :
                List.of(torn + "x", torn.replace("{\"seq\":4,", "{\"seq\":5,"), torn.substring(0, torn.length() - 1))) {
            Files.writeString(log.file(".000001"), changed);
            assertThat(log.verify().sentence()).startsWith("NOT OK: audit.jsonl.000001 line 4 (seq 4): has no end");
        }
        Files.writeString(log.file(".000001"), torn.substring(0, torn.lastIndexOf('\n') + 1));
        assertThat(log.verify().sentence())
                .isEqualTo(
                        "NOT OK: audit.jsonl line 1 (seq 4): tells of a line without an end before it, which is gone");
    }

    @Test
    void oneCrashAfterTheOtherIsNamed() throws IOException {
        LogDir log = new LogDir(dir, true).written(3);
        log.text(log.text() + "{\"seq\":4,");
        byte[] head = log.head();
        log.written(1);
        String opened = log.text();
        // Killed while it wrote that record, before its end; and then with the file renamed and no other made.
        log.text(opened.substring(0, 50));
        log.head(head);
        log.written(1);
        assertThat(log.lines().get(0))
                .contains("\"why\":\"torn\",\"segment\":3,\"chain\":\"hmac-sha-256\",\"torn\":59,");
        assertThat(log.verify().ok()).isTrue();

        log.text("{");
        log.head(head);
        Files.move(log.log(), log.file(".000003"));
        assertThat(((Intact) log.verify()).notes())
                .containsExactly("torn last line after a crash, in audit.jsonl.000001: it was not yet recorded");
        log.written(2);
        assertThat(log.lines().get(0)).contains("\"why\":\"torn\",\"segment\":4,", "\"torn\":60,");
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aCrashAtTheVeryBeginningIsGoneOnWith() throws IOException {
        LogDir log = new LogDir(dir, true);
        byte[] none = HeadFile.text(log.chain(), AuditVerifier.Head.NONE);
        String first = log.written(1).text();
        for (int end : new int[] {0, 1, 100, first.length() - 1, first.length()}) {
            log.deleteAll();
            log.head(none);
            log.text(first.substring(0, end));
            assertThat(log.verify().ok()).isTrue();
            log.written(2);
            assertThat(log.verify().ok()).isTrue();
        }
        log.deleteAll();
        Files.createFile(log.file(".head"));
        log.written(2);
        assertThat(log.verify().ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLineWhoseHeadWasNotWrittenCounts(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(3);
        byte[] head = log.head();
        try (JsonLinesAudit audit = log.builder().open()) {
            assertThat(audit.head().lines()).isEqualTo(4);
        }
        log.head(head);
        assertThat(((Intact) log.verify()).notes())
                .containsExactly("one line past its head: whoever wrote it was stopped in between");
        log.written(2);
        assertThat(log.lines().get(4)).contains("\"why\":\"ahead\",\"segment\":1,");
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aBrokenLogIsNotGoneOnWith() throws IOException {
        LogDir log = new LogDir(dir, true).written(5);
        String text = log.text();
        byte[] head = log.head();
        List<String> lines = log.lines();
        log.text(text.replace("d-5", "d-6"));
        assertRefused(log, "its last line was changed, or is of another key");
        log.write(lines.subList(0, 4));
        assertRefused(log, "its head says 5 lines, and there are 4: lines were cut off");
        log.text(text.substring(0, text.length() - 1));
        assertRefused(log, "its head says 5 lines, and there are 4: lines were cut off");
        log.text("");
        assertRefused(log, "its head says 5 lines, and there are none");
        log.text(text);
        log.written(1).written(1);
        log.head(head);
        assertRefused(log, "its last line, 7, is not the one that its head names, 5");
        log.text(text);
        head[30] ^= 1;
        log.head(head);
        assertRefused(log, "its head, the file beside it, was changed, or is of another key");
        Files.delete(log.file(".head"));
        assertRefused(log, "its head, the file beside it that says how many lines there are, is missing");
    }

    @Test
    void aLogThatDoesNotBeginAsOneIsNotGoneOnWith() {
        LogDir log = new LogDir(dir, true).written(5);
        log.text("x" + log.text());
        assertRefused(log, "its first line was changed, or one of its files is not in its place");
    }

    @Test
    void aLogIsGoneOnWithByItsOwnKeyAlone() {
        LogDir log = new LogDir(dir, true).written(5);
        assertRefused(new LogDir(dir, false), "it was begun with a key");
        assertThatThrownBy(() -> log.builder().key(Records.OTHER_KEY).open()).hasMessageContaining("another key");
        log.deleteAll();
        new LogDir(dir, false).written(5);
        assertRefused(log, "it was begun without a key");
    }

    @Test
    void aFileThatIsFullOfNothingIsNotGoneOnWith() {
        LogDir log = new LogDir(dir, false).written(2);
        log.text("x".repeat(5 << 20));
        assertRefused(log, "its head says 2 lines, and there are none");
    }

    private static void assertRefused(LogDir log, String why) {
        assertThatThrownBy(() -> log.builder().open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the audit log cannot be gone on with: " + why
                        + "; verify it, move all its files away and keep them, and a new log is begun");
    }

    @Test
    void aLogIsOpenOnce() throws Exception {
        LogDir log = new LogDir(dir, false);
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir);
        try (JsonLinesAudit audit = log.builder().open()) {
            for (Path path : List.of(log.log(), dir.resolve("x/../audit.jsonl"), link.resolve("audit.jsonl"))) {
                assertThatThrownBy(() -> JsonLinesAudit.to(path))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("already open in this process");
            }
            // The attempts of this process have not cost it its lock.
            assertThat(Child.output(List.of(), "open", log.log().toString()))
                    .contains("already open in another process");
            audit.record(Records.plain(1));
        }
        assertThat(Child.output(List.of(), "open", log.log().toString())).contains("opened");
        log.builder().open().close();
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void nobodyElseMayReadWhatIsWritten() throws IOException {
        assumeTrue(dir.getFileSystem().supportedFileAttributeViews().contains("posix"));
        LogDir log = new LogDir(dir, false).written(2);
        for (String name : log.names()) {
            Files.setPosixFilePermissions(dir.resolve(name), PosixFilePermissions.fromString("rw-r--rw-"));
        }
        try (JsonLinesAudit audit = log.builder().rotateAt(1).open()) {
            audit.record(Records.plain(1));
        }
        for (String name : log.names()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aLinkToElsewhereIsNotWrittenTo(@TempDir Path other) throws IOException {
        LogDir log = new LogDir(dir, false);
        Path elsewhere = Files.createFile(other.resolve("elsewhere"));
        for (String suffix : List.of("", ".head", ".lock")) {
            Files.createSymbolicLink(log.file(suffix), elsewhere);
            assertThatThrownBy(() -> log.builder().open())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a regular file of one name is kept here, and this is something else: "
                            + log.file(suffix).getFileName());
            log.deleteAll();
        }
        assertThat(elsewhere).isEmptyFile();
    }

    @Test
    void anInterruptedThreadWritesAsAnyOther() {
        LogDir log = new LogDir(dir, true);
        Thread.currentThread().interrupt();
        try (JsonLinesAudit audit = log.builder()
                .rotateAt(2000)
                .sync(JsonLinesAudit.Sync.EACH_RECORD)
                .open()) {
            for (int i = 0; i < 10; i++) audit.record(Records.plain(i));
            audit.sync();
        }
        assertThat(log.verify().ok()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClosedLogTakesNothing() {
        LogDir log = new LogDir(dir, false);
        JsonLinesAudit audit = log.builder().open();
        audit.close();
        audit.close();
        assertThatThrownBy(() -> audit.record(Records.plain(1))).hasMessage("the audit log is closed");
        assertThatThrownBy(audit::sync).hasMessage("the audit log is closed");
        assertThat(audit.head().lines()).isEqualTo(1);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> JsonLinesAudit.to(dir.resolve("none/audit.jsonl")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the folder of the audit log is not there");
        assertThatThrownBy(() -> JsonLinesAudit.to(Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
        JsonLinesAudit.Builder builder = JsonLinesAudit.builder(dir.resolve("a"));
        assertThatThrownBy(() -> builder.key(new byte[15])).hasMessage("a key has at least 16 bytes, got 15");
        assertThatThrownBy(() -> builder.digestKey(new byte[0])).hasMessage("a key has at least 16 bytes, got 0");
        assertThatThrownBy(() -> builder.rotateAt(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new LogDir(dir, false).names()).isEmpty();
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no pipes with names");
        for (String suffix : List.of("", ".head", ".000001")) {
            LogDir log = new LogDir(dir, false).written(3);
            if (!suffix.isEmpty() && !suffix.equals(".head")) Files.move(log.log(), dir.resolve("aside"));
            else Files.delete(log.file(suffix));
            new ProcessBuilder("/usr/bin/mkfifo", log.file(suffix).toString())
                    .start()
                    .waitFor();

            assertThatThrownBy(log::verify).isInstanceOf(UncheckedIOException.class);
            log.deleteAll();
            Files.deleteIfExists(dir.resolve("aside"));
        }
    }
}
