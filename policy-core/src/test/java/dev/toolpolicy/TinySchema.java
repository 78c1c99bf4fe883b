package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import dev.toolpolicy.spi.Findings;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The few words of JSON Schema that the decision corpus needs, and {@code fails}: a validator that fails in the way it says. */
public final class TinySchema implements ArgumentValidatorFactory {
    private static final Set<String> WORDS = Set.of("required", "properties", "additionalProperties", "fails");

    @Override
    public ArgumentValidator compile(Object schema, Findings findings) {
        if (schema instanceof Boolean all) return all ? arguments -> List.of() : TinySchema::nothing;
        Map<?, ?> words = (Map<?, ?>) schema;
        for (Object word : words.keySet()) {
            if (!WORDS.contains(word)) findings.report("/" + word, "unknown word", "remove it");
        }
        if (words.get("fails") instanceof String how) return failing(how);
        return arguments -> violations(words, arguments);
    }

    private static List<Violation> nothing(Map<String, Object> arguments) {
        return List.of(new Violation("", "false", "no arguments at all"));
    }

    private static ArgumentValidator failing(String how) {
        return switch (how) {
            case "throws" ->
                arguments -> {
                    throw new IllegalStateException("the validator is broken");
                };
            case "overflows" ->
                arguments -> {
                    throw new StackOverflowError("too deep");
                };
            case "answers null" -> arguments -> null;
            case "lists null" -> arguments -> Arrays.asList(new Violation("/a", "type", "string"), null);
            case "changes the arguments" ->
                arguments -> {
                    arguments.clear();
                    return List.of();
                };
            default -> throw new IllegalArgumentException("no such way to fail: " + how);
        };
    }

    private static List<Violation> violations(Map<?, ?> words, Map<String, Object> arguments) {
        List<Violation> violations = new ArrayList<>();
        if (words.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!arguments.containsKey(name)) violations.add(new Violation("", "required", "the member " + name));
            }
        }
        Map<?, ?> properties = words.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        properties.forEach((name, schema) -> {
            if (arguments.containsKey(name)) {
                String pointer = Pointer.ROOT.member((String) name).toString();
                check((Map<?, ?>) schema, pointer, arguments.get(name), violations);
            }
        });
        if (Boolean.FALSE.equals(words.get("additionalProperties"))) {
            for (String name : arguments.keySet()) {
                if (properties.containsKey(name)) continue;
                String pointer = Pointer.ROOT.member(name).toString();
                violations.add(new Violation(pointer, "additionalProperties", "no such member"));
            }
        }
        return violations;
    }

    private static void check(Map<?, ?> schema, String pointer, Object value, List<Violation> violations) {
        if (schema.get("type") instanceof String type && !hasType(value, type)) {
            violations.add(new Violation(pointer, "type", type));
            return;
        }
        if (schema.get("maximum") instanceof Number maximum
                && value instanceof Number number
                && Json.decimal(number).compareTo(Json.decimal(maximum)) > 0) {
            violations.add(new Violation(pointer, "maximum", "at most " + maximum));
        }
    }

    private static boolean hasType(Object value, String type) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "integer" ->
                value instanceof Number number
                        && Json.decimal(number).stripTrailingZeros().scale() <= 0;
            default -> throw new IllegalArgumentException("no such type: " + type);
        };
    }
}
