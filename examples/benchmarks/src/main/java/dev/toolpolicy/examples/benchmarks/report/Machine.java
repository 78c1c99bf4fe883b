package dev.toolpolicy.examples.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where, when and of what state of the sources it was measured. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    static Map<String, Object> now(Path folder) throws IOException, InterruptedException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit(folder));
        facts.put("processor", processor());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("load", Files.isReadable(LOAD) ? Files.readString(LOAD).strip() : "unknown");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return facts;
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) return "unknown";
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** With a word if something was changed since. */
    private static String commit(Path folder) throws IOException, InterruptedException {
        String id = git(folder, "rev-parse", "HEAD");
        // What this run writes itself is no change of what it measures.
        boolean changed = !git(folder, "status", "--porcelain", "--untracked-files=no", "--", ":(top)", ":(exclude).")
                .isEmpty();
        return id.isEmpty() ? "unknown" : id + (changed ? ", changed" : "");
    }

    private static String git(Path folder, String... words) throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder(
                Stream.concat(Stream.of("git"), Stream.of(words)).toList());
        try {
            Process process = git.directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? said.strip() : "";
        } catch (IOException e) {
            // No git here: the sources may have come as an archive.
            return "";
        }
    }
}
