package dev.toolpolicy.document;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON for people to read: indented, with lists and small objects on one line where there is room. */
final class PrettyJson {
    private static final int COLUMNS = 100;
    private static final int DEEPEST = 100;
    private static final String NAMED = "\"\\\b\f\n\r\t";
    private static final String NAMES = "\"\\bfnrt";

    private PrettyJson() {}

    static String of(@Nullable Object value) {
        return print(value, 0, 0);
    }

    private static String print(@Nullable Object value, int depth, int columnsBefore) {
        if (depth > DEEPEST) {
            return "\"…\"";
        }
        boolean small = isScalar(value) || childrenOf(value).allMatch(PrettyJson::isScalarOrListOfScalars);
        String line = small ? onOneLine(value) : "";
        boolean fits = 2 * depth + columnsBefore + line.length() < COLUMNS;
        if (isScalar(value) || (small && fits)) {
            return line;
        }
        String indent = "\n" + "  ".repeat(depth);
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> member(member, depth + 1))
                    .collect(joining("," + indent + "  ", "{" + indent + "  ", indent + "}"));
        }
        return childrenOf(value)
                .map(element -> print(element, depth + 1, 0))
                .collect(joining("," + indent + "  ", "[" + indent + "  ", indent + "]"));
    }

    private static String member(Map.Entry<?, ?> member, int depth) {
        String key = text(String.valueOf(member.getKey())) + ": ";
        return key + print(member.getValue(), depth, key.length());
    }

    private static String onOneLine(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> text(String.valueOf(member.getKey())) + ": " + onOneLine(member.getValue()))
                    .collect(joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PrettyJson::onOneLine).collect(joining(", ", "[", "]"));
        }
        boolean bare = value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof BigInteger
                || value instanceof BigDecimal;
        return bare ? String.valueOf(value) : text(String.valueOf(value));
    }

    private static boolean isScalarOrListOfScalars(@Nullable Object value) {
        return isScalar(value)
                || (value instanceof List<?> list && list.stream().allMatch(PrettyJson::isScalar));
    }

    /** An empty list or object takes no more room than a scalar. */
    private static boolean isScalar(@Nullable Object value) {
        return !(value instanceof Map<?, ?> map && !map.isEmpty())
                && !(value instanceof List<?> list && !list.isEmpty());
    }

    private static Stream<?> childrenOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream();
        }
        return value instanceof List<?> list ? list.stream() : Stream.empty();
    }

    private static String text(String value) {
        return "\"" + written(value, NAMED) + "\"";
    }

    /** The text with everything written out that a reader would not see, or see somewhere else. */
    static String visible(String text) {
        return written(text, "");
    }

    private static String written(String text, String named) {
        StringBuilder written = new StringBuilder();
        text.codePoints().forEach(sign -> {
            int name = named.indexOf(sign);
            if (name >= 0) {
                written.append('\\').append(NAMES.charAt(name));
            } else if (isSeen(sign)) {
                written.appendCodePoint(sign);
            } else {
                for (char unit : Character.toChars(sign)) {
                    written.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return written.toString();
    }

    private static boolean isSeen(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
