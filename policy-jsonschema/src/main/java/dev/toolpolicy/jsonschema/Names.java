package dev.toolpolicy.jsonschema;

/**
 * The names of members as everit gets them: without the characters that it escapes.
 *
 * <p>It escapes the names on the way to a violation once more for each violation above it, so that a backslash becomes two, then
 * four, then eight. In their stead stand halves of surrogate pairs, which no text of a call or a policy holds alone, and each of
 * which is one character to whoever counts.
 */
final class Names {
    private static final String ESCAPED = "\\\"~/";
    /** Second halves without a first one. */
    private static final String MASKS = "\uDC5C\uDC22\uDC7E\uDC2F";

    private Names() {}

    static String masked(String name) {
        if (isPlain(name)) return name;
        StringBuilder out = new StringBuilder(name);
        for (int i = 0; i < out.length(); i++) {
            int which = ESCAPED.indexOf(out.charAt(i));
            if (which >= 0) out.setCharAt(i, MASKS.charAt(which));
        }
        return out.toString();
    }

    /** The name itself; of a text that is none of ours, the text. */
    static String plain(String masked) {
        if (!hasMask(masked)) return masked;
        StringBuilder out = new StringBuilder(masked);
        for (int i = 0; i < out.length(); i++) {
            boolean alone = i == 0 || !Character.isHighSurrogate(masked.charAt(i - 1));
            int which = alone ? MASKS.indexOf(out.charAt(i)) : -1;
            if (which >= 0) out.setCharAt(i, ESCAPED.charAt(which));
        }
        return out.toString();
    }

    /** As nearly all names are: this is asked of each name of each call. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || c == '"' || c == '~' || c == '/') return false;
        }
        return true;
    }

    private static boolean hasMask(String text) {
        for (int i = 0; i < MASKS.length(); i++) {
            if (text.indexOf(MASKS.charAt(i)) >= 0) return true;
        }
        return false;
    }
}
