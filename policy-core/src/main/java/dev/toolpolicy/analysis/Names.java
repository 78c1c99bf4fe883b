package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What is known of the names that a policy's patterns match, without trying any. */
final class Names {
    /** After so many comparisons nothing more is found: a document of 16 MiB has names by the hundred thousand. */
    private static final long MOST_COMPARISONS = 20_000_000;

    /** Of {@code hide}, folded as look-alikes are compared: what only resembles a hidden name is denied as well. */
    private final Map<String, Integer> hiddenNames = new HashMap<>();

    private final Map<Integer, ToolPattern> hidePatterns = new TreeMap<>();
    private final Set<String> entryNames = new HashSet<>();
    private final List<ToolPattern> entryPatterns = new ArrayList<>();
    private long comparisons;

    Names(Policy policy) {
        for (int i = 0; i < policy.hide().size(); i++) {
            ToolPattern pattern = policy.hide().get(i);
            if (pattern.exact()) hiddenNames.putIfAbsent(folded(pattern.text()), i);
            else hidePatterns.put(i, new ToolPattern(folded(pattern.text())));
        }
        for (ToolPattern pattern : policy.tools().keySet()) {
            if (pattern.exact()) entryNames.add(folded(pattern.text()));
            else entryPatterns.add(new ToolPattern(folded(pattern.text())));
        }
    }

    /** As a decision compares look-alikes. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether every name that one pattern matches is matched by another; false where that is not sure. */
    boolean covers(ToolPattern wide, ToolPattern narrow) {
        if (comparisons++ > MOST_COMPARISONS) return false;
        // A star is no character of a name, so that only a star takes it: what matches the pattern as a text matches
        // all its names.
        return wide.matches(narrow.text());
    }

    /** Whether some name is matched by both; true where that is not sure. */
    boolean meet(ToolPattern a, ToolPattern b) {
        return comparisons++ > MOST_COMPARISONS || a.sharesNameWith(b);
    }

    /** Whether a tool of this name is hidden, or resembles one that is. */
    boolean hides(String name) {
        return hiddenBy(new ToolPattern(name)).isPresent();
    }

    /** Whether a name that no entry matches resembles one of an entry: a call of it is denied, whatever the default. */
    boolean resemblesEntry(String name) {
        ToolPattern folded = new ToolPattern(folded(name));
        return entryNames.contains(folded.text())
                || entryPatterns.stream().anyMatch(pattern -> covers(pattern, folded));
    }

    /** The first element of {@code hide} that hides every name which the pattern matches, or that all of these resemble. */
    OptionalInt hiddenBy(ToolPattern pattern) {
        ToolPattern folded = new ToolPattern(folded(pattern.text()));
        Integer written = pattern.exact() ? hiddenNames.get(folded.text()) : null;
        if (written != null) return OptionalInt.of(written);
        for (Map.Entry<Integer, ToolPattern> hide : hidePatterns.entrySet()) {
            if (covers(hide.getValue(), folded)) return OptionalInt.of(hide.getKey());
        }
        return OptionalInt.empty();
    }
}
