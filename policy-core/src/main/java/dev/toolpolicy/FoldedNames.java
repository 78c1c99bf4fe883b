package dev.toolpolicy;

import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a name that is the same but for letter case and the choice among {@code _}, {@code .} and {@code -}. A
 * hash table of its own, because a key for an ordinary one would have to be made at every call.
 */
final class FoldedNames<V> {
    private final @Nullable String[] names;
    private final @Nullable Object[] values;
    private final boolean empty;
    /** Of this table alone: names cannot be made to have one hash in it. */
    private final long seed = new SplittableRandom().nextLong() | 1;

    FoldedNames(Map<String, V> byName) {
        int size = Integer.highestOneBit(Math.max(2, byName.size() * 2)) * 2;
        names = new String[size];
        values = new Object[size];
        empty = byName.isEmpty();
        // Of several names that fold to one, the first stays.
        byName.forEach((name, value) -> {
            int slot = slot(name);
            if (names[slot] == null) {
                names[slot] = name;
                values[slot] = value;
            }
        });
    }

    /** What belongs to a name that folds to the same; null if nothing does. */
    @SuppressWarnings("unchecked") // only values of that type were put in
    @Nullable
    V find(String name) {
        return empty ? null : (V) values[slot(name)];
    }

    /** Where a name stands, or would stand. */
    private int slot(String name) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) hash = (hash + ToolPattern.folded(name.charAt(i))) * seed;
        int slot = (int) (hash >>> 32) & (names.length - 1);
        while (true) {
            String there = names[slot];
            if (there == null || same(there, name)) return slot;
            slot = (slot + 1) & (names.length - 1);
        }
    }

    /** Whether two names fold to the same. */
    static boolean same(String a, String b) {
        if (a.length() != b.length()) return false;
        for (int i = 0; i < a.length(); i++) {
            if (ToolPattern.folded(a.charAt(i)) != ToolPattern.folded(b.charAt(i))) return false;
        }
        return true;
    }
}
