package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON values, to be found quickly whoever chose them: each class of values has a set of its own, in which those that were made
 * to have one hash are still told apart by their order. Lists and objects, which have none, are kept as their canonical text.
 */
final class ValueSet {
    private final Set<String> strings = new HashSet<>();
    private final Set<Long> longs = new HashSet<>();
    private final Set<BigInteger> wholes = new HashSet<>();
    private final Set<BigDecimal> decimals = new HashSet<>();
    private final Set<String> lists = new HashSet<>();
    private final Set<String> objects = new HashSet<>();
    private boolean hasNull;
    private boolean hasTrue;
    private boolean hasFalse;

    ValueSet(List<?> values) {
        for (Object value : values) add(value);
    }

    private void add(@Nullable Object value) {
        if (value instanceof String text) strings.add(text);
        else if (value instanceof Long whole) longs.add(whole);
        else if (value instanceof BigInteger whole) wholes.add(whole);
        else if (value instanceof BigDecimal decimal) decimals.add(decimal);
        else if (value instanceof List) lists.add(Json.canonical(value));
        else if (value instanceof Map) objects.add(Json.canonical(value));
        else if (value instanceof Boolean bool) {
            hasTrue |= bool;
            hasFalse |= !bool;
        } else hasNull = true;
    }

    /** Whether one of the values is this one: true, or false if there is another of its type; else that is not decided. */
    Verdict judge(@Nullable Object value) {
        if (value instanceof String text) return verdict(strings.contains(text), !strings.isEmpty());
        if (value instanceof Long whole) return verdict(longs.contains(whole), hasNumbers());
        if (value instanceof BigInteger whole) return verdict(wholes.contains(whole), hasNumbers());
        if (value instanceof BigDecimal decimal) return verdict(decimals.contains(decimal), hasNumbers());
        if (value instanceof List)
            return verdict(!lists.isEmpty() && lists.contains(Json.canonical(value)), !lists.isEmpty());
        if (value instanceof Map)
            return verdict(!objects.isEmpty() && objects.contains(Json.canonical(value)), !objects.isEmpty());
        if (value instanceof Boolean bool) return verdict(bool ? hasTrue : hasFalse, hasTrue || hasFalse);
        return verdict(hasNull, hasNull);
    }

    private boolean hasNumbers() {
        return !longs.isEmpty() || !wholes.isEmpty() || !decimals.isEmpty();
    }

    private static Verdict verdict(boolean found, boolean comparable) {
        if (found) return Verdict.TRUE;
        return comparable ? Verdict.FALSE : Verdict.UNDECIDABLE;
    }
}
