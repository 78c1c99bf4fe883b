package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call of the decision corpus, and what is to be decided.
 *
 * @param who grant, session and attributes, as they are written
 * @param argumentsJson the arguments as text, perhaps malformed
 * @param arguments the arguments as a value; neither means none
 * @param at to what the clock is turned before the call
 * @param code why the call is to be denied, if it is
 * @param limited what is to be said of a spent limit, if one is
 * @param asks whether a person is to be asked; without any of these, the call is to be allowed
 * @param answer what a person then answers, `approve` or `reject`
 * @param rule the rule that is to be named, if the case says so
 * @param message what the agent is to be told, if the case says so
 */
record DecisionCase(
        String name,
        Map<String, Object> who,
        String tool,
        Optional<String> argumentsJson,
        Optional<Map<String, Object>> arguments,
        Optional<Instant> at,
        Optional<Reason.Code> code,
        Optional<Limited> limited,
        boolean asks,
        Optional<String> answer,
        Optional<String> rule,
        Optional<String> message) {

    /** What is to be said of a spent limit, as far as the case says it. */
    record Limited(
            Optional<String> counter,
            Optional<BigDecimal> max,
            Optional<BigDecimal> remaining,
            Optional<Duration> retryAfter) {}

    boolean allowed() {
        return code.isEmpty() && limited.isEmpty() && !asks;
    }

    /** Every way in which a host could make this call; they must all come to the same. */
    List<Supplier<ToolCall>> ways() {
        if (arguments.isPresent()) {
            return List.of(
                    () -> ToolCall.parse(identity(), tool, Json.canonical(arguments.get())),
                    () -> ToolCall.of(identity(), tool, plain(arguments.get())));
        }
        if (argumentsJson.isEmpty()) {
            return List.of(() -> ToolCall.parse(identity(), tool, "{}"), () -> ToolCall.of(identity(), tool, null));
        }
        List<Supplier<ToolCall>> ways = new ArrayList<>();
        ways.add(() -> ToolCall.parse(identity(), tool, argumentsJson.get()));
        JsonText text = JsonText.read(argumentsJson.get(), ToolCall.MAX_BYTES);
        if (text.sound() && text.value() instanceof Map<?, ?> object)
            ways.add(() -> ToolCall.of(identity(), tool, plain(object)));
        return ways;
    }

    private Identity identity() {
        Identity identity = Identity.of((String) who.get("grant"));
        if (who.containsKey("session")) identity = identity.withSession((String) who.get("session"));
        Map<?, ?> attributes = (Map<?, ?>) who.getOrDefault("attributes", Map.of());
        for (Map.Entry<?, ?> attribute : attributes.entrySet()) {
            String name = (String) attribute.getKey();
            identity = attribute.getValue() instanceof List<?> several
                    ? identity.with(
                            name, several.stream().map(String.class::cast).toList())
                    : identity.with(name, (String) attribute.getValue());
        }
        return identity;
    }

    /** The arguments as a host might hand them over: mutable collections, and numbers as some other reader makes them. */
    private static Map<String, Object> plain(Map<?, ?> object) {
        Map<String, Object> members = new HashMap<>();
        object.forEach((key, value) -> members.put((String) key, plain(value)));
        return members;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> object) return plain(object);
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) elements.add(plain(element));
            return elements;
        }
        if (value instanceof Long whole && whole == whole.intValue()) return whole.intValue();
        if (value instanceof BigDecimal decimal && isADouble(decimal)) return decimal.doubleValue();
        return value;
    }

    private static boolean isADouble(BigDecimal decimal) {
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    }
}
