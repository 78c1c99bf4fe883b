package dev.toolpolicy.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a condition of the proxy into a test of ours: the eleven operators are the same, the paths nearly. */
final class ProxyConditions {
    private static final Set<String> OPERATORS =
            Set.of("eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists");
    private static final Set<String> KEYS = Set.of("path", "op", "value");
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*+");
    private static final int MOST_STEPS = 63;
    private static final int LONGEST_REGEX = 1000;

    private final ProxyNotes notes;

    ProxyConditions(ProxyNotes notes) {
        this.notes = notes;
    }

    /** The test, or a note. */
    Optional<Map<String, Object>> convert(String pointer, @Nullable Object written) {
        if (!(written instanceof Map)) {
            notes.leftOut(pointer, "not an object");
            return Optional.empty();
        }
        Map<String, Object> condition = notes.object(written, pointer);
        Optional<String> fault = faultOf(condition);
        if (fault.isPresent()) {
            notes.leftOut(pointer, fault.get());
            return Optional.empty();
        }
        condition.keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> notes.foreignKey(pointer, key));
        noteIndexes(String.valueOf(condition.get("path")));
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("path", path(condition.get("path")).orElseThrow());
        test.put("op", condition.get("op"));
        test.put("value", condition.get("value"));
        return Optional.of(test);
    }

    private static Optional<String> faultOf(Map<String, Object> condition) {
        Object path = condition.get("path");
        if (path instanceof String text && text.startsWith("state.")) {
            return Optional.of("counters can't be read in conditions: use `limits`");
        }
        if (path(path).isEmpty()) {
            return Optional.of("its `path` is not one below `args`");
        }
        if (!(condition.get("op") instanceof String op) || !OPERATORS.contains(op)) {
            return Optional.of("the proxy did not know this `op`");
        }
        return condition.containsKey("value") && fits(op, condition.get("value"))
                ? Optional.empty()
                : Optional.of("its `value` is not what `" + op + "` compares with");
    }

    private static boolean fits(String op, @Nullable Object value) {
        return switch (op) {
            case "in", "not_in" -> value instanceof List<?> list && !list.isEmpty();
            case "lt", "lte", "gt", "gte" ->
                value instanceof Long || value instanceof BigInteger || value instanceof BigDecimal;
            case "exists" -> value instanceof Boolean;
            case "regex" -> value instanceof String regex && regex.length() <= LONGEST_REGEX;
            default -> true;
        };
    }

    /** A path below {@code args} as we write it: there every dot was a step, and a step any text without dots. */
    static Optional<String> path(@Nullable Object written) {
        if (!(written instanceof String text) || !text.startsWith("args.")) {
            return Optional.empty();
        }
        String[] steps = text.substring("args.".length()).split("\\.", -1);
        StringBuilder path = new StringBuilder("args");
        for (String step : steps) {
            path.append(BARE.matcher(step).matches() ? "." + step : "[" + PrettyJson.of(step) + "]");
        }
        return steps.length > MOST_STEPS ? Optional.empty() : Optional.of(path.toString());
    }

    private void noteIndexes(String path) {
        if (path.contains("[")) {
            notes.add("`" + path + "`: to the proxy brackets were part of a key;"
                    + " for an element of a list write `args.items[0]`, for each of them `args.items[*]`");
        }
    }
}
