package dev.toolpolicy.examples.mcpserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The packages of {@code src/test/npm}, installed below {@code target} once for every lock file, and the scripts beside them. Where they
 * cannot be had, the tests are skipped and say why; with {@code -Dpeers=required} they fail.
 */
final class NodePackages {
    private static final Path SOURCE = Path.of("src/test/npm");
    private static final String LOCK = "package-lock.json";
    /** Where they are. */
    static final Path TARGET = Path.of("target/npm").toAbsolutePath();
    /** A copy of the lock file whose packages are all there. */
    private static final Path INSTALLED = TARGET.resolve("installed.json");

    private NodePackages() {}

    /** Makes sure that they are there. */
    static void require() throws IOException, InterruptedException {
        for (String program : List.of("node", "npm")) {
            if (!isOnPath(program)) throw missing("there is no " + program + " on the PATH");
        }
        Files.createDirectories(TARGET);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(INSTALLED) && Files.mismatch(INSTALLED, SOURCE.resolve(LOCK)) == -1) return;
        install();
        Files.copy(SOURCE.resolve(LOCK), INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void install() throws IOException, InterruptedException {
        Files.deleteIfExists(INSTALLED);
        Path log = TARGET.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(TARGET.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean done = npm.waitFor(5, TimeUnit.MINUTES);
        if (!done) npm.destroyForcibly().waitFor();
        if (!done || npm.exitValue() != 0) throw missing("`npm ci` failed: " + Files.readString(log, UTF_8));
    }

    private static RuntimeException missing(String why) {
        String what = "the tests against peers from npm need node 20 and npm: " + why;
        if ("required".equals(System.getProperty("peers"))) fail(what);
        System.out.println("SKIPPED: " + what);
        return Assumptions.abort(what);
    }
}
