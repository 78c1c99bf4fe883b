package dev.toolpolicy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.approval.AskedQuestion.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it approves and uses: what it said was used stays used, and nothing is used twice. */
class KilledProcessTest {
    private static final int KILLS = 200;

    @TempDir
    Path folder;

    private final Set<String> used = new HashSet<>();

    @Test
    void nothingIsUsedTwiceAndNoUseIsForgotten() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Path journal = folder.resolve("approvals");
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(List.of(), journal, kill);
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(lines.readLine()).isEqualTo("READY");
                for (int left = random.nextInt(30); left > 0; left--) note(lines.readLine());
                // Somewhere within the next change, be it before, during or after the disk has it.
                long until = System.nanoTime() + random.nextLong(2_000_000);
                while (System.nanoTime() < until) Thread.onSpinWait();
                // By its handle, which leaves open what is still to be read.
                process.toHandle().destroyForcibly();
                lines.lines().forEach(this::note);
            }
            process.waitFor();
            if (kill % 20 == 0) assertUsed(journal);
        }
        assertThat(used).hasSizeGreaterThan(1_000);
        assertUsed(journal);
    }

    @Test
    void fullDiskUsesNothingAndForgetsNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no shell that limits the size of files");
        Path journal = folder.resolve("approvals");
        Process process = start(List.of("/bin/bash", "-c", "ulimit -f 24; exec \"$@\"", "bash"), journal, 7);
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            for (int failed = 0; failed < 20; line = lines.readLine()) {
                assertThat(line).isNotNull();
                if (line.startsWith("FAILED")) failed++;
                else note(line);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(used).isNotEmpty();
        assertUsed(journal);
    }

    private void note(String line) {
        // A last line may be cut off with the process.
        if (line.matches("USED [0-9a-f]{32}"))
            assertThat(used.add(line)).as("used twice: %s", line).isTrue();
    }

    private void assertUsed(Path journal) {
        try (FileApprovals desk = FileApprovals.builder(journal).build()) {
            for (String line : used) {
                String id = line.substring("USED ".length());
                assertThat(desk.claim(id)).isEmpty();
                assertThat(desk.find(id).map(AskedQuestion::state)).isIn(Optional.empty(), Optional.of(State.USED));
            }
        }
    }

    private static Process start(List<String> before, Path journal, long seed) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // To be up soon.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ApprovingProcess.class.getName()));
        command.addAll(List.of(journal.toString(), String.valueOf(seed)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
