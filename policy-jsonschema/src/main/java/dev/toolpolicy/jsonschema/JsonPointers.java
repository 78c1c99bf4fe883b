package dev.toolpolicy.jsonschema;

/** JSON Pointers (RFC 6901), and relative ones (draft-handrews-relative-json-pointer-01). */
final class JsonPointers {
    private JsonPointers() {}

    static boolean isPointer(String text) {
        return isPointer(text, 0);
    }

    static boolean isRelative(String text) {
        int end = Ascii.endOfDigits(text, 0);
        if (end == 0 || (end > 1 && text.charAt(0) == '0')) return false;
        return isPointer(text, end) || (text.length() == end + 1 && text.charAt(end) == '#');
    }

    private static boolean isPointer(String text, int from) {
        if (from == text.length()) return true;
        if (text.charAt(from) != '/') return false;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '~' && !text.startsWith("0", i + 1) && !text.startsWith("1", i + 1)) return false;
        }
        return true;
    }
}
