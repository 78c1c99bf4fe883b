package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what little of a JSON Schema is plain: whatever else it says is taken as "perhaps". */
final class SchemaWords {
    private static final List<String> ELSEWHERE = List.of(
            "$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependencies", "patternProperties");

    private SchemaWords() {}

    /** Whether a schema may demand what a path leads to. */
    static boolean mayRequire(@Nullable Object schema, CallPath path) {
        Object here = schema;
        for (CallPath.Step step : path.steps()) {
            if (!(here instanceof Map<?, ?> words)) return Boolean.FALSE.equals(here);
            if (ELSEWHERE.stream().anyMatch(words::containsKey)) return true;
            // Whether a list is long enough is not looked into.
            if (!(step instanceof CallPath.Key key)) return true;
            boolean required = words.get("required") instanceof List<?> names && names.contains(key.name());
            if (!required) return false;
            here = words.get("properties") instanceof Map<?, ?> properties ? properties.get(key.name()) : null;
        }
        return true;
    }

    /** The schema of an argument, by its path; null where it is not plainly there. */
    static @Nullable Map<?, ?> at(@Nullable Object schema, CallPath path) {
        Object here = schema;
        for (CallPath.Step step : path.steps()) {
            if (!(here instanceof Map<?, ?> words) || isElsewhere(words)) return null;
            if (step instanceof CallPath.Key key) {
                here = words.get("properties") instanceof Map<?, ?> properties ? properties.get(key.name()) : null;
            } else {
                here = words.get("items");
            }
        }
        return here instanceof Map<?, ?> words && !isElsewhere(words) ? words : null;
    }

    /** Whether a schema speaks of arguments by their names, and of none that is called as the path says. */
    static boolean lacks(@Nullable Object schema, CallPath path) {
        Object here = schema;
        for (CallPath.Step step : path.steps()) {
            if (!(here instanceof Map<?, ?> words) || isElsewhere(words) || isOpen(words)) return false;
            if (!(step instanceof CallPath.Key key)) {
                here = words.get("items");
                continue;
            }
            if (!(words.get("properties") instanceof Map<?, ?> properties)) {
                return Boolean.FALSE.equals(words.get("additionalProperties"));
            }
            if (!properties.containsKey(key.name())) return true;
            here = properties.get(key.name());
        }
        return false;
    }

    /** Whether it says that there may be arguments of other names. */
    private static boolean isOpen(Map<?, ?> words) {
        Object others = words.get("additionalProperties");
        return others != null && !Boolean.FALSE.equals(others);
    }

    /** The names of the arguments that a schema speaks of. */
    static List<String> names(Map<?, ?> schema) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) return List.of();
        return properties.keySet().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** Whether part of what a schema says is said in a place that is not looked into. */
    static boolean isElsewhere(Map<?, ?> words) {
        return ELSEWHERE.stream().anyMatch(words::containsKey);
    }
}
