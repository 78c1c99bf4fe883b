package dev.toolpolicy.examples.gateway.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
    private static final Path TARGET = Path.of("target/npm").toAbsolutePath();
    private static final String LOCK = "package-lock.json";
    /** A copy of the lock file whose packages are all there. */
    private static final Path INSTALLED = TARGET.resolve("installed.json");

    private NodePackages() {}

    /** Makes sure that they are there. */
    static void require() throws IOException, InterruptedException {
        for (String program : List.of("node", "npm")) {
            if (!isOnPath(program)) throw missing("there is no " + program + " on the PATH");
        }
        Files.createDirectories(TARGET);
        // Tests run in two processes, and one of them is the first.
        try (FileChannel file = FileChannel.open(TARGET.resolve("lock"), CREATE, WRITE);
                FileLock held = file.lock()) {
            if (!held.isValid()) throw new IOException("the lock of " + TARGET + " is lost");
            prepare();
        }
    }

    private static void prepare() throws IOException, InterruptedException {
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

    /** The command that runs a script: one of ours by its name, one of a package by its path below {@code node_modules}. */
    static List<String> node(String script, String... args) {
        List<String> command = new ArrayList<>(List.of("node", path(script).toString()));
        command.addAll(List.of(args));
        return command;
    }

    static Path path(String script) {
        return TARGET.resolve(script.contains("/") ? "node_modules/" + script : script);
    }

    /** The same for a server that would listen everywhere: it listens on loopback, and says where. */
    static List<String> onLoopback(String script, String... args) {
        List<String> command = node(script, args);
        command.addAll(1, List.of("--require", path("loopback.cjs").toString()));
        return command;
    }
}
