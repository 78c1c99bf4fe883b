package dev.toolpolicy.jsonschema;

/** URIs and references to them, by the grammar of RFC 3986 for any scheme. */
final class UriText {
    private static final String NAME = "-._~!$&'()*+,;=";
    private static final String USER = NAME + ":";
    private static final String PATH = NAME + ":@/";
    private static final String QUERY = PATH + "?";

    private UriText() {}

    static boolean isUri(String text) {
        return schemeEnd(text) >= 0 && isReference(text);
    }

    static boolean isReference(String text) {
        int scheme = schemeEnd(text);
        return scheme < 0 ? isAfterScheme(text, 0) : isScheme(text, scheme) && isAfterScheme(text, scheme + 1);
    }

    /** The colon of the first segment of a path: there it can but end a scheme. -1 if there is none. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') return i;
            if (c == '/' || c == '?' || c == '#') return -1;
        }
        return -1;
    }

    private static boolean isScheme(String text, int to) {
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            if (!Ascii.isLetter(c) && (i == 0 || (!Ascii.isDigit(c) && "+-.".indexOf(c) < 0))) return false;
        }
        return to > 0;
    }

    private static boolean isAfterScheme(String text, int from) {
        int fragment = find(text, '#', from, text.length());
        int query = find(text, '?', from, fragment);
        int path = from;
        if (text.startsWith("//", from)) {
            path = find(text, '/', from + 2, query);
            if (!isAuthority(text.substring(from + 2, path))) return false;
        }
        // A query may hold the mark that it begins with; a fragment may not.
        return isOf(text, path, query, PATH)
                && isOf(text, query, fragment, QUERY)
                && (fragment == text.length() || isOf(text, fragment + 1, text.length(), QUERY));
    }

    private static boolean isAuthority(String text) {
        int host = text.indexOf('@') + 1;
        if (host > 0 && !isOf(text, 0, host - 1, USER)) return false;
        int end;
        if (text.startsWith("[", host)) {
            end = text.indexOf(']') + 1;
            if (end == 0 || !isAddress(text.substring(host + 1, end - 1))) return false;
        } else {
            end = find(text, ':', host, text.length());
            if (!isOf(text, host, end, NAME)) return false;
        }
        if (end == text.length()) return true;
        return text.charAt(end) == ':' && Ascii.endOfDigits(text, end + 1) == text.length();
    }

    /** What stands in brackets: an IPv6 address, or one of a later version ({@code v7.x}). */
    private static boolean isAddress(String text) {
        if (!text.startsWith("v") && !text.startsWith("V")) return IpText.STANDARD.isV6(text);
        int dot = Ascii.endOfHexDigits(text, 1);
        return dot > 1
                && text.startsWith(".", dot)
                && dot + 1 < text.length()
                && text.indexOf('%') < 0
                && isOf(text, dot + 1, text.length(), USER);
    }

    /** Whether there are but letters, digits, these marks and percent-encoded octets. */
    private static boolean isOf(String text, int from, int to, String marks) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (Ascii.isLetterOrDigit(c) || marks.indexOf(c) >= 0) at++;
            else if (Ascii.isTriplet(text, at, to)) at += 3;
            else return false;
        }
        return true;
    }

    /** Where the character first stands; {@code to} if it does not before. */
    private static int find(String text, char c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == c) return i;
        }
        return to;
    }
}
