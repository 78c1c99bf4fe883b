package dev.toolpolicy.json;

import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Decodes bytes without guessing: what is not UTF-8 is a fault, never a replacement character or another encoding. */
final class Utf8 {
    private static final String SAVE_AS = "save the file as UTF-8 without a byte order mark";

    private Utf8() {}

    /** The text, or as much of it as stands before the fault. */
    record Decoded(String text, Optional<Fault> fault) {}

    static Decoded decode(byte[] bytes) {
        if (looksLikeUtf16(bytes)) {
            return new Decoded("", fault(Kind.NOT_UTF8, 0, "found UTF-16, expected UTF-8"));
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (!result.isError()) return new Decoded(text, faultOf(text));
        String message = String.format(
                Locale.ROOT, "byte 0x%02X at offset %d is not UTF-8", bytes[in.position()], in.position());
        return new Decoded(text, fault(Kind.NOT_UTF8, text.length(), message));
    }

    /** What keeps a text from being UTF-8 without a byte order mark, if anything does. */
    static Optional<Fault> faultOf(String text) {
        if (text.startsWith("\uFEFF")) {
            return fault(
                    Kind.BYTE_ORDER_MARK,
                    0,
                    "found a byte order mark, expected the text to begin with its first character");
        }
        int lone = loneSurrogate(text);
        return lone < 0
                ? Optional.empty()
                : fault(Kind.NOT_UTF8, lone, "half a surrogate pair is no character of UTF-8");
    }

    /** The index of the first surrogate that has no partner, or -1. */
    static int loneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            boolean surrogate = Character.isSurrogate(text.charAt(i));
            // Half a pair is its own code point; a whole one is another.
            if (surrogate && Character.charCount(text.codePointAt(i)) == 1) return i;
            i += surrogate ? 2 : 1;
        }
        return -1;
    }

    private static boolean looksLikeUtf16(byte[] bytes) {
        if (bytes.length < 2) return false;
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        // Either a mark in UTF-16's own bytes, or a first character whose other byte is zero.
        return (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE) || (first == 0) != (second == 0);
    }

    private static Optional<Fault> fault(Kind kind, int offset, String message) {
        return Optional.of(new Fault(kind, "", offset, message, SAVE_AS));
    }
}
