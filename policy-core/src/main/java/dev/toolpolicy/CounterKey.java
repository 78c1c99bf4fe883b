package dev.toolpolicy;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.spi.Charge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which counter a limit charges for a caller, as two texts: what is counted, and whose use. Whatever names hold, no two counters
 * get the same pair: texts that stand in front of others are led by their length, and a caller of several parts is counted apart
 * from one of a single part.
 */
final class CounterKey implements Comparable<CounterKey> {
    private final Scope scope;
    /** For a caller that is one text, as it is. */
    private final String ofOne;
    /** For a caller of several parts: a grant and its session, or a list of values. */
    private final String ofSeveral;

    private final long windowSeconds;
    private final String attribute;

    private CounterKey(Scope scope, String counter, long windowSeconds) {
        this.windowSeconds = windowSeconds;
        this.scope = scope;
        this.attribute = scope.attribute();
        this.ofOne = counter;
        this.ofSeveral = counter + "+";
    }

    static CounterKey of(Counter counter) {
        String scope = counter.scope().toString();
        return new CounterKey(
                counter.scope(),
                prefixed(counter.name()) + counter.windowSeconds() + "/" + counter.decimals() + "/" + prefixed(scope),
                counter.windowSeconds());
    }

    private static String prefixed(String text) {
        return text.length() + ":" + text;
    }

    /** The charge of a call; null if the caller lacks the attribute. */
    @Nullable
    Charge charge(String namespace, Identity who, long max, long units) {
        return switch (scope.kind()) {
            case GLOBAL -> of(namespace, ofOne, "", max, units);
            case GRANT -> of(namespace, ofOne, who.grant(), max, units);
            case SESSION ->
                of(namespace, who.session().isPresent() ? ofSeveral : ofOne, who.sessionOfGrant(), max, units);
            case IDENTITY -> {
                Object value = who.attributes().get(attribute);
                if (value == null) yield null;
                yield value instanceof List<?> values
                        ? of(namespace, ofSeveral, joined(values), max, units)
                        : of(namespace, ofOne, (String) value, max, units);
            }
        };
    }

    private Charge of(String namespace, String counter, String caller, long max, long units) {
        return new Charge(namespace, counter, caller, windowSeconds, max, units);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CounterKey that && ofOne.equals(that.ofOne);
    }

    @Override
    public int hashCode() {
        return ofOne.hashCode();
    }

    /** An order, so that tables find names that were made to have one hash. */
    @Override
    public int compareTo(CounterKey other) {
        return ofOne.compareTo(other.ofOne);
    }

    private static String joined(List<?> values) {
        StringBuilder out = new StringBuilder();
        for (Object value : values) out.append(prefixed((String) value));
        return out.toString();
    }
}
