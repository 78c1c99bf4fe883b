package dev.toolpolicy.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that was read as JSON, strictly (RFC 8259, UTF-8, no duplicate keys, bounded), with everything that is wrong with it.
 *
 * <p>A text with faults may still have a {@link #value()}, so that a reader can go on and report what else is wrong. Only a
 * {@link #sound()} text may be acted on.
 */
public final class JsonText {
    /** How many containers may lie within each other, the outermost being the first. */
    public static final int MAX_DEPTH = 64;

    /** How many faults are told; a text that has more has these first. */
    public static final int MAX_FAULTS = 1_001;

    private final String text;
    private final boolean readable;
    private final @Nullable Object value;
    private final List<Fault> faults;

    private JsonText(String text, boolean readable, @Nullable Object value, List<Fault> faults) {
        this.text = text;
        this.readable = readable;
        this.value = value;
        this.faults = List.copyOf(faults);
    }

    /** Reads bytes, which must be UTF-8 without a byte order mark. Throws on no bytes whatever, save null. */
    public static JsonText read(byte[] utf8, int maxBytes) {
        requireNonNull(utf8, "utf8");
        if (utf8.length > maxBytes) return unreadable("", Faults.tooLarge(utf8.length, maxBytes));
        Utf8.Decoded decoded = Utf8.decode(utf8);
        return decoded.fault()
                .map(fault -> unreadable(decoded.text(), fault))
                .orElseGet(() -> readTree(decoded.text()));
    }

    /** Reads text. Throws on no text whatever, save null. */
    public static JsonText read(String text, int maxBytes) {
        requireNonNull(text, "text");
        // A char is three bytes at most, so most texts are known to be small enough without being encoded.
        if (text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            return unreadable("", Faults.tooLarge(text.getBytes(StandardCharsets.UTF_8).length, maxBytes));
        }
        return Utf8.faultOf(text).map(fault -> unreadable(text, fault)).orElseGet(() -> readTree(text));
    }

    private static JsonText readTree(String text) {
        TreeReader reader = new TreeReader(text);
        boolean readable = reader.read();
        return new JsonText(text, readable, reader.value(), reader.faults());
    }

    private static JsonText unreadable(String text, Fault fault) {
        return new JsonText(text, false, null, List.of(fault));
    }

    /** True if nothing at all is wrong with the text. */
    public boolean sound() {
        return faults.isEmpty();
    }

    /** True if there is a value, though some members of it may be faulty. */
    public boolean readable() {
        return readable;
    }

    /**
     * The value. Of a key that is written twice the first counts, and a faulty number or string stands there as null.
     *
     * @throws IllegalStateException if the text is not {@link #readable()}
     */
    public @Nullable Object value() {
        if (!readable) throw new IllegalStateException("the text could not be read as JSON");
        return value;
    }

    /**
     * Everything that is wrong with the text, in the order in which it stands there; up to {@link #MAX_FAULTS}, and fewer below very
     * long keys.
     */
    public List<Fault> faults() {
        return faults;
    }

    /** The text as it was read; of bytes that are not UTF-8, what could be decoded. */
    public String text() {
        return text;
    }

    /** Where these values stand in the text. A pointer that leads nowhere is given the place of the last value on its way. */
    public Map<String, Place> places(Collection<String> pointers) {
        return Places.find(text, pointers);
    }

    /** The lines and columns of the text; cheapest when asked for offsets in rising order. */
    public LineIndex lines() {
        return new LineIndex(text);
    }

    /** Something that is wrong with the text itself; the offset counts chars from its beginning. */
    public record Fault(Kind kind, String pointer, int offset, String message, String hint) {
        public Fault {
            requireNonNull(kind, "kind");
            requireNonNull(pointer, "pointer");
            requireNonNull(message, "message");
            requireNonNull(hint, "hint");
        }
    }

    /** What can be wrong with a text. */
    public enum Kind {
        /** More bytes than are read. */
        TOO_LARGE,
        /** Bytes that are not UTF-8. */
        NOT_UTF8,
        /** A byte order mark at the beginning. */
        BYTE_ORDER_MARK,
        /** Not the grammar of JSON. */
        NOT_JSON,
        /** More than {@link #MAX_DEPTH} containers within each other. */
        TOO_DEEP,
        /** An object that names a key twice. */
        DUPLICATE_KEY,
        /** A number with more digits, or a larger exponent, than is read. */
        BAD_NUMBER,
        /** A string or key with half a surrogate pair. */
        LONE_SURROGATE
    }

    /** Where a value begins, and where the key or, for an element, the value itself begins that leads to it: offsets in chars. */
    public record Place(int key, int value) {}
}
