package dev.toolpolicy.examples.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured: each measurement as a line of JSON in a file, and tables for who looks on. */
final class CostResults {
    private final Path file;
    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();

    CostResults(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** Keeps a measurement: numbers, and texts of plain letters. */
    void raw(Map<String, Object> measured) {
        lines.add(measured.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + json(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}")));
    }

    private static String json(Object value) {
        if (value instanceof Double number) return String.format(Locale.ROOT, "%.3f", number);
        return value instanceof Number ? value.toString() : "\"" + value + "\"";
    }

    void head(String... columns) {
        out.println();
        row((Object[]) columns);
        out.println("|" + "---|".repeat(columns.length));
    }

    /** Numbers with a fraction are shown with one digit of it. */
    void row(Object... cells) {
        out.println(Arrays.stream(cells).map(CostResults::text).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) return String.format(Locale.ROOT, "%,.1f", number);
        return cell instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : cell.toString();
    }

    void write() throws IOException {
        Files.write(file, lines);
        out.println();
        out.println(lines.size() + " measurements are in " + file);
    }
}
