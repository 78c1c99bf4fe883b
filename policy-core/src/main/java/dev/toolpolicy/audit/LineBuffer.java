package dev.toolpolicy.audit;

import java.util.Arrays;

/** A line as it grows: JSON in printable ASCII and nothing else, whatever a text holds. Used again for the next line. */
final class LineBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void begin() {
        length = 0;
        put('{');
    }

    /** Ends the line, which cannot be known before: its hash is of all that comes before it. */
    void end(String hash) {
        field("hash", hash, Integer.MAX_VALUE);
        put('}');
        put('\n');
    }

    void field(String name, long value) {
        name(name);
        ascii(Long.toString(value));
    }

    /** A number, or {@code true}, as JSON writes it. */
    void literal(String name, String value) {
        name(name);
        ascii(value);
    }

    void field(String name, String value, int most) {
        name(name);
        text(value, most);
    }

    void fieldIfAny(String name, String value, int most) {
        if (!value.isEmpty()) field(name, value, most);
    }

    void open(String name, char bracket) {
        name(name);
        put(bracket);
    }

    void openItem() {
        comma();
        put('{');
    }

    void item(String value, int most) {
        comma();
        text(value, most);
    }

    void close(char bracket) {
        put(bracket);
    }

    private void name(String name) {
        comma();
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private void comma() {
        byte last = bytes[length - 1];
        if (last != '{' && last != '[') put(',');
    }

    private void text(String value, int most) {
        put('"');
        int end = cut(value, most);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            character(Character.isSurrogate(c) && isHalf(value, i, end) ? '\ufffd' : c);
        }
        put('"');
    }

    /** No pair of surrogates is cut in two: half a character is one that nobody wrote. */
    private static int cut(String value, int most) {
        if (value.length() <= most) return value.length();
        boolean splits =
                Character.isHighSurrogate(value.charAt(most - 1)) && Character.isLowSurrogate(value.charAt(most));
        return splits ? most - 1 : most;
    }

    /** A surrogate without its other half, which strict readers of JSON refuse. */
    private static boolean isHalf(String value, int at, int end) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) return at + 1 == end || !Character.isLowSurrogate(value.charAt(at + 1));
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c >= ' ' && c < 0x7f) {
            put(c);
        } else {
            put('\\');
            put('u');
            for (int shift = 12; shift >= 0; shift -= 4) put((char) HEX[c >> shift & 0xf]);
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) put(text.charAt(i));
    }

    private void put(char c) {
        if (length == bytes.length) bytes = Arrays.copyOf(bytes, 2 * length);
        bytes[length++] = (byte) c;
    }
}
