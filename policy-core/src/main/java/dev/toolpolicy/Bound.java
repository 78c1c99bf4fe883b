package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A number of a policy, made ready so that those of calls are compared with it without making another number of them. */
final class Bound {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final BigDecimal exact;
    /** The largest {@code long} that is not above it, else the least. */
    private final long floor;
    /** How the floor itself compares with it: the same only if it is a {@code long}. */
    private final int floorsOrder;

    Bound(Number number) {
        exact = Json.decimal(number);
        floor = exact.setScale(0, RoundingMode.FLOOR).max(LEAST).min(MOST).longValueExact();
        floorsOrder = BigDecimal.valueOf(floor).compareTo(exact);
    }

    /** Negative if the number is below the bound, 0 if it is the same, positive if it is above. */
    int order(Number number) {
        if (number instanceof Long whole) return whole == floor ? floorsOrder : Long.compare(whole, floor);
        return Json.decimal(number).compareTo(exact);
    }
}
