package dev.toolpolicy.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened, for people, and the same whenever the seed is the same: ids of chance are numbered as they come. */
final class Transcript {
    private final Schedule schedule;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    Transcript(Schedule schedule) {
        this.schedule = schedule;
    }

    void tell(String what) {
        lines.add(schedule.nanos() / 1_000 + " µs  " + what);
    }

    /** A short name for an id. */
    String name(String id) {
        return id.isEmpty() ? "nobody's" : names.computeIfAbsent(id, unknown -> "question " + (names.size() + 1));
    }

    String text() {
        return String.join("\n", lines);
    }
}
