package dev.toolpolicy.jsonschema;

/** URI Templates by the grammar of RFC 6570, of any level, with erratum 6937 ({@code '} is a literal). */
final class UriTemplate {
    /** Of them {@code =,!@|} have no meaning yet, but are of the grammar. */
    private static final String OPERATORS = "+#./;?&=,!@|";

    private static final String NO_LITERALS = " \"%<>\\^`{|}";

    private UriTemplate() {}

    static boolean isTemplate(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c == '{') {
                int close = text.indexOf('}', at);
                if (close < 0 || !isExpression(text.substring(at + 1, close))) return false;
                at = close + 1;
            } else if (c == '%') {
                if (!Ascii.isTriplet(text, at, text.length())) return false;
                at += 3;
            } else {
                if (!isLiteral(c)) return false;
                at += Character.charCount(c);
            }
        }
        return true;
    }

    private static boolean isLiteral(int c) {
        if (c < 0x80) return c >= ' ' && c != 0x7F && NO_LITERALS.indexOf(c) < 0;
        if (c < 0xA0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) return false;
        if ((c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xFFF0 && c <= 0xFFFF)) return false;
        // The last two of each plane are no characters; of plane 14 the grammar leaves out the tags.
        return (c & 0xFFFE) != 0xFFFE && (c < 0xE0000 || c > 0xE0FFF);
    }

    /** What stands in braces: perhaps an operator, then variables with commas between them. */
    private static boolean isExpression(String text) {
        int at = !text.isEmpty() && OPERATORS.indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        while (true) {
            at = variableEnd(text, at);
            if (at < 0 || at == text.length()) return at > 0;
            if (text.charAt(at) != ',') return false;
            at++;
        }
    }

    /** Where a variable and its modifier end; -1 if none stands there. */
    private static int variableEnd(String text, int from) {
        int end = nameEnd(text, from);
        if (end < 0) return -1;
        if (text.startsWith("*", end)) return end + 1;
        if (!text.startsWith(":", end)) return end;
        int prefix = end + 1;
        int digits = Ascii.endOfDigits(text, prefix) - prefix;
        return digits >= 1 && digits <= 4 && text.charAt(prefix) != '0' ? prefix + digits : -1;
    }

    /** A dot stands only between two other characters. */
    private static int nameEnd(String text, int from) {
        int at = from;
        boolean afterDot = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Ascii.isLetterOrDigit(c) || c == '_') at++;
            else if (Ascii.isTriplet(text, at, text.length())) at += 3;
            else if (c == '.' && !afterDot) at++;
            else break;
            afterDot = c == '.';
        }
        return afterDot ? -1 : at;
    }
}
