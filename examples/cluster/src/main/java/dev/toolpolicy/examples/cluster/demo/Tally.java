package dev.toolpolicy.examples.cluster.demo;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What became of the calls of several processes, by window. */
public final class Tally {
    private final int processes;
    private final boolean[] heard;
    /** By the window that was charged, for each process. */
    private final NavigableMap<Long, long[]> admitted = new TreeMap<>();
    /** By the window that the clock was in. */
    private final Map<Long, Long> limited = new TreeMap<>();

    private final Map<Long, Long> undecided = new TreeMap<>();
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> slowestMicros = new TreeMap<>();

    public Tally(int processes) {
        this.processes = processes;
        this.heard = new boolean[processes];
    }

    /** Where one of the processes, counted from 0, reports to. */
    public Consumer<Report> of(int process) {
        return report -> add(process, report);
    }

    private synchronized void add(int process, Report report) {
        heard[process] = true;
        calls.merge(report.outcome(), report.calls(), Long::sum);
        slowestMicros.merge(report.outcome(), report.slowestMicros(), Math::max);
        if (report.outcome().equals(Report.ADMITTED))
            admitted.computeIfAbsent(report.charged(), window -> new long[processes])[process] += report.calls();
        if (report.outcome().equals(Report.CHECK_FAILED)) undecided.merge(report.window(), report.calls(), Long::sum);
        if (report.outcome().equals(Report.LIMITED)) limited.merge(report.window(), report.calls(), Long::sum);
    }

    /** Whether every process has told something. */
    public synchronized boolean heardOfAll() {
        for (boolean one : heard) if (!one) return false;
        return true;
    }

    /** How many calls of each process a window has admitted. */
    public synchronized long[] admittedByEach(long window) {
        long[] each = admitted.get(window);
        return each == null ? new long[processes] : each.clone();
    }

    /** How many calls each window has admitted. */
    public synchronized NavigableMap<Long, Long> admitted() {
        NavigableMap<Long, Long> sums = new TreeMap<>();
        admitted.forEach((window, each) -> sums.put(window, sum(each)));
        return sums;
    }

    /** How many calls were limited in a window. */
    public synchronized long limited(long window) {
        return limited.getOrDefault(window, 0L);
    }

    /** How many calls in a window were denied because the store did not answer in time. */
    public synchronized long undecided(long window) {
        return undecided.getOrDefault(window, 0L);
    }

    /** How many calls have come out so, in all. */
    public synchronized long calls(String outcome) {
        return calls.getOrDefault(outcome, 0L);
    }

    /** How long the slowest decision took that came out so. */
    public synchronized long slowestMillis(String outcome) {
        return slowestMicros.getOrDefault(outcome, 0L) / 1_000;
    }

    /** The most that any window has admitted. */
    public long most() {
        return admitted().values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The most that any window has admitted to one process. */
    public synchronized long mostOfOne() {
        return admitted.values().stream().flatMapToLong(LongStream::of).max().orElse(0);
    }

    static long sum(long[] each) {
        long sum = 0;
        for (long one : each) sum += one;
        return sum;
    }
}
