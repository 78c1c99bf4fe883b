package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.audit.AuditVerifier.Intact;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and disks that are full, for real. */
@Timeout(300)
class CrashTest {
    @TempDir
    Path dir;

    @Test
    void aLogOutlivesEveryKill() throws Exception {
        LogDir log = new LogDir(dir, true);
        SplittableRandom random = new SplittableRandom(44);
        long written = 0;
        for (int kill = 0; kill < 30; kill++) {
            Process child = Child.start(List.of(), "append", log.log().toString());
            try (InputStream dots = child.getInputStream()) {
                int alive = random.nextInt(1, 100);
                assertThat(new String(dots.readNBytes(alive), java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo(".".repeat(alive));
                written += 16L * (alive - 1) + 1;
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(log.verify().sentence()).startsWith("OK: ");
        }
        log.written(1);
        assertThat(((Intact) log.verify()).head().lines()).isGreaterThan(written + 30);
        assertThat(((Intact) log.verify()).notes())
                .allMatch(note -> note.startsWith("torn line after a crash at the end of "));
    }

    @Test
    void aFullDiskIsToldAndTheLogStaysWhole() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash, no limit to a file's size");
        LogDir log = new LogDir(dir, false);
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 64; exec \"$@\"", "bash");
        List<String> said =
                Child.output(limited, "fill", log.log().toString()).lines().toList();
        assertThat(said).hasSize(3).startsWith("the audit log cannot be written", "the audit log cannot be written");
        assertThat(Files.size(log.log())).isBetween(60_000L, 65_536L);
        assertThat(log.verify()).isEqualTo(new Intact(AuditVerifier.Head.parse(said.get(2)), List.of()));
        log.written(3);
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aFullDiskDeniesWhereTheLogIsMandatory() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash, no limit to a file's size");
        LogDir log = new LogDir(dir, false);
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 64; exec \"$@\"", "bash");

        List<String> said =
                Child.output(limited, "decide", log.log().toString()).lines().toList();

        List<String> allowed = said.stream().filter("ALLOW"::equals).toList();
        assertThat(allowed).hasSizeGreaterThan(50);
        assertThat(said.subList(allowed.size(), said.size())).isEqualTo(List.of("CHECK_FAILED", "CHECK_FAILED"));
        assertThat(log.verify().ok()).isTrue();
        assertThat(Files.readAllLines(log.log()))
                .filteredOn(line -> line.contains("\"outcome\":\"ALLOW\""))
                .hasSameSizeAs(allowed);
    }
}
