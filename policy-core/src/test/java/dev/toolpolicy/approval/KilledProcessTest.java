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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it approves and uses: what it said was used stays used, and nothing is used twice. */
class KilledProcessTest {
    private static final int KILLS = 200;

    @TempDir
    Path folder;

    /** Two at a time, each with a journal of its own: most of the time goes into starting processes. */
    @Test
    void nothingIsUsedTwiceAndNoUseIsForgotten() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> lanes = new ArrayList<>();
            for (int lane = 0; lane < 2; lane++) {
                Lane one = new Lane(folder.resolve("approvals-" + lane), lane);
                lanes.add(both.submit(() -> one.killed(KILLS / 2)));
            }
            for (Future<Integer> lane : lanes) assertThat(lane.get()).isGreaterThan(500);
        } finally {
            both.shutdownNow();
        }
    }

    @Test
    void fullDiskUsesNothingAndForgetsNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no shell that limits the size of files");
        Lane lane = new Lane(folder.resolve("approvals"), 7);
        Process process = start(List.of("/bin/bash", "-c", "ulimit -f 24; exec \"$@\"", "bash"), lane.journal, 7);
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            for (int failed = 0; failed < 20; line = lines.readLine()) {
                assertThat(line).isNotNull();
                if (line.startsWith("FAILED")) failed++;
                else lane.note(line);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(lane.used).isNotEmpty();
        lane.assertUsed();
    }

    /** A journal, and all that processes said they had used by it. */
    private static final class Lane {
        private final Path journal;
        private final SplittableRandom random;
        private final Set<String> used = new HashSet<>();

        Lane(Path journal, long seed) {
            this.journal = journal;
            this.random = new SplittableRandom(seed);
        }

        /** How many approvals were used. */
        int killed(int times) throws Exception {
            for (int kill = 0; kill < times; kill++) {
                Process process = start(List.of(), journal, random.nextLong());
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
                if (kill % 20 == 0) assertUsed();
            }
            assertUsed();
            return used.size();
        }

        void note(String line) {
            // A last line may be cut off with the process.
            if (line.matches("USED [0-9a-f]{32}"))
                assertThat(used.add(line)).as("used twice: %s", line).isTrue();
        }

        void assertUsed() {
            try (FileApprovals desk = FileApprovals.builder(journal).build()) {
                for (String line : used) {
                    String id = line.substring("USED ".length());
                    assertThat(desk.claim(id)).isEmpty();
                    assertThat(desk.find(id).map(AskedQuestion::state)).isIn(Optional.empty(), Optional.of(State.USED));
                }
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
