package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.audit.AuditVerifier.Broken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in several files is one log. */
class RotationTest {
    @TempDir
    Path dir;

    private LogDir log;

    @BeforeEach
    void writeFourFiles() {
        log = new LogDir(dir, true);
        more(1);
        while (!Files.exists(log.file(".000003"))) more(1);
    }

    private void more(int records) {
        try (JsonLinesAudit audit = log.builder().rotateAt(3000).open()) {
            for (int i = 0; i < records; i++) audit.record(Records.plain(i));
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void theChainIsCarriedFromFileToFile() throws IOException {
        assertThat(log.names())
                .containsExactly(
                        "audit.jsonl",
                        "audit.jsonl.000001",
                        "audit.jsonl.000002",
                        "audit.jsonl.000003",
                        "audit.jsonl.head",
                        "audit.jsonl.lock");
        assertThat(log.verify().sentence()).startsWith("OK: ").doesNotContain("note");
        for (int segment = 2; segment <= 3; segment++) {
            assertThat(lines(log.file(".00000" + segment)).get(0))
                    .contains(
                            "\"type\":\"opened\"",
                            "\"why\":\"rotated\",\"segment\":" + segment + ",\"chain\":\"hmac-sha-256\"");
            assertThat(Files.size(log.file(".00000" + segment))).isBetween(3000L, 4000L);
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        for (String suffix : List.of(".000001", ".000002", ".000003")) {
            byte[] bytes = Files.readAllBytes(log.file(suffix));
            Files.delete(log.file(suffix));
            String named = suffix.equals(".000003") ? "audit.jsonl" : "audit.jsonl" + suffix;
            assertThat(log.verify().sentence()).startsWith("NOT OK: " + named);
            Files.write(log.file(suffix), bytes);
        }
        Files.delete(log.log());
        assertThat(log.verify().sentence())
                .startsWith("NOT OK: audit.jsonl line 1 (seq ")
                .contains("is cut off");
    }

    @Test
    void filesThatChangePlacesOrAreEmptyAreNamed() throws IOException {
        Files.move(log.file(".000001"), log.file(".x"));
        Files.move(log.file(".000002"), log.file(".000001"));
        Files.move(log.file(".x"), log.file(".000002"));
        assertThat(log.verify().sentence()).startsWith("NOT OK: audit.jsonl.000001 line 1 (seq 1): has seq ");
        Files.write(log.file(".000001"), new byte[0]);
        assertThat(log.verify().sentence()).isEqualTo("NOT OK: audit.jsonl.000001: is empty");
    }

    @Test
    void aFileThatWasCutInTwoIsNoLongerTheLogs() throws IOException {
        List<String> lines = lines(log.file(".000001"));
        Files.move(log.log(), log.file(".000005"));
        Files.move(log.file(".000003"), log.file(".000004"));
        Files.move(log.file(".000002"), log.file(".000003"));
        Files.write(log.file(".000001"), lines.subList(0, 2));
        Files.write(log.file(".000002"), lines.subList(2, lines.size()));
        assertThat(log.verify().sentence())
                .isEqualTo("NOT OK: audit.jsonl.000002 line 1 (seq 3): is not how file 2 of a log begins");
    }

    @Test
    void anOlderFileThatIsCutOffIsNamedWhereTheLogGoesOn() throws IOException {
        String text = Files.readString(log.file(".000002"));
        long first = lines(log.file(".000001")).size();
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        long seq = first + lines(log.file(".000002")).size();
        Files.writeString(log.file(".000002"), text.substring(0, last));
        assertThat(log.verify())
                .isEqualTo(new Broken(
                        "audit.jsonl.000003",
                        1,
                        seq,
                        "has seq " + (seq + 1) + ": lines before it were removed, or lines were moved"));
        for (int end : new int[] {last + 1, text.length() - 1}) {
            Files.writeString(log.file(".000002"), text.substring(0, end));
            assertThat(log.verify().sentence())
                    .startsWith("NOT OK: audit.jsonl.000002 line " + (seq - first) + " (seq " + seq
                            + "): has no end, and the log");
        }
    }

    @Test
    void aProcessKilledBetweenRenamingAndMakingAFileGoesOn() throws IOException {
        Files.move(log.log(), log.file(".000004"));
        assertThat(log.verify().ok()).isTrue();
        more(1);
        assertThat(lines(log.log()).get(0)).contains("\"why\":\"start\",\"segment\":5,");
        assertThat(log.verify().ok()).isTrue();

        Files.move(log.log(), log.file(".000005"));
        Files.createFile(log.log());
        assertThat(log.verify().ok()).isTrue();
        more(1);
        assertThat(lines(log.log()).get(0)).contains("\"why\":\"start\",\"segment\":6,");
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void olderFilesMayBePutElsewhereAndBack() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        for (String suffix : List.of(".000001", ".000002", ".000003")) {
            Files.move(log.file(suffix), elsewhere.resolve("audit.jsonl" + suffix));
        }
        more(20);
        assertThat(log.names()).contains("audit.jsonl.000004").doesNotContain("audit.jsonl.000001");
        assertThat(log.verify().sentence()).isEqualTo("NOT OK: audit.jsonl.000001: is missing");
        for (String suffix : List.of(".000001", ".000002", ".000003")) {
            Files.move(elsewhere.resolve("audit.jsonl" + suffix), log.file(suffix));
        }
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void otherFilesBesideAreNotTheLogs() throws IOException {
        for (String suffix : List.of(".0", ".1", ".0000004", ".00000x", ".000003.gz", "x", ".9999999999")) {
            Files.writeString(log.file(suffix), "other");
        }
        more(1);
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void everyRecordMayHaveAFileOfItsOwn() throws IOException {
        LogDir tiny = new LogDir(Files.createDirectory(dir.resolve("tiny")), false);
        try (JsonLinesAudit audit = tiny.builder().rotateAt(1).open()) {
            for (int i = 0; i < 10; i++) audit.record(Records.plain(i));
        }
        assertThat(tiny.names()).contains("audit.jsonl.000010").doesNotContain("audit.jsonl.000011");
        assertThat(tiny.verify().ok()).isTrue();
    }

    @Test
    void aLogIsVerifiedWhileItIsWritten() throws Exception {
        LogDir busy = new LogDir(Files.createDirectory(dir.resolve("busy")), true);
        AtomicBoolean ends = new AtomicBoolean();
        try (JsonLinesAudit audit = busy.builder().rotateAt(100_000).open()) {
            Thread writer = new Thread(() -> {
                while (!ends.get()) audit.record(Records.plain(1));
            });
            writer.start();
            try {
                for (int i = 0; i < 50; i++)
                    assertThat(busy.verify().sentence()).startsWith("OK: ");
            } finally {
                ends.set(true);
                writer.join();
            }
        }
        assertThat(((AuditVerifier.Intact) busy.verify()).notes()).isEmpty();
    }
}
