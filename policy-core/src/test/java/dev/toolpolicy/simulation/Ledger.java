package dev.toolpolicy.simulation;

import dev.toolpolicy.simulation.Attempt.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What ran and why, kept beside the library, and what must never be. */
final class Ledger {
    private static final class Window {
        /** What ran, less what was or may have been given back. */
        long ran;

        long max;
    }

    /** More than any window here, and than clocks differ by. */
    private static final long VOID_SECONDS = 150;

    private final Schedule schedule;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Window> windows = new HashMap<>();
    /** Windows of which it is not known what is counted, for a fault has hit them; more than ran may be counted. */
    private final Set<String> doubted = new HashSet<>();

    private final Map<String, String> questions = new HashMap<>();
    private final Set<String> approved = new HashSet<>();
    private final Map<String, Attempt> usedBy = new HashMap<>();
    /** By outcome. */
    final Map<String, Long> outcomes = new TreeMap<>();

    private String broken = "";
    /** When the store lost all it had, in seconds. */
    private final List<Long> emptied = new ArrayList<>();

    Ledger(Schedule schedule) {
        this.schedule = schedule;
    }

    void begun(Attempt attempt) {
        attempts.add(attempt);
    }

    List<Attempt> attempts() {
        return attempts;
    }

    void answered(Attempt attempt, String outcome) {
        require(!attempt.answered(), attempt + " is answered twice");
        attempt.outcome = outcome;
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /** A tool runs. */
    void ran(Attempt attempt) {
        for (Taken taken : attempt.taken) {
            if (isLost(taken)) continue;
            Window window = windows.computeIfAbsent(taken.key, key -> new Window());
            window.ran += taken.charge.units();
            // In the window of a reload it is the larger of the two.
            window.max = Math.max(window.max, taken.charge.max());
            require(
                    window.ran <= window.max,
                    attempt + " makes it " + window.ran + " of " + window.max + " in a window of "
                            + taken.charge.counter());
        }
        if (attempt.asks) requireApproved(attempt);
    }

    private void requireApproved(Attempt attempt) {
        String id = attempt.used;
        require(!id.isEmpty(), attempt + " runs and used no approval");
        require(approved.contains(id), attempt + " runs and nobody approved it");
        require(attempt.what().equals(questions.get(id)), attempt + " runs on an approval of another call");
        Attempt before = usedBy.put(id, attempt);
        require(before == null, attempt + " runs on the approval on which " + before + " ran");
    }

    /** Whether this question is new. */
    boolean asked(Attempt attempt, String question) {
        String before = questions.putIfAbsent(question, attempt.what());
        require(before == null || before.equals(attempt.what()), attempt + " is given the question of another call");
        return before == null;
    }

    /** A person begins to say yes. */
    void approving(String question) {
        approved.add(question);
    }

    /** From now on it may be given back: what is taken of it is not held against anybody. */
    void refunding(Attempt attempt) {
        for (Taken taken : attempt.taken) {
            if (!taken.changed) change(taken, 0, 0);
        }
    }

    void settling(Attempt attempt, String counter, long actual) {
        for (Taken taken : attempt.taken) {
            long units = taken.charge.units();
            // More is taken of what is left, which may be nothing.
            if (taken.charge.counter().startsWith(counter.length() + ":" + counter) && !taken.changed)
                change(taken, Math.min(units, actual), actual);
        }
    }

    private void change(Taken taken, long least, long most) {
        taken.changed = true;
        Window window = windows.get(taken.key);
        if (window != null) window.ran -= taken.least - least;
        taken.least = least;
        taken.most = most;
    }

    /** What is counted there may be more than what ran. */
    void doubt(String key) {
        doubted.add(key);
    }

    /** The windows of now, and those around them, are void. */
    void emptied() {
        emptied.add(schedule.instant().getEpochSecond());
    }

    private boolean isLost(Taken taken) {
        return emptied.stream().anyMatch(at -> Math.abs(taken.window - at) < VOID_SECONDS);
    }

    /** At rest: what is counted in each window is what ran in it, and nothing else unless a fault explains that. */
    void requireCounted(Map<String, Long> counted) {
        Map<String, long[]> due = new HashMap<>();
        Set<String> lost = new HashSet<>();
        for (Attempt attempt : attempts) {
            for (Taken taken : attempt.taken) {
                if (isLost(taken)) lost.add(taken.key);
                long[] sum = due.computeIfAbsent(taken.key, key -> new long[2]);
                sum[0] += attempt.admitted() ? taken.least : 0;
                sum[1] += attempt.admitted() ? taken.most : 0;
            }
        }
        counted.forEach((key, used) -> {
            if (lost.contains(key)) return;
            long[] sum = due.getOrDefault(key, new long[2]);
            require(used >= sum[0], used + " is counted where " + sum[0] + " ran, in " + key);
            require(
                    used <= sum[1] || doubted.contains(key),
                    used + " is counted where " + sum[1] + " ran, and no fault explains it, " + whoTook(key));
        });
    }

    private String whoTook(String key) {
        return attempts.stream()
                .filter(attempt -> attempt.taken.stream().anyMatch(taken -> taken.key.equals(key)))
                .map(attempt -> attempt + " (" + (attempt.cancelled ? "cancelled" : attempt.outcome) + ")")
                .collect(Collectors.joining(", ", "by ", " in " + key));
    }

    /** At rest: every attempt on a machine that was not killed meanwhile has come to something. */
    void requireAnswers() {
        for (Attempt attempt : attempts) {
            boolean killed = attempt.life != attempt.machine.life() || !attempt.machine.runs();
            require(killed || attempt.answered() || attempt.cancelled, attempt + " was never answered");
        }
    }

    /** Whatever ran on this machine has a record. */
    void requireRecorded(Machine machine, Set<String> recorded) {
        for (Attempt attempt : attempts) {
            boolean unrecorded = attempt.machine == machine && attempt.admitted() && !recorded.contains(attempt.id);
            require(!unrecorded, attempt + " ran and has no record");
        }
    }

    /** Does not throw: the library would take that for a fault of what is plugged in. */
    void require(boolean holds, String otherwise) {
        if (!holds && broken.isEmpty()) broken = otherwise;
    }

    /** What must never be and was, the first of it; {@code ""} if nothing was. */
    String broken() {
        return broken;
    }
}
