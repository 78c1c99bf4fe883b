package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what little of a JSON Schema is plain: whatever else it says is taken as "perhaps". */
final class SchemaWords {
    private static final List<String> ELSEWHERE = List.of(
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "allOf",
            "anyOf",
            "oneOf",
            "if",
            "then",
            "else",
            "not",
            "dependencies",
            "dependentSchemas",
            "patternProperties",
            "prefixItems");

    private SchemaWords() {}

    /** Whether a schema may demand what a path leads to. */
    static boolean mayRequire(@Nullable Object schema, CallPath path) {
        Object here = schema;
        for (CallPath.Step step : path.steps()) {
            if (!(here instanceof Map<?, ?> words)) return Boolean.FALSE.equals(here);
            if (isElsewhere(words)) return true;
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
        for (int i = 0; i < path.steps().size(); i++) {
            CallPath.Step step = path.steps().get(i);
            if (!(here instanceof Map<?, ?> words) || isElsewhere(words)) return false;
            if (isOther(words, step)) return true;
            if (isOpen(words)) return false;
            if (!(step instanceof CallPath.Key key)) {
                here = words.get("items");
                continue;
            }
            boolean closed = Boolean.FALSE.equals(words.get("additionalProperties"));
            // That a tool has no arguments is said so; of an argument it says that its members may be any.
            boolean silent = !(words.get("properties") instanceof Map<?, ?> map) || (i > 0 && map.isEmpty());
            if (silent) return closed;
            Map<?, ?> properties = (Map<?, ?>) words.get("properties");
            if (properties == null || !properties.containsKey(key.name())) return true;
            here = properties.get(key.name());
        }
        return false;
    }

    /** The type by which a path ends too early, and where: {@code `args.items` is `array`}; null if that is not why. */
    static @Nullable String wrongTurn(@Nullable Object schema, CallPath path) {
        for (int i = 0; i < path.steps().size(); i++) {
            CallPath way = new CallPath(path.root(), path.steps().subList(0, i));
            Map<?, ?> words = at(schema, way);
            if (words == null) return null;
            if (isOther(words, path.steps().get(i))) {
                return Shown.quoted(way.toString()) + " is of type " + Shown.quoted(String.valueOf(words.get("type")));
            }
        }
        return null;
    }

    /** Whether it is plainly no object where the path goes on with a member, or no list where with an element. */
    private static boolean isOther(Map<?, ?> words, CallPath.Step step) {
        Object type = words.get("type");
        List<?> types = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        String needed = step instanceof CallPath.Key ? "object" : "array";
        return !types.isEmpty() && Situations.areTypes(types) && !types.contains(needed);
    }

    /** Whether it says that there may be arguments of other names. */
    private static boolean isOpen(Map<?, ?> words) {
        return Stream.of("additionalProperties", "unevaluatedProperties")
                .map(words::get)
                .anyMatch(others -> others != null && !Boolean.FALSE.equals(others));
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
