package dev.toolpolicy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A tool's name, or several: {@code create_*}. A star stands for any run of characters, none too. Equal if the texts are. */
public final class ToolPattern implements Comparable<ToolPattern> {
    /** How long the name of a tool may be. */
    public static final int MAX_LENGTH = 128;

    /** How many stars a pattern may have. */
    public static final int MAX_STARS = 8;

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.*-]{1," + MAX_LENGTH + "}");

    private final String text;
    // Made when first asked for: two threads may each make the same, and either will do.
    private @Nullable NameMatcher exactly;
    private @Nullable NameMatcher nearly;

    /** @throws IllegalArgumentException if the text is neither a name nor a pattern of names */
    public ToolPattern(String text) {
        if (!isLegal(text)) throw new IllegalArgumentException("not a tool pattern: " + text);
        this.text = text;
    }

    /** The pattern as a policy writes it. */
    public String text() {
        return text;
    }

    /** Whether a text is a tool's name or a pattern of names. */
    public static boolean isLegal(String text) {
        return LEGAL.matcher(text).matches()
                && text.chars().filter(c -> c == '*').count() <= MAX_STARS;
    }

    /** Whether a text is the name of a tool. */
    public static boolean isName(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH) return false;
        for (int i = 0; i < length; i++) {
            if (!isNameChar(text.charAt(i))) return false;
        }
        return true;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }

    /** Whether it is one name: a pattern without a star. */
    public boolean exact() {
        return text.indexOf('*') < 0;
    }

    /** How many characters stand for themselves: of patterns that match a name, the one with the most governs it. */
    public int literals() {
        return (int) text.chars().filter(c -> c != '*').count();
    }

    /** Whether it matches this name. */
    public boolean matches(String name) {
        if (exact()) return text.equals(name);
        NameMatcher matcher = exactly;
        if (matcher == null) exactly = matcher = new NameMatcher(text, false);
        return matcher.matches(name);
    }

    /** Whether it matches this name but for letter case and the choice among {@code _}, {@code .} and {@code -}. */
    boolean resembles(String name) {
        // Of one name the matcher would have a state more than it has bits.
        if (exact()) return FoldedNames.same(text, name);
        NameMatcher matcher = nearly;
        if (matcher == null) nearly = matcher = new NameMatcher(text, true);
        return matcher.matches(name);
    }

    /** A character as look-alikes are compared. */
    static char folded(char c) {
        if (c >= 'A' && c <= 'Z') return (char) (c + ('a' - 'A'));
        return c == '.' || c == '-' ? '_' : c;
    }

    /** Whether some legal name is matched by both. */
    public boolean sharesNameWith(ToolPattern other) {
        if (exact()) return other.matches(text);
        if (other.exact()) return matches(other.text);
        // Where the ends agree, all that stands between them fits one after the other: only the length may be in the
        // way.
        return endsAgree(other) && (longestNeeded(other) <= MAX_LENGTH || SharedName.exists(text, other.text));
    }

    private int longestNeeded(ToolPattern other) {
        int sharedHead = Math.min(text.indexOf('*'), other.text.indexOf('*'));
        int sharedTail = Math.min(tail(text), tail(other.text));
        return Math.max(1, literals() + other.literals() - sharedHead - sharedTail);
    }

    /** Two patterns that match a name in common and of which neither is the more specific. */
    public record Tie(ToolPattern first, ToolPattern second) {}

    /** Every one of these patterns that ties with an earlier one, and the first with which it does. */
    public static List<Tie> ties(Collection<ToolPattern> patterns) {
        // Only patterns with equally many literals can tie, and an exact name beats every pattern.
        Map<Integer, List<ToolPattern>> byLiterals = new LinkedHashMap<>();
        for (ToolPattern pattern : patterns) {
            if (!pattern.exact()) {
                byLiterals
                        .computeIfAbsent(pattern.literals(), n -> new ArrayList<>())
                        .add(pattern);
            }
        }
        List<Tie> ties = new ArrayList<>();
        byLiterals.values().forEach(rivals -> ties.addAll(tiesAmong(rivals)));
        return ties;
    }

    private static List<Tie> tiesAmong(List<ToolPattern> rivals) {
        List<Tie> ties = new ArrayList<>();
        for (int second = 1; second < rivals.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (rivals.get(first).sharesNameWith(rivals.get(second))) {
                    ties.add(new Tie(rivals.get(first), rivals.get(second)));
                    break;
                }
            }
        }
        return ties;
    }

    /** What stands before the first stars, and after the last ones, must not contradict: most pairs are told apart here. */
    private boolean endsAgree(ToolPattern other) {
        int prefix = Math.min(text.indexOf('*'), other.text.indexOf('*'));
        int suffix = Math.min(tail(text), tail(other.text));
        return text.regionMatches(0, other.text, 0, prefix)
                && text.regionMatches(text.length() - suffix, other.text, other.text.length() - suffix, suffix);
    }

    private static int tail(String pattern) {
        return pattern.length() - 1 - pattern.lastIndexOf('*');
    }

    /** By their texts: names that were made to have one hash are still told apart quickly. */
    @Override
    public int compareTo(ToolPattern other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
