package dev.toolpolicy.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.re2j.Pattern;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import io.github.bucket4j.Bucket;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From nothing to a decision: JVMs that are started, read a policy of a hundred tools, decide once, and end; beside some that end
 * at once.
 */
public final class FirstDecision {
    private static final String DECIDES = "decides";

    /**
     * The median JVM.
     *
     * @param milliseconds from its start to its end
     * @param fromMain of these, from {@code main} to the decision
     * @param classes that were loaded, those of Java's own included
     */
    record Start(double milliseconds, double fromMain, long classes) {}

    private FirstDecision() {}

    /** What a JVM that is started here runs. */
    public static void main(String[] what) {
        long begun = System.nanoTime();
        boolean allowed = true;
        if (what[0].equals(DECIDES)) {
            var policy = PolicyParser.standard()
                    .parse(Documents.withThreeConditions(100))
                    .orThrow();
            Identity who = Identity.of("alice-laptop").with("tenant", "acme");
            ToolCall call = ToolCall.parse(who, Documents.tool(7), Workload.charge(1, "99.95", "usd", "acme"));
            allowed = Evaluator.builder(policy).build().evaluate(call).allowed();
        }
        System.out.println(allowed + " " + (System.nanoTime() - begun));
    }

    /** Of so many JVMs that decide. */
    static Start deciding(int jvms) throws IOException, InterruptedException {
        return median(jvms, DECIDES);
    }

    /** Of so many that do nothing. */
    static Start idle(int jvms) throws IOException, InterruptedException {
        return median(jvms, "nothing");
    }

    private static Start median(int jvms, String what) throws IOException, InterruptedException {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < jvms; i++) starts.add(start(what));
        return new Start(
                middle(starts.stream().map(Start::milliseconds)),
                middle(starts.stream().map(Start::fromMain)),
                starts.get(0).classes());
    }

    private static double middle(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Start start(String what) throws IOException, InterruptedException {
        Path classes = Files.createTempFile("classes", ".log");
        try {
            long begun = System.nanoTime();
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xlog:class+load:file=" + classes,
                            "-cp",
                            String.join(
                                    File.pathSeparator,
                                    jars().values().stream().map(Path::toString).toList()),
                            FirstDecision.class.getName(),
                            what)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String[] said = new String(jvm.getInputStream().readAllBytes(), UTF_8)
                    .strip()
                    .split(" ", -1);
            if (jvm.waitFor() != 0 || !said[0].equals("true")) throw new IllegalStateException("a JVM failed");
            double took = (System.nanoTime() - begun) / 1e6;
            try (Stream<String> lines = Files.lines(classes)) {
                return new Start(
                        took,
                        Long.parseLong(said[1]) / 1e6,
                        lines.filter(line -> line.contains("source:")).count());
            }
        } finally {
            Files.delete(classes);
        }
    }

    /** What the library brings, and these benchmarks: by name, where it lies. */
    static Map<String, Path> jars() {
        Map<String, Path> jars = new LinkedHashMap<>();
        jars.put("policy-core", placeOf(Evaluator.class));
        jars.put("jackson-core", placeOf(JsonFactory.class));
        jars.put("bucket4j", placeOf(Bucket.class));
        jars.put("re2j", placeOf(Pattern.class));
        jars.put("benchmarks", placeOf(FirstDecision.class));
        return jars;
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How large a jar is; of a folder of classes, those classes. */
    static long bytes(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
