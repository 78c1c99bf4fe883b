package dev.toolpolicy.examples.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The raw results of a run, as JMH writes them. */
final class Rows {
    /** By {@code CpuTime}. */
    private static final String CPU_TIME = "cpu.time";

    /** By JMH's own profiler of garbage. */
    private static final String BYTES = "gc.alloc.rate.norm";

    private static final String PEER = "peer";

    private final List<Row> rows;

    private Rows(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    static Rows read(Path file) throws IOException {
        JsonNode results = new ObjectMapper().readTree(file.toFile());
        return new Rows(StreamSupport.stream(results.spliterator(), false)
                .map(Rows::row)
                .toList());
    }

    private static Row row(JsonNode result) {
        String benchmark = result.path("benchmark").asText();
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        Map<String, String> with = new LinkedHashMap<>();
        result.path("params")
                .properties()
                .forEach(param -> with.put(param.getKey(), param.getValue().asText()));
        String peer = with.remove(PEER);
        JsonNode measured = result.path("secondaryMetrics");
        JsonNode time = measured.has(CPU_TIME) ? measured.path(CPU_TIME) : result.path("primaryMetric");
        return new Row(
                benchmark.substring(type + 1, method),
                peer == null ? benchmark.substring(method + 1) : peer,
                with,
                time.path("score").asDouble(),
                time.path("scoreError").asDouble(Double.NaN),
                time.path("scoreUnit").asText(),
                measured.path(BYTES).path("score").asDouble(Double.NaN));
    }

    Stream<Row> stream() {
        return rows.stream();
    }

    /** Those of one class of benchmarks. */
    Stream<Row> of(String type) {
        return stream().filter(row -> row.type().equals(type));
    }

    Optional<Row> find(String type, String method, Predicate<Row> which) {
        return of(type).filter(row -> row.method().equals(method)).filter(which).findFirst();
    }

    Optional<Row> floorOf(Row row) {
        return stream().filter(other -> other.isFloorOf(row)).findFirst();
    }

    /** How many times as long as the floor it takes; not a number without one. */
    double ratio(Row row) {
        return floorOf(row).map(floor -> row.time() / floor.time()).orElse(Double.NaN);
    }
}
