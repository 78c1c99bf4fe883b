package dev.toolpolicy.examples.cluster.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of calls and was not told yet. */
final class Reports {
    private Map<Like, Report> untold = new LinkedHashMap<>();

    synchronized void add(Report report) {
        untold.merge(new Like(report.window(), report.charged(), report.outcome()), report, Report::and);
    }

    /** All of it, which is told with that. */
    synchronized List<Report> take() {
        List<Report> taken = List.copyOf(untold.values());
        untold = new LinkedHashMap<>();
        return taken;
    }

    private record Like(long window, long charged, String outcome) {}
}
