package dev.toolpolicy.examples.gateway.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in which nothing can be taken for the end of a line. A server that takes something else than a line feed for one would read
 * what lies between two of them as a message that nobody has judged.
 */
final class OneLine {
    private OneLine() {}

    /**
     * The same message on one line, for any reader. Carriage returns and line feeds lie outside of strings, where they are white space;
     * U+0085, U+2028 and U+2029 within, where their escapes mean the same.
     *
     * @param sound JSON, in UTF-8
     */
    static byte[] of(byte[] sound) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(sound.length);
        for (int i = 0; i < sound.length; i++) {
            String escape = escape(sound, i);
            if (!escape.isEmpty()) {
                line.writeBytes(escape.getBytes(StandardCharsets.US_ASCII));
                i += escape.equals("\\u0085") ? 1 : 2;
            } else {
                line.write(sound[i] == '\r' || sound[i] == '\n' ? ' ' : sound[i]);
            }
        }
        return line.toByteArray();
    }

    private static String escape(byte[] utf8, int at) {
        if (is(utf8, at, 0xc2, 0x85)) return "\\u0085";
        if (is(utf8, at, 0xe2, 0x80, 0xa8)) return "\\u2028";
        return is(utf8, at, 0xe2, 0x80, 0xa9) ? "\\u2029" : "";
    }

    private static boolean is(byte[] utf8, int at, int... letter) {
        if (at + letter.length > utf8.length) return false;
        for (int i = 0; i < letter.length; i++) if ((utf8[at + i] & 0xff) != letter[i]) return false;
        return true;
    }
}
