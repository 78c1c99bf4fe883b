package dev.toolpolicy.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has jcstress run what stands in this package, in JVMs of its own, with a small budget of time. {@code -Dstress=60000} gives each of its
 * rounds a minute instead of the milliseconds here.
 */
class StressTest {
    @Test
    void nothingComesOfTwoThreadsThatMustNot(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        Process jcstress = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        "dev.toolpolicy.stress",
                        "-f",
                        "1",
                        "-iters",
                        "2",
                        "-time",
                        System.getProperty("stress"),
                        // One way to compile and one set of options for the JVM, where jcstress would try dozens.
                        "-sc",
                        "false",
                        "-jvmArgs",
                        "-Xmx512m",
                        "-v",
                        "-af",
                        "NONE",
                        "-r",
                        folder.resolve("report").toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(jcstress.waitFor(2, TimeUnit.HOURS)).isTrue();
        } finally {
            jcstress.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(jcstress.exitValue()).as(said).isZero();
        assertThat(said).contains("TakersStress", "DropStress", "PermitStress").doesNotContain("FAILED", "ERROR");
    }
}
