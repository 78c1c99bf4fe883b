package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.bucket4j.InMemoryCounters;
import dev.toolpolicy.spi.Charge;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a live counter weighs, its key and its place in the table included: the difference of two histograms of the heap. */
final class CounterMemory {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /**
     * What one counter weighs.
     *
     * @param bytes in all
     * @param ofBucket4j of these, Bucket4j's own share
     */
    record PerCounter(double bytes, double ofBucket4j) {}

    private CounterMemory() {}

    /** Makes so many counters, of callers whose names have 36 characters, and weighs them. */
    static PerCounter measure(int counters) throws JMException {
        Map<String, Long> before = histogram();
        InMemoryCounters table = Bucket4jCounters.inMemory(counters);
        for (int i = 0; i < counters; i++) {
            Charge charge = new Charge("", "5:calls86400/0/5:grant", caller(i), 86_400, 100, 1);
            table.take(List.of(charge), NOW);
        }
        Map<String, Long> after = histogram();
        if (table.size() != counters) throw new IllegalStateException("there are " + table.size() + " counters");
        Map<String, Long> more = new HashMap<>();
        after.forEach((type, bytes) -> more.put(type, bytes - before.getOrDefault(type, 0L)));
        long all = more.values().stream().mapToLong(bytes -> bytes).sum();
        // A bucket's state is kept in an array; nothing else of a counter is an array of that kind.
        long bucket4j = more.entrySet().stream()
                .filter(type -> type.getKey().startsWith("io.github.bucket4j")
                        || type.getKey().equals("[J"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new PerCounter((double) all / counters, (double) bucket4j / counters);
    }

    static String caller(int number) {
        return String.format(Locale.ROOT, "3f1c9a52-7b64-4d2e-9e0a-%012d", number);
    }

    /** By class: how many bytes its live instances take. */
    private static Map<String, Long> histogram() throws JMException {
        String text = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        Map<String, Long> bytes = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 4 && words[0].endsWith(":")) bytes.merge(words[3], Long.parseLong(words[2]), Long::sum);
        }
        return bytes;
    }
}
