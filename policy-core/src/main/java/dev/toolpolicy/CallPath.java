package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/** A path into a call: {@code args.items[*].id}, {@code identity.tenant}, {@code tool}. */
public record CallPath(Root root, List<Step> steps) {
    /** As deep as arguments may be nested; a longer path would lead nowhere. */
    public static final int MAX_STEPS = 64;

    public CallPath {
        requireNonNull(root, "root");
        steps = List.copyOf(steps);
        if (steps.size() > MAX_STEPS) throw new IllegalArgumentException("a path has at most " + MAX_STEPS + " steps");
        if (root == Root.TOOL && !steps.isEmpty())
            throw new IllegalArgumentException("nothing lies below the tool's name");
        if (root == Root.IDENTITY && !leadsToAttribute(steps)) {
            throw new IllegalArgumentException(
                    "a path into the identity leads to the grant, the session, an attribute or an element of one");
        }
    }

    private static boolean leadsToAttribute(List<Step> steps) {
        if (steps.isEmpty() || steps.size() > 2 || !(steps.get(0) instanceof Key attribute)) return false;
        boolean single = attribute.name().equals("grant") || attribute.name().equals("session");
        return steps.size() == 1 || (!single && !(steps.get(1) instanceof Key));
    }

    /** Whether it leads to every element of some list, and so perhaps to many values. */
    public boolean everyElement() {
        return steps.contains(Each.EACH);
    }

    /** The path as a policy writes it. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(root.word());
        for (Step step : steps) out.append(step);
        return out.toString();
    }

    /** Where a path begins. */
    public enum Root {
        /** The arguments of the call. */
        ARGS("args"),
        /** Who calls. */
        IDENTITY("identity"),
        /** The tool's name. */
        TOOL("tool");

        private final String word;

        Root(String word) {
            this.word = word;
        }

        /** The root as a policy writes it. */
        public String word() {
            return word;
        }
    }

    /** One step of a path. */
    public sealed interface Step {}

    /** To the member of an object. */
    public record Key(String name) implements Step {
        private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

        public Key {
            requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return BARE.matcher(name).matches() ? "." + name : "[" + Json.canonical(name) + "]";
        }
    }

    /** To one element of a list, counted from 0. */
    public record Index(int index) implements Step {
        public Index {
            if (index < 0) throw new IllegalArgumentException("index must not be negative, got " + index);
        }

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    /** To every element of a list. */
    public enum Each implements Step {
        EACH;

        @Override
        public String toString() {
            return "[*]";
        }
    }
}
