package dev.toolpolicy;

import java.util.regex.Pattern;

/** Tool patterns for the reference evaluator: SPEC §1, and the look-alikes of §5. */
final class NaiveNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private NaiveNames() {}

    static boolean isName(String tool) {
        return NAME.matcher(tool).matches();
    }

    /** Whether the pattern stands for the name: {@code *} for any run of characters, everything else for itself. */
    static boolean matches(String pattern, String name) {
        return matches(pattern, 0, name, 0);
    }

    private static boolean matches(String pattern, int p, String name, int n) {
        if (p == pattern.length()) return n == name.length();
        boolean more = n < name.length();
        if (pattern.charAt(p) == '*')
            return matches(pattern, p + 1, name, n) || (more && matches(pattern, p, name, n + 1));
        return more && pattern.charAt(p) == name.charAt(n) && matches(pattern, p + 1, name, n + 1);
    }

    /** Whether it would, but for letter case and the choice among {@code _ . -}. */
    static boolean resembles(String pattern, String name) {
        return matches(folded(pattern), folded(name));
    }

    /** The stronger of two entries governs: an exact name beats every pattern, else the one with more literal characters. */
    static int strength(String entry) {
        return entry.indexOf('*') < 0
                ? Integer.MAX_VALUE
                : entry.replace("*", "").length();
    }

    static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') folded.append((char) (c - 'A' + 'a'));
            else folded.append(c == '.' || c == '-' ? '_' : c);
        }
        return folded.toString();
    }
}
