package dev.toolpolicy.examples.benchmarks.report;

import java.util.Locale;

/** Numbers as a table shows them. */
final class Text {
    private Text() {}

    /** Three digits, or all of a large one; nothing of what is no number. */
    static String of(double value) {
        if (Double.isNaN(value)) return "";
        String form = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, form, value);
    }

    static String time(Row row) {
        String error = Double.isNaN(row.error()) ? "" : " ± " + of(row.error());
        return of(row.time()) + error + " " + row.unit().replace("/op", "");
    }

    /** What is left of a byte an operation is the profiler's own. */
    static String bytes(Row row) {
        return Double.isNaN(row.bytes()) ? "" : String.format(Locale.ROOT, "%,.0f", row.bytes());
    }
}
