package dev.toolpolicy.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of strings, or one that is larger than it: what is empty here is empty.
 *
 * @param only if it is there, the strings of which the set has some
 * @param except strings that are not in the set
 * @param parts what each string of the set begins with, ends with or has in it, or does not
 */
record Texts(@Nullable Set<String> only, Set<String> except, List<Part> parts) {
    static final Texts ALL = new Texts(null, Set.of(), List.of());
    static final Texts NONE = only(Set.of());

    /** A piece of text, where it stands in a string, and whether it does. */
    record Part(Where where, String piece, boolean present) {
        boolean holds(String text) {
            return where.holds(text, piece) == present;
        }
    }

    /** Where a piece of text stands. */
    enum Where {
        START,
        END,
        ANYWHERE;

        boolean holds(String text, String piece) {
            return switch (this) {
                case START -> text.startsWith(piece);
                case END -> text.endsWith(piece);
                case ANYWHERE -> text.contains(piece);
            };
        }
    }

    static Texts only(Set<String> texts) {
        return new Texts(texts, Set.of(), List.of());
    }

    static Texts except(Set<String> texts) {
        return new Texts(null, texts, List.of());
    }

    static Texts with(Where where, String piece, boolean present) {
        return new Texts(null, Set.of(), List.of(new Part(where, piece, present)));
    }

    /** What is in both. */
    Texts and(Texts other) {
        Set<String> both = only == null ? other.only : only;
        if (only != null && other.only != null) {
            both = new HashSet<>(only);
            both.retainAll(other.only);
        }
        Set<String> neither = except;
        if (!other.except.isEmpty()) {
            neither = new HashSet<>(except);
            neither.addAll(other.except);
        }
        List<Part> all = parts;
        if (!other.parts.isEmpty()) {
            all = new ArrayList<>(parts);
            all.addAll(other.parts);
        }
        return new Texts(both, neither, all);
    }

    boolean isEmpty() {
        if (only != null) return only.stream().noneMatch(this::admits);
        for (Part part : parts) {
            if (!part.present && part.piece.isEmpty()) return true;
            for (Part other : parts) if (part.present && contradict(part, other)) return true;
        }
        return false;
    }

    private boolean admits(String text) {
        return !except.contains(text) && parts.stream().allMatch(part -> part.holds(text));
    }

    /** Whether a piece that is there leaves no room for the other, or has in it what must not be there. */
    private static boolean contradict(Part there, Part other) {
        if (!other.present) {
            boolean sameEnd = other.where == there.where || other.where == Where.ANYWHERE;
            return sameEnd && other.where.holds(there.piece, other.piece);
        }
        if (there.where != other.where || there.where == Where.ANYWHERE) return false;
        boolean longer = there.piece.length() >= other.piece.length();
        return longer && !there.where.holds(there.piece, other.piece);
    }
}
