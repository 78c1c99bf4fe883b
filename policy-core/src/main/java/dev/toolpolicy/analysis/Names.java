package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What is known of the names that a policy's patterns match, without trying any. */
final class Names {
    /** After so many comparisons nothing more is found: a document of 16 MiB has names by the hundred thousand. */
    private static final long MOST_COMPARISONS = 20_000_000;

    private final Map<String, Integer> hiddenNames = new HashMap<>();
    private final List<Integer> hidePatterns = new ArrayList<>();
    private final Policy policy;
    private long comparisons;

    Names(Policy policy) {
        this.policy = policy;
        for (int i = 0; i < policy.hide().size(); i++) {
            ToolPattern pattern = policy.hide().get(i);
            if (pattern.exact()) hiddenNames.putIfAbsent(pattern.text(), i);
            else hidePatterns.add(i);
        }
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

    /** Whether a tool of this name is hidden. */
    boolean hides(String name) {
        return hiddenNames.containsKey(name)
                || hidePatterns.stream()
                        .anyMatch(hide -> policy.hide().get(hide).matches(name));
    }

    /** The first element of {@code hide} that hides every name which the pattern matches. */
    OptionalInt hiddenBy(ToolPattern pattern) {
        Integer written = pattern.exact() ? hiddenNames.get(pattern.text()) : null;
        if (written != null) return OptionalInt.of(written);
        for (int hide : hidePatterns) {
            if (covers(policy.hide().get(hide), pattern)) return OptionalInt.of(hide);
        }
        return OptionalInt.empty();
    }
}
