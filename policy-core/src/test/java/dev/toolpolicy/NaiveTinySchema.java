package dev.toolpolicy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** For the reference evaluator, the words of {@link TinySchema} as JSON Schema has them. */
final class NaiveTinySchema {
    private NaiveTinySchema() {}

    static boolean accepts(Object schema, Map<String, Object> args) {
        if (!(schema instanceof Map<?, ?> words)) return schema.equals(true);
        Map<?, ?> properties = words.get("properties") instanceof Map<?, ?> written ? written : Map.of();
        List<?> required = words.get("required") instanceof List<?> names ? names : List.of();
        boolean closed = Boolean.FALSE.equals(words.get("additionalProperties"));
        return args.keySet().containsAll(required)
                && (!closed || properties.keySet().containsAll(args.keySet()))
                && args.entrySet().stream()
                        .filter(arg -> properties.containsKey(arg.getKey()))
                        .allMatch(arg -> fits((Map<?, ?>) properties.get(arg.getKey()), arg.getValue()));
    }

    private static boolean fits(Map<?, ?> schema, Object value) {
        Object type = schema.get("type");
        boolean typed = type == null
                || (type.equals("string") && value instanceof String)
                || (type.equals("integer") && value instanceof Number number && isWhole(number));
        boolean bounded = !(schema.get("maximum") instanceof Number most && value instanceof Number number)
                || decimal(number).compareTo(decimal(most)) <= 0;
        return typed && bounded;
    }

    private static boolean isWhole(Number number) {
        return decimal(number).remainder(BigDecimal.ONE).signum() == 0;
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
