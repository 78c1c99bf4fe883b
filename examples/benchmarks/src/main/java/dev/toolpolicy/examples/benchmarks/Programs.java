package dev.toolpolicy.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;

/** What is measured without JMH, for it happens once or is no time: each figure by its name. */
final class Programs {
    private static final int JVMS = 21;

    private Programs() {}

    static Map<String, Map<String, Double>> run() throws IOException, InterruptedException, JMException {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        all.put("a live counter, of a million", counter());
        all.put("a JVM that decides once", start(FirstDecision.deciding(JVMS)));
        all.put("a JVM that does nothing", start(FirstDecision.idle(JVMS)));
        all.put("jars", jars());
        all.put("a million lines of test cases", cases());
        return all;
    }

    private static Map<String, Double> counter() throws JMException {
        CounterMemory.PerCounter one = CounterMemory.measure(1_000_000);
        return figures("bytes, with its key", one.bytes(), "of these, Bucket4j's", one.ofBucket4j());
    }

    private static Map<String, Double> start(FirstDecision.Start start) {
        Map<String, Double> figures = figures("ms from its start to its end", start.milliseconds());
        figures.put("of these, from `main` on", start.fromMain());
        figures.put("classes loaded", (double) start.classes());
        return figures;
    }

    private static Map<String, Double> jars() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Map.Entry<String, Path> jar : FirstDecision.jars().entrySet()) {
            if (!jar.getKey().equals("benchmarks")) {
                figures.put(jar.getKey() + ", KB", FirstDecision.bytes(jar.getValue()) / 1e3);
            }
        }
        return figures;
    }

    private static Map<String, Double> cases() throws IOException {
        ManyCases.Cost cost = ManyCases.measure(1_000_000);
        Map<String, Double> figures = figures("cases", (double) cost.cases());
        figures.put("MB of text", cost.fileMegabytes());
        figures.put("s to read", cost.readSeconds());
        figures.put("s to run", cost.runSeconds());
        figures.put("MB held meanwhile", cost.heapMegabytes());
        return figures;
    }

    private static Map<String, Double> figures(String name, double value) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(name, value);
        return figures;
    }

    private static Map<String, Double> figures(String name, double value, String other, double otherValue) {
        Map<String, Double> figures = figures(name, value);
        figures.put(other, otherValue);
        return figures;
    }
}
