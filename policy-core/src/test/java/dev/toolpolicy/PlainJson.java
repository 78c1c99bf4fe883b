package dev.toolpolicy;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a tree as JSON in the order it has; the library's own writer sorts keys. */
final class PlainJson {
    private PlainJson() {}

    static String write(Object value) {
        if (value instanceof Map<?, ?> object) {
            StringJoiner members = new StringJoiner(", ", "{", "}");
            object.forEach((key, member) -> members.add(quoted((String) key) + ": " + write(member)));
            return members.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner elements = new StringJoiner(", ", "[", "]");
            list.forEach(element -> elements.add(write(element)));
            return elements.toString();
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c >= ' ') quoted.append(c);
            else quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
        return quoted.append('"').toString();
    }
}
