package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.testing.PolicyCases;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of test cases with a million lines: how long it takes to read and to run, and how much memory is held in between. */
final class ManyCases {
    private static final int LINES_OF_A_CASE = 5;

    /**
     * What it took.
     *
     * @param heapMegabytes what is held while the cases run
     */
    record Cost(
            long lines,
            long cases,
            double fileMegabytes,
            double readSeconds,
            double runSeconds,
            double heapMegabytes) {}

    private ManyCases() {}

    /** Writes a file with that many lines or a few more, reads it, and runs its cases, all of which must pass. */
    static Cost measure(long lines) throws IOException {
        Path folder = Files.createTempDirectory("many-cases");
        Path file = folder.resolve("many.cases.json");
        try {
            long count = lines / LINES_OF_A_CASE;
            write(file, count);
            double before = heldMegabytes();
            long begun = System.nanoTime();
            PolicyCases cases = PolicyCases.in(file);
            long read = System.nanoTime();
            double held = heldMegabytes() - before;
            long ready = System.nanoTime();
            cases.stream().forEach(each -> each.run());
            long run = System.nanoTime();
            return new Cost(lines, count, Files.size(file) / 1e6, (read - begun) / 1e9, (run - ready) / 1e9, held);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void write(Path file, long count) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("""
                    { "policy": { "version": "1", "default": "deny", "tools": { "pay": {
                      "require": [ { "path": "args.amount", "op": "lte", "value": 100, "on_deny": "at most 100" } ] } } },
                      "cases": [
                    """);
            for (long i = 0; i < count; i++) {
                long amount = i % 200;
                out.write("    {\n      \"name\": \"" + i
                        + "\",\n      \"when\": { \"tool\": \"pay\", \"arguments\": { \"amount\": "
                        + amount + " } },\n      \"then\": \"" + (amount <= 100 ? "allow" : "deny") + "\"\n    }"
                        + (i + 1 < count ? ",\n" : "\n"));
            }
            out.write("] }\n");
        }
    }

    @SuppressWarnings("GarbageCollectionCall") // what lives is what is measured
    private static double heldMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }
}
