package dev.toolpolicy.examples.benchmarks.report;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One result of JMH's.
 *
 * @param type the class of the benchmark
 * @param method what was measured: of peers, which of them
 * @param with the other parameters
 * @param time of a processor if that was measured, else on the wall
 * @param bytes that one operation allocates; not a number if that was not measured
 */
record Row(String type, String method, Map<String, String> with, double time, double error, String unit, double bytes) {
    /** What others of the same class are measured against. */
    private static final Set<String> FLOORS = Set.of("floor", "FLOOR", "everit", "readTree", "one");

    Row {
        with = Map.copyOf(with);
    }

    boolean isFloor() {
        return FLOORS.contains(method);
    }

    boolean isFloorOf(Row other) {
        return isFloor() && type.equals(other.type) && with.equals(other.with);
    }

    /** The parameters, as text. */
    String withText() {
        return with.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
