package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.ToolCall;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What somebody would write who has these rules and no others. */
final class ByHand {
    private ByHand() {}

    static Predicate<ToolCall> threeConditions(long most) {
        Set<String> currencies = Set.of("usd", "eur");
        BigDecimal mostAsDecimal = BigDecimal.valueOf(most);
        return call -> {
            Map<String, @Nullable Object> arguments = call.arguments();
            return arguments.get("currency") instanceof String currency
                    && currencies.contains(currency)
                    && isAtMost(arguments.get("amount"), most, mostAsDecimal)
                    && arguments.get("tenant") instanceof String tenant
                    && tenant.equals(call.identity().attributes().get("tenant"));
        };
    }

    private static boolean isAtMost(@Nullable Object amount, long most, BigDecimal mostAsDecimal) {
        if (amount instanceof Long whole) return whole <= most;
        return amount instanceof BigDecimal decimal && decimal.compareTo(mostAsDecimal) <= 0;
    }
}
