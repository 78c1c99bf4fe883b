package dev.toolpolicy.document;

/**
 * A piece of a line around one place, as it is printed, and how wide the part before that place is.
 *
 * <p>A terminal gives some characters two columns and some none; the caret stands below the right one all the same. What is
 * invisible or turns the direction of writing is shown as U+FFFD, for a report is read by people who must not be fooled.
 */
record Excerpt(String line, int width) {
    private static final int BEFORE = 60;
    private static final int AFTER = 60;
    private static final char CUT = '…';
    private static final int UNSEEN = 0xFFFD;
    /** Blocks whose characters take two columns: first and last code point, in turn. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF, 0xAC00, 0xD7A3,
        0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900,
        0x1F9FF, 0x20000, 0x3FFFD
    };

    static Excerpt around(String text, int offset) {
        int place = Math.min(offset, text.length());
        StringBuilder out = new StringBuilder();
        int start = place;
        for (int i = 0; i < BEFORE && start > 0 && !endsLine(text.charAt(start - 1)); i++) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        if (start > 0 && !endsLine(text.charAt(start - 1))) out.append(CUT);
        append(text, start, place, out);
        int width = width(out);
        int end = place;
        for (int i = 0; i < AFTER && end < text.length() && !endsLine(text.charAt(end)); i++) {
            end += Character.charCount(text.codePointAt(end));
        }
        append(text, place, end, out);
        if (end < text.length() && !endsLine(text.charAt(end))) out.append(CUT);
        return new Excerpt(out.toString().stripTrailing(), width);
    }

    private static void append(String text, int from, int to, StringBuilder out) {
        text.substring(from, to).codePoints().map(Excerpt::visible).forEach(out::appendCodePoint);
    }

    private static boolean endsLine(char c) {
        return c == '\n' || c == '\r';
    }

    private static int visible(int c) {
        if (c == '\t') return ' ';
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> UNSEEN;
            default -> c;
        };
    }

    private static int width(CharSequence printed) {
        return printed.codePoints().map(Excerpt::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
        for (int i = 0; i < WIDE.length; i += 2) {
            if (c >= WIDE[i] && c <= WIDE[i + 1]) return 2;
        }
        return 1;
    }
}
