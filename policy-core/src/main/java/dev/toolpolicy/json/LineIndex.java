package dev.toolpolicy.json;

/**
 * Lines and columns of a text, both counted from 1; a column is one character, however many chars or bytes it takes. A line
 * ends with CR LF, LF or CR.
 *
 * <p>It goes on from where it was asked last, so that asking for rising offsets reads the text once, however long its lines are.
 * Not for several threads.
 */
public final class LineIndex {
    private final String text;
    private int offset;
    private int line = 1;
    private int column = 1;

    LineIndex(String text) {
        this.text = text;
    }

    /** The line in which the char at this offset stands. */
    public int line(int at) {
        moveTo(at);
        return line;
    }

    /** The column in which the char at this offset stands. */
    public int column(int at) {
        moveTo(at);
        return column;
    }

    private void moveTo(int at) {
        if (at < offset) {
            offset = 0;
            line = 1;
            column = 1;
        }
        int end = Math.min(at, text.length());
        while (offset < end) step();
    }

    private void step() {
        char c = text.charAt(offset);
        boolean lineFeedFollows = offset + 1 < text.length() && text.charAt(offset + 1) == '\n';
        if (c == '\n' || (c == '\r' && !lineFeedFollows)) {
            line++;
            column = 1;
        } else if (!Character.isLowSurrogate(c)) {
            column++;
        }
        offset++;
    }
}
