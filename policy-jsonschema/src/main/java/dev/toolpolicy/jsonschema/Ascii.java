package dev.toolpolicy.jsonschema;

/** Letters and digits as RFCs mean them: those of ASCII alone, whatever else Unicode counts among them. */
final class Ascii {
    private Ascii() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Where the digits end that begin at {@code from}. */
    static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        return end;
    }

    /** Where the hexadecimal digits end that begin at {@code from}. */
    static int endOfHexDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isHexDigit(text.charAt(end))) end++;
        return end;
    }

    /** Whether {@code %} and two hexadecimal digits stand there. */
    static boolean isTriplet(String text, int at, int to) {
        return to - at >= 3
                && text.charAt(at) == '%'
                && isHexDigit(text.charAt(at + 1))
                && isHexDigit(text.charAt(at + 2));
    }
}
