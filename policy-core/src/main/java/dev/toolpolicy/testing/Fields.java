package dev.toolpolicy.testing;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of one object of a file of cases, read as strictly as a policy is. */
final class Fields {
    /** Something that cannot be read; what is wrong with one case says nothing of the next. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Pointer at;
        private final String hint;

        Broken(Pointer at, String message, String hint) {
            super(message);
            this.at = at;
            this.hint = hint;
        }

        Pointer at() {
            return at;
        }

        String hint() {
            return hint;
        }
    }

    private final Map<?, ?> members;
    private final Pointer at;

    private Fields(Map<?, ?> members, Pointer at) {
        this.members = members;
        this.at = at;
    }

    /**
     * The members of an object.
     *
     * @param what it is, for messages: {@code a case}
     * @throws Broken if it is no object, or has a key that means nothing there
     */
    static Fields of(@Nullable Object json, Pointer at, String what, List<String> keys) {
        if (!(json instanceof Map<?, ?> members)) {
            String found = "found " + Json.typeName(json) + ", expected " + what;
            throw new Broken(at, found, Suggestion.among("keys of " + what, "", keys));
        }
        for (Object key : members.keySet()) {
            String name = (String) key;
            if (keys.contains(name)) continue;
            String hint = Suggestion.of("keys of " + what, name, keys);
            throw new Broken(at.member(name), "unknown key `" + Json.shown(name) + "`", hint);
        }
        return new Fields(members, at);
    }

    Pointer at() {
        return at;
    }

    Pointer at(String key) {
        return at.member(key);
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    @Nullable
    Object get(String key) {
        return members.get(key);
    }

    /** Refuses a second key where one of the two is enough. */
    void either(String one, String other) {
        if (has(one) && has(other)) {
            throw new Broken(at(other), "found `" + one + "` and `" + other + "`, expected one of them", "remove one");
        }
    }

    void require(String key, String hint) {
        if (!has(key)) throw new Broken(at, "missing key `" + key + "`", hint);
    }

    Optional<String> text(String key) {
        return find(key, value -> value instanceof String text ? text : null, "a text");
    }

    Optional<BigDecimal> number(String key) {
        return find(key, value -> value instanceof Number number ? Json.decimal(number) : null, "a number");
    }

    /** A whole number from 1 to a bound. */
    Optional<Integer> count(String key, int most) {
        return find(
                key,
                value -> value instanceof Long count && count >= 1 && count <= most ? count.intValue() : null,
                "a whole number from 1 to " + most);
    }

    /** What can be made of a text. */
    <T> Optional<T> read(String key, Function<String, Optional<T>> reader, String expected, String hint) {
        Optional<String> text = text(key);
        if (text.isEmpty()) return Optional.empty();
        Optional<T> read = reader.apply(text.get());
        if (read.isPresent()) return read;
        throw new Broken(at(key), "found `" + Json.shown(text.get()) + "`, expected " + expected, hint);
    }

    Optional<Map<String, Object>> object(String key) {
        return find(key, Fields::members, "an object");
    }

    private static @Nullable Map<String, Object> members(@Nullable Object value) {
        @SuppressWarnings("unchecked") // what the reader makes of an object has texts for keys
        Map<String, Object> object = value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
        return object;
    }

    /** The elements of a list, which must have some. */
    List<Element> elements(String key) {
        List<?> list = find(key, value -> value instanceof List<?> found ? found : null, "a list")
                .orElseThrow(() -> new Broken(at, "missing key `" + key + "`", "add it: a list"));
        if (list.isEmpty()) {
            throw new Broken(at(key), "found an empty list, expected at least one", "what tests nothing always passes");
        }
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) elements.add(new Element(list.get(i), at(key).element(i)));
        return elements;
    }

    /** An element of a list, and where it stands. */
    record Element(@Nullable Object json, Pointer at) {}

    private <T> Optional<T> find(String key, Function<@Nullable Object, @Nullable T> reader, String expected) {
        if (!has(key)) return Optional.empty();
        Object value = members.get(key);
        T read = reader.apply(value);
        if (read != null) return Optional.of(read);
        throw new Broken(
                at(key), "found " + Json.typeName(value) + ", expected " + expected, "`" + key + "` is " + expected);
    }
}
