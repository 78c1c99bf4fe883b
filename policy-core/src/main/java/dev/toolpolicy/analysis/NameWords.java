package dev.toolpolicy.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a name: what stands between {@code _}, {@code -}, {@code .} and the humps of {@code camelCase}, in small letters. */
final class NameWords {
    /** A longer name says nothing: nobody reads it either. */
    private static final int LONGEST = 128;

    private NameWords() {}

    /** The words of a name in order; none if it has no letters, or is too long to be a name. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        if (name.length() > LONGEST) return words;
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i < name.length() && Character.isLetterOrDigit(name.charAt(i))) continue;
            if (i > from) addSegment(name.substring(from, i), words);
            from = i + 1;
        }
        return words;
    }

    private static void addSegment(String segment, List<String> words) {
        String whole = segment.toLowerCase(Locale.ROOT);
        // A known word in odd letters, `dElEtE`, has no humps.
        if (RiskWords.isKnown(whole)) {
            words.add(whole);
            return;
        }
        int from = 0;
        for (int i = 1; i <= segment.length(); i++) {
            if (i < segment.length() && !begins(segment, i)) continue;
            if (Character.isLetter(segment.charAt(from))) {
                words.add(segment.substring(from, i).toLowerCase(Locale.ROOT));
            }
            from = i;
        }
    }

    /** Whether a word begins here: at a hump, at the last capital before small letters, and between letters and digits. */
    private static boolean begins(String text, int i) {
        char before = text.charAt(i - 1);
        char here = text.charAt(i);
        if (Character.isDigit(before) != Character.isDigit(here)) return true;
        if (!Character.isUpperCase(here)) return false;
        boolean smallFollows = i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1));
        return !Character.isUpperCase(before) || smallFollows;
    }
}
