package dev.toolpolicy.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes JSON values down in one of the many ways that mean the same: order of keys, white space, spelling of numbers and strings. */
final class JsonSpelling {
    private static final String[] SPACES = {"", "", "", "", " ", "\n", "\r\n\t", "  "};

    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();

    private JsonSpelling(RandomGenerator random) {
        this.random = random;
    }

    static String of(@Nullable Object value, RandomGenerator random) {
        JsonSpelling spelling = new JsonSpelling(random);
        spelling.space();
        spelling.write(value);
        spelling.space();
        return spelling.out.toString();
    }

    static String string(String text, RandomGenerator random) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            // Both halves of a pair or none: half an escape and half a character is not UTF-8.
            if (c < 0x20 || random.nextInt(8) == 0) {
                for (char unit : Character.toChars(c))
                    out.append("\\u").append(HexFormat.of().toHexDigits(unit));
            } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
                out.append('\\').appendCodePoint(c);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) writeObject(map);
        else if (value instanceof List<?> list) writeList(list);
        else if (value instanceof String text) out.append(string(text, random));
        else if (value instanceof Number number) out.append(number(number));
        else out.append(value);
    }

    private void writeObject(Map<?, ?> map) {
        List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
        for (int i = members.size() - 1; i > 0; i--) {
            members.set(i, members.set(random.nextInt(i + 1), members.get(i)));
        }
        out.append('{');
        space();
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) comma();
            write(members.get(i).getKey());
            space();
            out.append(':');
            space();
            write(members.get(i).getValue());
        }
        space();
        out.append('}');
    }

    private void writeList(List<?> list) {
        out.append('[');
        space();
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) comma();
            write(list.get(i));
        }
        space();
        out.append(']');
    }

    private void comma() {
        space();
        out.append(',');
        space();
    }

    private void space() {
        out.append(SPACES[random.nextInt(SPACES.length)]);
    }

    private String number(Number number) {
        BigDecimal value = new BigDecimal(number.toString());
        int shift = random.nextInt(-3, 4);
        BigInteger digits = value.unscaledValue();
        String exponent = random.nextBoolean() ? "e" : "E";
        return switch (random.nextInt(4)) {
            case 0 -> value.toPlainString();
            // 1 → 1.0, 0.5 → 0.500
            case 1 ->
                value.setScale(Math.max(0, value.scale()) + 1 + random.nextInt(3))
                        .toPlainString();
            // 1 → 10e-1
            case 2 -> digits.multiply(BigInteger.TEN) + exponent + (-value.scale() - 1);
            default -> value.movePointLeft(shift).toPlainString() + exponent + (shift > 0 ? "+" : "") + shift;
        };
    }
}
