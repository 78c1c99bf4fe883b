package dev.toolpolicy.analysis;

import java.util.ArrayList;
import java.util.List;

/** A regular expression, read just far enough to see whether it is anchored, and whether it ignores case. */
final class Expression {
    /** Stands for an escape or a class: some character or other. */
    private static final char ONE = 'x';

    private final String text;
    private final List<String> alternatives = new ArrayList<>();
    private boolean ignoresCase;

    Expression(String text) {
        this.text = text;
        read();
    }

    /** Splits at each {@code |} that stands in no group and no class; of escapes and classes only the anchors are kept. */
    private void read() {
        int depth = 0;
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                boolean anchor = text.startsWith("\\A", i) || text.startsWith("\\z", i);
                plain.append(anchor ? text.charAt(i + 1) == 'A' ? '^' : '$' : ONE);
                i = afterEscape(i);
            } else if (c == '[') {
                plain.append(ONE);
                i = afterClass(i);
            } else if (c == '|' && depth == 0) {
                alternatives.add(plain.toString());
                plain.setLength(0);
            } else {
                if (c == '(' && namesCase(i)) ignoresCase = true;
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                plain.append(c);
            }
        }
        alternatives.add(plain.toString());
    }

    /** The last character of an escape; of {@code \Q…\E} all of it. */
    private int afterEscape(int at) {
        if (!text.startsWith("\\Q", at)) return at + 1;
        int end = text.indexOf("\\E", at);
        return end < 0 ? text.length() : end + 1;
    }

    private int afterClass(int at) {
        int i = at + 1;
        if (i < text.length() && text.charAt(i) == '^') i++;
        // A bracket that comes first stands for itself.
        if (i < text.length() && text.charAt(i) == ']') i++;
        for (; i < text.length() && text.charAt(i) != ']'; i++) {
            if (text.charAt(i) == '\\') i++;
            else if (text.startsWith("[:", i)) i = Math.max(i, text.indexOf(":]", i) + 1);
        }
        return i;
    }

    /** Whether a group names the flag {@code i}: {@code (?i)}, {@code (?Ui:}; not {@code (?-i)}. */
    private boolean namesCase(int group) {
        if (!text.startsWith("(?", group)) return false;
        for (int i = group + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'i') return true;
            if (c < 'A' || c > 'z' || c == 'P') return false;
        }
        return false;
    }

    /** Whether it perhaps has one of the two letters that are, but for their case, letters outside ASCII too. */
    boolean foldsBeyondAscii() {
        return text.chars().anyMatch(c -> c == 'k' || c == 'K' || c == 's' || c == 'S' || c == '-' || c == 'w');
    }

    /** Whether it says several things, one of which is enough. */
    boolean hasAlternatives() {
        return alternatives.size() > 1;
    }

    boolean ignoresCase() {
        return ignoresCase;
    }

    /** Whether some text surely matches with more before it, or behind it, than the author wrote. */
    boolean isUnanchored() {
        return isOpenBefore() || isOpenBehind();
    }

    /** Where more may stand: before what matches, behind it, or both. */
    String openPlaces() {
        if (!isOpenBehind()) return "before";
        return isOpenBefore() ? "before or behind" : "behind";
    }

    private boolean isOpenBefore() {
        return alternatives.stream().anyMatch(Expression::isOpenBefore);
    }

    private boolean isOpenBehind() {
        return alternatives.stream().anyMatch(Expression::isOpenBehind);
    }

    private static boolean isOpenBefore(String alternative) {
        String body = alternative;
        while (body.startsWith("(?") && body.indexOf(')') > 0 && body.indexOf(')') < 6) {
            body = body.substring(body.indexOf(')') + 1);
        }
        // Who writes `.*` means any text there.
        return !body.startsWith(".*") && !body.contains("^");
    }

    private static boolean isOpenBehind(String alternative) {
        return !alternative.endsWith(".*") && !alternative.contains("$");
    }
}
