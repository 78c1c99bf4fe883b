package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.JsonText.Place;
import dev.toolpolicy.json.LineIndex;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes problems as they are found, by pointer; where they stand in the text is looked up once, at the end. */
final class ProblemLog {
    /** As many as anybody reads; a document of sixteen million faults must not fill the memory. */
    static final int MAX_PROBLEMS = 1_000;

    private record Entry(Code code, String pointer, boolean atKey, String message, String hint) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> faulty = new HashSet<>();
    private final List<JsonText.Fault> faults = new ArrayList<>();

    /** Faults of the text. What stands at the same place is their consequence and is not told as well. */
    void addAll(List<JsonText.Fault> textFaults) {
        for (JsonText.Fault fault : textFaults) {
            // One more than is told, for then it is known that there are more.
            if (faults.size() <= MAX_PROBLEMS) faults.add(fault);
            if (fault.kind() != JsonText.Kind.DUPLICATE_KEY) faulty.add(fault.pointer());
        }
    }

    /** A problem of the value at that place. */
    void atValue(Code code, Pointer at, String message, String hint) {
        add(code, at, false, message, hint);
    }

    /** A problem of the key, or of the element, at that place. */
    void atKey(Code code, Pointer at, String message, String hint) {
        add(code, at, true, message, hint);
    }

    private void add(Code code, Pointer at, boolean atKey, String message, String hint) {
        if (isFull()) return;
        String pointer = at.toString();
        if (faulty.contains(pointer)) return;
        entries.add(new Entry(code, pointer, atKey, message, hint));
    }

    /** Whether further problems are dropped. */
    boolean isFull() {
        return entries.size() > MAX_PROBLEMS;
    }

    boolean isEmpty() {
        return entries.isEmpty() && faults.isEmpty();
    }

    /** The problems and what their lines look like, sorted by place. */
    List<Located> located(JsonText document) {
        Map<String, Place> places = document.readable()
                ? document.places(entries.stream().map(Entry::pointer).toList())
                : Map.of();
        record AtOffset(int offset, Code code, String pointer, String message, String hint) {}
        List<AtOffset> sorted = new ArrayList<>();
        for (JsonText.Fault f : faults) {
            sorted.add(new AtOffset(f.offset(), Code.valueOf(f.kind().name()), f.pointer(), f.message(), f.hint()));
        }
        for (Entry e : entries) {
            Place place = places.getOrDefault(e.pointer(), new Place(0, 0));
            sorted.add(new AtOffset(
                    e.atKey() ? place.key() : place.value(), e.code(), e.pointer(), e.message(), e.hint()));
        }
        sorted.sort(Comparator.comparingInt(AtOffset::offset));
        LineIndex lines = document.lines();
        List<Located> located = new ArrayList<>();
        for (AtOffset p : sorted) {
            boolean last = located.size() == MAX_PROBLEMS;
            Code code = last ? Code.TOO_MANY_PROBLEMS : p.code();
            String message = last ? "there are more problems than the " + MAX_PROBLEMS + " that are told" : p.message();
            String hint = last ? "mend these first, then parse again" : p.hint();
            int line = lines.line(p.offset());
            located.add(new Located(
                    new Problem(code, p.pointer(), line, lines.column(p.offset()), message, hint), p.offset()));
            if (last) break;
        }
        located.sort(Comparator.comparing(Located::problem));
        return located;
    }

    /** A problem, and where it stands in the text. */
    record Located(Problem problem, int offset) {}
}
