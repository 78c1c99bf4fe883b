package dev.toolpolicy.examples.benchmarks.report;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The results as tables for a README. */
final class Tables {
    static final String PEERS = "Peers";
    private static final String TOOLS = "tools";

    private final Rows rows;

    Tables(Rows rows) {
        this.rows = rows;
    }

    /** All of them; of a run of some benchmarks only, what is there. */
    String text() {
        return peers() + others();
    }

    /** How many rules the peers had, in the order in which they were measured. */
    List<String> sizes() {
        return rows.of(PEERS).map(Tables::size).distinct().sorted(byNumber()).toList();
    }

    /** Who was measured, in the order in which they were. */
    List<String> engines() {
        return rows.of(PEERS).map(Row::method).distinct().toList();
    }

    static String size(Row row) {
        return row.with().getOrDefault(TOOLS, "");
    }

    private static Comparator<String> byNumber() {
        return Comparator.comparingLong(Long::parseLong);
    }

    /** Who it is, as a reader would say it. */
    static String name(String engine) {
        return switch (engine) {
            case "FLOOR" -> "the floor: a map and a lambda";
            case "TOOLPOLICY" -> "**toolpolicy**";
            case "SPRING_SECURITY" -> "Spring Security, behind a map";
            case "CEL_JAVA" -> "cel-java, behind a map";
            case "JCASBIN" -> "jCasbin";
            case "CEDAR_JAVA" -> "cedar-java";
            case "SAPL" -> "SAPL 3.0.0";
            default -> engine;
        };
    }

    private String peers() {
        if (engines().isEmpty()) return "";
        StringBuilder out = new StringBuilder("| × the floor, with so many rules |");
        for (String size : sizes()) out.append(" " + size + " |");
        out.append(" ns, with them | B/op, with most |\n|---|" + "---:|".repeat(sizes().size() + 2) + "\n");
        for (String engine : engines()) {
            List<Row> own = sizes().stream()
                    .flatMap(size -> rows.find(PEERS, engine, row -> size(row).equals(size)).stream())
                    .toList();
            out.append("| " + name(engine) + " |");
            for (String size : sizes()) {
                out.append(own.stream()
                        .filter(row -> size(row).equals(size))
                        .map(row -> " " + Text.of(rows.ratio(row)) + " |")
                        .findFirst()
                        .orElse(" |"));
            }
            out.append(" " + own.stream().map(row -> Text.of(row.time())).collect(joining(" / ")) + " |");
            out.append(" " + Text.bytes(own.get(own.size() - 1)) + " |\n");
        }
        return out + "\n";
    }

    private String others() {
        Stream<Row> compared = rows.stream().filter(row -> !row.type().equals(PEERS) && !row.isFloor());
        return "| benchmark | with | × floor | time | floor | B/op |\n|---|---|---:|---:|---:|---:|\n"
                + compared.map(this::line).collect(joining());
    }

    private String line(Row row) {
        String floor = rows.floorOf(row).map(Text::time).orElse("");
        return "| `" + row.type() + "." + row.method() + "` | " + row.withText() + " | " + Text.of(rows.ratio(row))
                + " | " + Text.time(row) + " | " + floor + " | " + Text.bytes(row) + " |\n";
    }
}
