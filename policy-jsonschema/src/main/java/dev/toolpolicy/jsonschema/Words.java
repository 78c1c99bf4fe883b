package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of one schema, read as what they must be; what is not is reported, and read as if it were not there. */
final class Words {
    final Pointer at;
    private final Map<String, ?> words;
    private final Findings findings;

    Words(Map<String, ?> words, Pointer at, Findings findings) {
        this.words = words;
        this.at = at;
        this.findings = findings;
    }

    Set<String> names() {
        return words.keySet();
    }

    boolean has(String word) {
        return words.containsKey(word);
    }

    boolean hasAny(Set<String> some) {
        return some.stream().anyMatch(words::containsKey);
    }

    @Nullable
    Object value(String word) {
        return words.get(word);
    }

    Pointer at(String word) {
        return at.member(word);
    }

    void report(String word, String message, String hint) {
        report(at(word), message, hint);
    }

    void report(Pointer where, String message, String hint) {
        findings.report(where.toString(), message, hint);
    }

    /** How many of something: everit keeps an {@code int}, and would cut a larger number down to one. */
    Optional<Integer> count(String word) {
        if (!has(word)) return Optional.empty();
        if (value(word) instanceof Long count && count >= 0 && count <= Integer.MAX_VALUE) {
            return Optional.of(count.intValue());
        }
        wrong(word, "a whole number from 0 to " + Integer.MAX_VALUE, "write how many, such as 1");
        return Optional.empty();
    }

    Optional<Number> number(String word) {
        if (!has(word)) return Optional.empty();
        if (value(word) instanceof Number number) return Optional.of(number);
        if (value(word) instanceof Boolean && word.startsWith("exclusive")) {
            String bound = word.equals("exclusiveMinimum") ? "minimum" : "maximum";
            wrong(
                    word,
                    "a number, as draft 7 has it",
                    Boolean.TRUE.equals(value(word))
                            ? "write the bound here, and leave `" + bound + "` out: {\"" + word + "\": 10}"
                            : "leave it out: `" + bound + "` takes the bound itself");
            return Optional.empty();
        }
        wrong(word, "a number", "write a number, without quotes");
        return Optional.empty();
    }

    Optional<String> text(String word) {
        if (!has(word)) return Optional.empty();
        if (value(word) instanceof String text) return Optional.of(text);
        wrong(word, "a string", "write a text in quotes");
        return Optional.empty();
    }

    Optional<Boolean> flag(String word) {
        if (!has(word)) return Optional.empty();
        if (value(word) instanceof Boolean flag) return Optional.of(flag);
        wrong(word, "`true` or `false`", "write `true` or `false`, without quotes");
        return Optional.empty();
    }

    /** A list, whatever it holds. */
    Optional<List<?>> list(String word) {
        if (!has(word)) return Optional.empty();
        if (value(word) instanceof List<?> list) return Optional.of(list);
        wrong(word, "a list", "write a list: [ … ]");
        return Optional.empty();
    }

    /** A list with at least one element, of which no two are the same. */
    Optional<List<?>> different(String word) {
        Optional<List<?>> list = list(word);
        if (list.isEmpty()) return list;
        if (list.get().isEmpty()) {
            report(
                    word,
                    "found an empty list, expected at least one element",
                    "leave the word out, or write what it is about");
            return Optional.empty();
        }
        // Texts: of lists and objects many may have the same hash code.
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.get().size(); i++) {
            if (!seen.add(Json.canonical(list.get().get(i)))) {
                report(
                        at(word).element(i),
                        "found an element for the second time, expected each once",
                        "leave one of the two out");
            }
        }
        return list;
    }

    /** A list of different texts. */
    Optional<Set<String>> names(String word) {
        Object value = value(word);
        if (value instanceof Boolean && word.equals("required")) {
            wrong(
                    word,
                    "a list of names, as draft 7 has it",
                    "write the names of the members into a list, beside `properties`: {\"required\": [\"amount\"]}");
            return Optional.empty();
        }
        return list(word).map(list -> texts(list, at(word)));
    }

    Set<String> texts(List<?> list, Pointer where) {
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String text)) {
                report(
                        where.element(i),
                        "found " + described(list.get(i)) + ", expected the name of a member",
                        "write a text in quotes");
            } else if (!texts.add(text)) {
                report(
                        where.element(i),
                        "found a name for the second time, expected each once",
                        "leave one of the two out");
            }
        }
        return texts;
    }

    /** An object: name → what stands under it. */
    Map<String, @Nullable Object> members(String word, String of) {
        if (!has(word)) return Map.of();
        if (value(word) instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, value) -> members.put((String) name, value));
            return members;
        }
        wrong(word, "an object: name → " + of, "write an object: { \"amount\": … }");
        return Map.of();
    }

    /** A list of schemas, not empty. */
    List<@Nullable Object> schemas(String word) {
        if (!(value(word) instanceof List<?>)) {
            wrong(word, "a list of schemas", "write a list: [{\"type\": \"string\"}, …]");
            return List.of();
        }
        Optional<List<?>> list = list(word);
        if (list.isPresent() && list.get().isEmpty()) {
            report(word, "found an empty list, expected at least one schema", "leave the word out, or write a schema");
        }
        return new ArrayList<>(list.orElse(List.of()));
    }

    void wrong(String word, String expected, String hint) {
        report(word, "found " + described(value(word)) + " for `" + word + "`, expected " + expected, hint);
    }

    static String described(@Nullable Object json) {
        if (json == null) return "null";
        if (json instanceof String) return "a string";
        if (json instanceof Boolean flag) return "`" + flag + "`";
        if (json instanceof Number number) {
            String text = Json.canonical(number);
            return text.length() <= 20 ? "`" + text + "`" : "a number";
        }
        return json instanceof List ? "a list" : "an object";
    }
}
