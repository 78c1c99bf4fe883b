package dev.toolpolicy.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is true of a JSON value wherever it came from: its one exact form, and its one canonical text. */
public final class Json {
    /** How many digits a number may be written with. */
    public static final int MAX_DIGITS = 1_000;

    /** How far from zero a written exponent may be. */
    public static final int MAX_EXPONENT = 1_000;

    /** A little more than a thousand digits take. */
    static final int MAX_BITS = 3_330;

    private static final int MAX_SHOWN = 64;
    /** So many zeros at the end of a number are put on, or taken off, at once. */
    private static final int BLOCK = 64;
    /** One with as many blocks of zeros behind it as its index says, up to all that a number may have. */
    private static final BigInteger[] BLOCKS = IntStream.rangeClosed(0, MAX_EXPONENT / BLOCK)
            .mapToObj(blocks -> BigInteger.TEN.pow(blocks * BLOCK))
            .toArray(BigInteger[]::new);
    /** One with as many zeros behind it, up to all of a block. */
    private static final BigInteger[] POWERS =
            IntStream.range(0, BLOCK).mapToObj(BigInteger.TEN::pow).toArray(BigInteger[]::new);

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Json() {}

    /**
     * The exact value of a number as JSON spells it, or empty if it is out of bounds: more digits than {@link #MAX_DIGITS} from
     * the first that is not zero, or an exponent, as it is written or of the first digit, beyond {@link #MAX_EXPONENT}.
     *
     * @param literal a number that follows the grammar of JSON
     */
    public static Optional<Number> number(String literal) {
        int digits = 0;
        boolean whole = true;
        int end = 0;
        for (; end < literal.length(); end++) {
            char c = literal.charAt(end);
            if (c == 'e' || c == 'E') break;
            if (c == '.') whole = false;
            else if (c != '-' && (c != '0' || digits > 0)) digits++;
        }
        if (digits > MAX_DIGITS || !exponentIsRead(literal, end)) return Optional.empty();
        if (whole && end == literal.length()) {
            return Optional.of(digits <= 18 ? (Number) Long.parseLong(literal) : exact(new BigInteger(literal)));
        }
        if (literal.length() > MAX_DIGITS * 3) return Optional.empty();
        BigDecimal value = new BigDecimal(literal);
        return isBounded(value) ? Optional.of(exact(value)) : Optional.empty();
    }

