package dev.toolpolicy;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which counter a limit charges for a caller, as two texts: what is counted, and whose use. Whatever names hold, no two counters
 * get the same pair: texts that stand in front of others are led by their length, and a caller of several parts is counted apart
 * from one of a single part.
 */
final class CounterKey {
    private final Scope scope;
    /** For a caller that is one text, as it is. */
    private final String ofOne;
    /** For a caller of several parts: a grant and its session, or a list of values. */
    private final String ofSeveral;

    private CounterKey(Scope scope, String counter) {
        this.scope = scope;
        this.ofOne = counter;
        this.ofSeveral = counter + "+";
    }

    static CounterKey of(Counter counter) {
        String scope = counter.scope().toString();
        return new CounterKey(
                counter.scope(),
                prefixed(counter.name()) + counter.windowSeconds() + "/" + counter.decimals() + "/" + prefixed(scope));
    }

    private static String prefixed(String text) {
        return text.length() + ":" + text;
    }

    /** What is counted. */
    String counter(Identity who) {
        boolean several = switch (scope.kind()) {
            case GRANT, GLOBAL -> false;
            case SESSION -> who.session().isPresent();
            case IDENTITY -> who.value(scope.attribute()) instanceof List;
        };
        return several ? ofSeveral : ofOne;
    }

    /** Whose use is counted together; null if the caller lacks the attribute. */
    @Nullable
    String caller(Identity who) {
        return switch (scope.kind()) {
            case GLOBAL -> "";
            case GRANT -> who.grant();
            case SESSION -> who.sessionOfGrant();
            case IDENTITY -> {
                Object value = who.value(scope.attribute());
                yield value instanceof List<?> values ? joined(values) : (String) value;
            }
        };
    }

    private static String joined(List<?> values) {
        StringBuilder out = new StringBuilder();
        for (Object value : values) out.append(prefixed((String) value));
        return out.toString();
    }
}
