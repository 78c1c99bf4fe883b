package dev.toolpolicy;

import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call uses up of a limit, in whole units of 10^-decimals, rounded up. */
final class Cost {
    static final long UNCOUNTABLE = -1;
    /** So many always fit into a {@code long}, and are far more than any limit has. */
    private static final int MOST_DIGITS = 18;

    private final CallPath.Step @Nullable [] path;
    private final int decimals;
    private final long ifMissing;
    /** Up to here a whole number can be multiplied without a look. */
    private final long mostWhole;

    private final long scale;

    private Cost(CallPath.Step @Nullable [] path, int decimals, long ifMissing) {
        this.path = path;
        this.decimals = decimals;
        this.ifMissing = ifMissing;
        this.scale = BigDecimal.ONE.movePointRight(decimals).longValueExact();
        this.mostWhole = Long.MAX_VALUE / scale;
    }

    static Cost of(Limit limit) {
        int decimals = limit.counter().decimals();
        if (limit.amount() instanceof AmountAt at) return new Cost(steps(at.path()), decimals, UNCOUNTABLE);
        if (limit.amount() instanceof AmountAtOr or) {
            return new Cost(steps(or.path()), decimals, units(or.ifMissing(), decimals));
        }
        // One call costs one, whatever places the counter keeps.
        return new Cost(null, decimals, 0);
    }

    private static CallPath.Step[] steps(CallPath path) {
        return path.steps().toArray(CallPath.Step[]::new);
    }

    /** {@link #UNCOUNTABLE} if the amount is no number, is negative, or is missing and nothing was written for that. */
    long units(ToolCall call) {
        if (path == null) return scale;
        Object value = call.arguments();
        for (CallPath.Step step : path) {
            if (step instanceof CallPath.Key key) {
                if (!(value instanceof Map<?, ?> members)) return UNCOUNTABLE;
                value = members.get(key.name());
                if (value == null) return members.containsKey(key.name()) ? UNCOUNTABLE : ifMissing;
            } else {
                if (!(value instanceof List<?> elements)) return UNCOUNTABLE;
                int index = ((CallPath.Index) step).index();
                if (index >= elements.size()) return ifMissing;
                value = elements.get(index);
            }
        }
        return value instanceof Number number ? units(number) : UNCOUNTABLE;
    }

    private long units(Number amount) {
        if (amount instanceof Long whole) {
            if (whole < 0) return UNCOUNTABLE;
            return whole > mostWhole ? Long.MAX_VALUE : whole * scale;
        }
        BigDecimal exact = Json.decimal(amount);
        return exact.signum() < 0 ? UNCOUNTABLE : units(exact, decimals);
    }

    /** As many units as fit into a {@code long}: far more than any limit has. */
    static long units(BigDecimal amount, int decimals) {
        if (amount.signum() == 0) return 0;
        // By the place of its first digit, before a digit is moved: a host may give any number.
        long wholeDigits = (long) amount.precision() - amount.scale() + decimals;
        if (wholeDigits <= 0) return 1;
        if (wholeDigits > MOST_DIGITS) return Long.MAX_VALUE;
        return amount.movePointRight(decimals).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
