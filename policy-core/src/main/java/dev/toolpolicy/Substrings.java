package dev.toolpolicy;

/** Whether a text holds another, in time linear in both: under {@code value_from} an agent may choose the two. */
final class Substrings {
    /** What {@code String} does in microseconds at worst: a list may hold many texts, each of which is looked through. */
    private static final long SMALL = 100_000;

    private Substrings() {}

    static boolean contains(String text, String part) {
        if (part.length() > text.length()) return false;
        if ((long) text.length() * part.length() <= SMALL) return text.contains(part);
        // Knuth, Morris and Pratt: no character of the text is looked at again.
        int[] borders = borders(part);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            while (matched > 0 && part.charAt(matched) != text.charAt(i)) matched = borders[matched - 1];
            if (part.charAt(matched) == text.charAt(i)) matched++;
            if (matched == part.length()) return true;
        }
        return false;
    }

    /** By length: how much of the beginning of a part is also its end. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length()];
        int border = 0;
        for (int i = 1; i < borders.length; i++) {
            while (border > 0 && part.charAt(border) != part.charAt(i)) border = borders[border - 1];
            if (part.charAt(border) == part.charAt(i)) border++;
            borders[i] = border;
        }
        return borders;
    }
}
