package dev.toolpolicy.examples.cluster.demo;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of some calls, as a line of a {@link Worker}: those of one window, or a part of them, that came out alike.
 *
 * @param window the window that the decision's clock was in: the second since 1970 at which it began
 * @param charged the window that was charged, by the counters; the same where nothing was
 * @param outcome {@link #ADMITTED}, {@link #LIMITED}, or why they were denied
 * @param calls how many
 * @param slowestMicros how long the slowest decision took
 */
public record Report(long window, long charged, String outcome, long calls, long slowestMicros) {
    /** The call may be made. */
    public static final String ADMITTED = "ADMITTED";

    /** A limit is spent. */
    public static final String LIMITED = "LIMITED";

    /** The store is away, or did not answer in time. */
    public static final String CHECK_FAILED = "CHECK_FAILED";

    private static final String BETWEEN = " ";

    public Report {
        requireNonNull(outcome, "outcome");
    }

    /** The two together, which came out alike. */
    Report and(Report other) {
        return new Report(window, charged, outcome, calls + other.calls, Math.max(slowestMicros, other.slowestMicros));
    }

    String toLine() {
        return String.join(
                BETWEEN,
                Long.toString(window),
                Long.toString(charged),
                outcome,
                Long.toString(calls),
                Long.toString(slowestMicros));
    }

    static Report ofLine(String line) {
        List<String> parts = List.of(line.split(BETWEEN, -1));
        if (parts.size() != 5) throw new IllegalArgumentException("no report: " + line);
        return new Report(
                Long.parseLong(parts.get(0)),
                Long.parseLong(parts.get(1)),
                parts.get(2),
                Long.parseLong(parts.get(3)),
                Long.parseLong(parts.get(4)));
    }
}