    private static boolean exponentIsRead(String literal, int mantissaEnd) {
        // Counted by hand: an exponent of a million digits must cost nothing.
        int exponent = 0;
        for (int i = mantissaEnd + 1; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '+' || c == '-') continue;
            exponent = exponent * 10 + (c - '0');
            if (exponent > MAX_EXPONENT) return false;
        }
        return true;
    }

    /** Whether a decimal is within the bounds of numbers; costs little whatever its size. */
    static boolean isBounded(BigDecimal value) {
        // The bits first: counting the digits of a huge number is slow.
        if (value.signum() == 0) return true;
        int bits = value.unscaledValue().bitLength();
        if (bits > MAX_BITS) return false;
        // A number of so many bits has as many digits, or one less: they are counted at the bounds alone.
        int most = bits * 30_103 / 100_000 + 1;
        if (most <= MAX_DIGITS && Math.abs((long) most - value.scale() - 1) < MAX_EXPONENT) return true;
        long exponent = (long) value.precision() - value.scale() - 1;
        if (Math.abs(exponent) > MAX_EXPONENT) return false;
        int surplus = value.precision() - MAX_DIGITS;
        // One or two digits, by the bits: to see whether they are zeros need not try them all.
        return surplus <= 0
                || value.unscaledValue().mod(BigInteger.TEN.pow(surplus)).signum() == 0;
    }

    /**
     * The one form of a number: a whole one is a {@code Long}, else a {@code BigInteger}; any other a {@code BigDecimal} without
     * trailing zeros.
     */
    public static Number exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            BigDecimal plain = decimal.stripTrailingZeros();
            return plain.scale() <= 0 ? exact(whole(plain)) : plain;
        }
        if (number instanceof BigInteger whole) {
            boolean fits = whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(LONG_MAX) <= 0;
            return fits ? (Number) whole.longValueExact() : whole;
        }
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        throw new IllegalArgumentException(
                "not an exact number: " + number.getClass().getName());
    }

    private static BigInteger whole(BigDecimal whole) {
        if (whole.scale() < -MAX_EXPONENT) return whole.toBigIntegerExact();
        int zeros = -whole.scale();
        // Java keeps no powers of ten beyond a few hundred digits: it makes them anew for each number.
        return whole.unscaledValue().multiply(POWERS[zeros % BLOCK]).multiply(BLOCKS[zeros / BLOCK]);
    }

    /** The number as a decimal, for comparing and calculating; never through {@code double}. */
    public static BigDecimal decimal(Number exact) {
        if (exact instanceof BigDecimal decimal) return decimal;
        if (exact instanceof BigInteger whole) return new BigDecimal(whole);
        return BigDecimal.valueOf(exact.longValue());
    }

    /**
     * The canonical text: members sorted by UTF-16 units and strings escaped as in RFC 8785, numbers exact and in one spelling.
     * Two values have the same text if and only if they are the same JSON value.
     *
     * @throws IllegalArgumentException if something in it is not a JSON value
     */
    public static String canonical(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** Whether every surrogate in a text has its partner. */
    public static boolean isWhole(String text) {
        return Utf8.loneSurrogate(text) < 0;
    }

    /** How many bytes a text that {@link #isWhole} has in UTF-8. */
    public static int utf8Bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // The two halves of a pair are four bytes together.
            if (c >= 0x80) bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** How many bytes of UTF-8 a string takes in {@link #canonical} text, its quotes included. */
    static int canonicalBytes(String text) {
        int bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) bytes += "\b\t\n\f\r".indexOf(c) >= 0 ? 2 : 6;
            else if (c == '"' || c == '\\') bytes += 2;
            else if (c < 0x80) bytes += 1;
            else if (c < 0x800 || Character.isSurrogate(c)) bytes += 2;
            else bytes += 3;
        }
        return bytes;
    }

    /** What a value is, for a message: {@code a string}. */
    public static String typeName(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof Boolean) return "a boolean";
        if (value instanceof String) return "a string";
        if (value instanceof Number) return "a number";
        return value instanceof List ? "a list" : "an object";
    }

    /**
     * A text that somebody else chose, fit for a message: cut off where it is long, and with every character as an escape that
     * is invisible, ends a line or turns the direction of writing.
     */
    public static String shown(String text) {
        return shown(text, MAX_SHOWN);
    }

    /** The same, cut off after that many characters. */
    public static String shown(String text, int most) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(most).forEach(c -> {
            if (isPlain(c)) out.appendCodePoint(c);
            else
                for (char unit : Character.toChars(c))
                    out.append("\\u").append(HexFormat.of().toHexDigits(unit));
        });
        if (text.codePointCount(0, text.length()) > most) out.append('…');
        return out.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean) out.append(value);
        else if (value instanceof String text) writeString(whole(text), out);
        else if (value instanceof Number number) writeNumber(number, out);
        else if (value instanceof List<?> list) writeList(list, out);
        else if (value instanceof Map<?, ?> map) writeObject(map, out);
        else
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
    }

    private static void writeList(List<?> list, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            write(element, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeObject(Map<?, ?> map, StringBuilder out) {
        List<Member> members = new ArrayList<>(map.size());
        map.forEach((key, value) -> members.add(new Member(whole(key), value)));
        members.sort(Comparator.comparing(Member::key));
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) out.append(',');
            Member member = members.get(i);
            writeString(member.key(), out);
            out.append(':');
            write(member.value(), out);
        }
        out.append('}');
    }

    private record Member(String key, @Nullable Object value) {}

    private static String whole(@Nullable Object text) {
        if (text instanceof String string && isWhole(string)) return string;
        throw new IllegalArgumentException("not a string of whole characters");
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') continue;
            out.append(text, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        // At once, which is several times as fast, where nothing had to be escaped.
        if (written == 0) out.append(text);
        else out.append(text, written, text.length());
        out.append('"');
    }

    /** Digits laid out as ECMAScript does, which is RFC 8785's form wherever that one is exact; but all digits are kept. */
    private static void writeNumber(Number number, StringBuilder out) {
        Number exact = exact(number);
        if (exact instanceof Long whole && Math.abs(whole) < 1_000_000_000_000_000L) {
            out.append(whole.longValue());
            return;
        }
        BigDecimal plain = decimal(exact);
        // Counting the digits of a whole number that is large takes long.
        if (plain.scale() > 0) {
            int before = plain.precision() - plain.scale();
            // Java's own spelling is the same here, and does not go through a large number's text. No zero is at its
            // end:
            // it is exact.
            if (before > -6 && before <= 21) {
                out.append(plain.toPlainString());
                return;
            }
        }
        BigInteger unscaled = plain.unscaledValue().abs();
        // `1e999` is five characters, and has as many zeros as digits: to make a text of them all takes long.
        // There are no more of them than factors of two.
        int blocks = Math.min(unscaled.getLowestSetBit() / BLOCK, BLOCKS.length - 1);
        BigInteger[] parts = unscaled.divideAndRemainder(BLOCKS[blocks]);
        while (parts[1].signum() != 0) parts = unscaled.divideAndRemainder(BLOCKS[--blocks]);
        String digits = parts[0].toString();
        int point = digits.length() + blocks * BLOCK - plain.scale();
        // The rest in the text, for a number takes as many divisions.
        digits = withoutTrailingZeros(digits);
        if (plain.signum() < 0) out.append('-');
        if (point > 21 || point <= -6) writeScientific(digits, point - 1, out);
        else out.append(digits).append("0".repeat(point - digits.length()));
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') end--;
        return digits.substring(0, end);
    }

    private static void writeScientific(String digits, int exponent, StringBuilder out) {
        out.append(digits.charAt(0));
        if (digits.length() > 1) out.append('.').append(digits, 1, digits.length());
        out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }
}
