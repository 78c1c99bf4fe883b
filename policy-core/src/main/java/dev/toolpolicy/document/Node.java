package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value of a document, where it stands, and where to say what is wrong with it.
 *
 * <p>A node is equal to itself alone: its value may be half the document, which is not to be hashed for each limit in it.
 */
record Node(Pointer at, @Nullable Object value, ProblemLog log) {
    /** The longest value that is shown back. */
    private static final int MAX_OWN = 100;

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** The element of a list. */
    Node element(int index, @Nullable Object element) {
        return new Node(at.element(index), element, log);
    }

    void wrong(Code code, String message, String hint) {
        log.atValue(code, at, message, hint);
    }

    void wrongKey(Code code, String message, String hint) {
        log.atKey(code, at, message, hint);
    }

    /** The value is of another type: {@code expected} is a noun, {@code example} what could stand there. */
    void wrongType(String expected, String example) {
        String hint = ownValue(expected).orElse((example.startsWith("`") ? "such as " : "write ") + example);
        wrong(Code.WRONG_TYPE, "found " + Json.typeName(value) + ", expected " + expected, hint);
    }

    /** What the author wrote, in the form that is expected, where it can be told. */
    private Optional<String> ownValue(String expected) {
        if (expected.contains("number") && value instanceof String text && isNumber(text)) {
            return Optional.of("write it without quotes: `" + text + "`");
        }
        if (expected.startsWith("a list")
                && value != null
                && Json.canonical(value).length() <= MAX_OWN) {
            return Optional.of("write a list: `[" + Json.shown(Json.canonical(value), MAX_OWN) + "]`");
        }
        return Optional.empty();
    }

    private static boolean isNumber(String text) {
        JsonText read = JsonText.read(text, MAX_OWN);
        return read.sound() && read.value() instanceof Number && text.equals(text.strip());
    }

    @SuppressWarnings("unchecked") // a JSON object has string keys
    Optional<Map<String, @Nullable Object>> object(String expected, String example) {
        if (log.isFull()) return Optional.empty();
        if (value instanceof Map<?, ?> map) return Optional.of((Map<String, @Nullable Object>) map);
        wrongType(expected, example);
        return Optional.empty();
    }

    /** The elements of a list; of anything else none, and it is said. */
    List<Node> list(String expected, String example) {
        List<Node> nodes = new ArrayList<>();
        if (log.isFull()) return nodes;
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) nodes.add(element(i, list.get(i)));
        } else {
            wrongType(expected, example);
        }
        return nodes;
    }

    Optional<String> text(String expected, String example) {
        if (value instanceof String text) return Optional.of(text);
        wrongType(expected, example);
        return Optional.empty();
    }
}
