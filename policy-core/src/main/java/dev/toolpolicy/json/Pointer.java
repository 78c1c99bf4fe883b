package dev.toolpolicy.json;

import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON value, as RFC 6901 spells it: {@code /tools/a~1b/limits/0}.
 *
 * <p>It is a chain from the leaf to the root, so that walking a document makes one small object a step and the text only for
 * those places that somebody names.
 */
public final class Pointer {
    /** The whole document: the empty pointer. */
    public static final Pointer ROOT = new Pointer(null, "");

    private final @Nullable Pointer parent;
    private final Object step;

    private Pointer(@Nullable Pointer parent, Object step) {
        this.parent = parent;
        this.step = step;
    }

    /** The member of that name. */
    public Pointer member(String key) {
        return new Pointer(this, key);
    }

    /** The element at that index. */
    public Pointer element(int index) {
        return new Pointer(this, index);
    }

    /** The pointer as text. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }

    private void appendTo(StringBuilder out) {
        if (parent == null) return;
        parent.appendTo(out);
        out.append('/').append(escape(step.toString()));
    }

    /** One step of a pointer: a tilde is written {@code ~0}, a slash {@code ~1}. */
    static String escape(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    /** What a step of a pointer stands for. */
    static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
