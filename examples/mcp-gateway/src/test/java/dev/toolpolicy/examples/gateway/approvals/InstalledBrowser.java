package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of this machine, else one out of npm that is put below {@code target}. If there is neither, the tests are skipped and
 * say why; with {@code -Dbrowser=required} they fail.
 */
record InstalledBrowser(Path program, Map<String, String> environment) {
    private static final Path SOURCE = Path.of("src/test/browser");
    private static final Path TARGET = Path.of("target/browser").toAbsolutePath();
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "unpack.mjs");

    static InstalledBrowser find() throws IOException, InterruptedException {
        Optional<Path> own = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
        return own.isPresent() ? new InstalledBrowser(own.get(), Map.of()) : fromNpm();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static InstalledBrowser fromNpm() throws IOException, InterruptedException {
        if (onPath("npm").isEmpty() || onPath("node").isEmpty())
            throw missing("there is no Chromium and no npm on the PATH");
        if (!isThere()) install();
        Map<String, String> environment =
                Map.of("LD_LIBRARY_PATH", TARGET.resolve("al2023/lib").toString());
        return new InstalledBrowser(TARGET.resolve("chromium"), environment);
    }

    private static boolean isThere() throws IOException {
        Path lock = TARGET.resolve("package-lock.json");
        return Files.exists(TARGET.resolve("done")) && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) == -1;
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), TARGET.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        run("node", "unpack.mjs");
        Files.writeString(TARGET.resolve("done"), "");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Path log = TARGET.resolve(command[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(TARGET.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TMPDIR", TARGET.toString());
        // The package brings the libraries along that a bare machine lacks, and unpacks them only where it believes to
        // be at home.
        builder.environment().put("AWS_LAMBDA_JS_RUNTIME", "nodejs22.x");
        Process process = builder.start();
        boolean done = process.waitFor(5, TimeUnit.MINUTES);
        if (!done) process.destroyForcibly().waitFor();
        if (!done || process.exitValue() != 0) {
            throw missing("there is no Chromium on the PATH, and " + String.join(" ", command) + " failed:\n"
                    + Files.readString(log, UTF_8));
        }
    }

    private static RuntimeException missing(String why) {
        if ("required".equals(System.getProperty("browser"))) fail(why);
        return Assumptions.abort(why);
    }
}
