package dev.toolpolicy;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking.Left;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A limit, compiled: what a call costs, whose use it counts to, and what is said if that is too much. */
final class CompiledLimit {
    private final Limit limit;
    private final String name;
    /** Null if it is charged always. */
    private final @Nullable Check when;

    private final Cost cost;
    private final CounterKey key;
    private final BigDecimal max;
    private final long maxUnits;
    private final Deny uncountable;
    private final Deny failed;

    private CompiledLimit(Limit limit, String name, @Nullable Check when) {
        Counter counter = limit.counter();
        this.limit = limit;
        this.name = name;
        this.when = when;
        this.cost = Cost.of(limit);
        this.key = CounterKey.of(counter);
        this.max = BigDecimal.valueOf(counter.max());
        this.maxUnits = counter.maxUnits();
        this.uncountable = CompiledPolicy.deny(Reason.Code.INVALID_AMOUNT, name, Sentences.amount(limit));
        this.failed = CompiledPolicy.failed(name);
    }

    static CompiledLimit of(Limit limit, String pointer, Checks checks) {
        Check when = limit.when().isEmpty() ? null : checks.all(limit.when(), Stance.STOPS);
        return new CompiledLimit(limit, limit.id().isEmpty() ? pointer : limit.id(), when);
    }

    String name() {
        return name;
    }

    String counter() {
        return limit.counter().name();
    }

    @Nullable
    Check when() {
        return when;
    }

    /** What is decided of an amount that cannot be counted. */
    Deny uncountable() {
        return uncountable;
    }

    /** What is decided if the limit cannot be charged at all. */
    Deny failed() {
        return failed;
    }

    long maxUnits() {
        return maxUnits;
    }

    /** What the {@code max} of its counter is in a policy, which may be a later one; what it is here, if that has no such counter. */
    long maxUnitsIn(CompiledPolicy policy) {
        return policy.maxUnits().getOrDefault(key, maxUnits);
    }

    /** What the call uses up, in units of 10^-decimals; negative if that cannot be counted. */
    long units(ToolCall call) {
        long units = cost.units(call);
        return units > maxUnits ? Cost.UNCOUNTABLE : units;
    }

    /** The charge of a call; null for a caller who has none of what the limit counts by. */
    @Nullable
    Charge charge(String namespace, Identity who, long units) {
        return key.charge(namespace, who, maxUnits, units);
    }

    RateLimited spent(Left left) {
        return new RateLimited(name, counter(), max, inAuthorsUnit(left.units()), left.untilNext(), said(left));
    }

    private String said(Left left) {
        return limit.onLimit().isEmpty() ? Sentences.retryIn(left.untilNext()) : limit.onLimit();
    }

    BigDecimal inAuthorsUnit(long units) {
        return BigDecimal.valueOf(units, limit.counter().decimals());
    }

    /** Whole units of what a call really came to; more than fits is as much as there is. */
    long unitsOf(BigDecimal actual) {
        return Cost.units(actual, limit.counter().decimals());
    }
}
