package dev.toolpolicy.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies a value that somebody else made, once, into one that nobody can change: only what JSON has, numbers in their one form.
 *
 * <p>What it is given is not trusted: collections may change, lie or never end, and numbers may be of classes that lie. Each
 * collection is walked once, each number is of a class that cannot be overridden here, and a budget of bytes ends every walk.
 */
public final class FrozenJson {
    /** As much as a whole policy document of 16 MiB may come to: `1e20` is written out as 21 digits. */
    private static final int MAX_VALUE_BYTES = 5 * 16 * 1024 * 1024;

    private long budget;

    private FrozenJson(long budget) {
        this.budget = budget;
    }

    /**
     * A copy of any JSON value.
     *
     * @throws IllegalArgumentException if something in it is not a JSON value, or is out of bounds
     */
    public static @Nullable Object value(@Nullable Object value) {
        return new FrozenJson(MAX_VALUE_BYTES).guarded(value);
    }

    /**
     * A copy of a JSON object whose canonical text has at most that many bytes of UTF-8.
     *
     * @throws IllegalArgumentException if something in it is not a JSON value, or is out of bounds
     */
    @SuppressWarnings("unchecked") // a map is copied to a map
    public static FrozenMap<@Nullable Object> object(Map<?, ?> object, int maxBytes) {
        FrozenMap<@Nullable Object> copy =
                (FrozenMap<@Nullable Object>) Objects.requireNonNull(new FrozenJson(maxBytes).guarded(object));
        return copy;
    }

    private @Nullable Object guarded(@Nullable Object value) {
        try {
            return copy(value, 0);
        } catch (Refused e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a collection throws while it is walked, it is not a value.
            throw new IllegalArgumentException(
                    "a collection failed while it was read: " + e.getClass().getSimpleName());
        }
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            spend(Boolean.FALSE.equals(value) ? 5 : 4);
            return value;
        }
        if (value instanceof String text) return string(text);
        if (value instanceof Number number) return number(number);
        if (depth >= JsonText.MAX_DEPTH) throw refused("nested more than " + JsonText.MAX_DEPTH + " deep");
        if (value instanceof Map<?, ?> map) return members(map, depth);
        if (value instanceof List<?> list) return elements(list, depth);
        throw refused("found a value that JSON does not have");
    }

    private FrozenMap<@Nullable Object> members(Map<?, ?> map, int depth) {
        spend(2);
        FrozenMap.Builder<@Nullable Object> copy = new FrozenMap.Builder<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            // A colon, and a comma before all but the first.
            spend(copy.isEmpty() ? 1 : 2);
            if (!(entry.getKey() instanceof String key)) throw refused("found a key that is not a string");
            // Not every map compares its keys by value.
            if (copy.contains(string(key))) throw refused("found a key twice");
            copy.put(key, copy(entry.getValue(), depth + 1));
        }
        return copy.build();
    }

    private List<@Nullable Object> elements(List<?> list, int depth) {
        spend(2);
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object element : list) {
            spend(copy.isEmpty() ? 0 : 1);
            copy.add(copy(element, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private String string(String text) {
        if (text.length() > budget) throw tooLarge();
        if (!Json.isWhole(text)) throw refused("found half a surrogate pair");
        spend(Json.canonicalBytes(text));
        return text;
    }

    private Number number(Number number) {
        Number exact = exact(number);
        spend(Json.canonical(exact).length());
        return exact;
    }

    private static Number exact(Number number) {
        Class<?> type = number.getClass();
        if (type == Long.class || type == Integer.class || type == Short.class || type == Byte.class)
            return number.longValue();
        if ((type == Double.class || type == Float.class) && !Double.isFinite(number.doubleValue()))
            throw refused("found a number that is not finite");
        if (type == Double.class) return decimal(ShortestDecimal.of(number.doubleValue()));
        if (type == Float.class) return decimal(ShortestDecimal.of(number.floatValue()));
        if (type == BigDecimal.class) return decimal((BigDecimal) number);
        if (type == BigInteger.class) return decimal((BigInteger) number);
        throw refused("found a number of a class that is not read");
    }

    private static Number decimal(BigInteger whole) {
        if (!Json.isBounded(new BigDecimal(whole))) throw outOfBounds();
        return Json.exact(whole);
    }

    private static Number decimal(BigDecimal value) {
        if (!Json.isBounded(value)) throw outOfBounds();
        return Json.exact(value);
    }

    private void spend(int bytes) {
        budget -= bytes;
        if (budget < 0) throw tooLarge();
    }

    private static IllegalArgumentException outOfBounds() {
        return refused(
                "a number has more than " + Json.MAX_DIGITS + " digits, or an exponent beyond " + Json.MAX_EXPONENT);
    }

    private static IllegalArgumentException tooLarge() {
        return refused("there is too much of it");
    }

    private static IllegalArgumentException refused(String why) {
        return new Refused(why);
    }

    /** Said here: what a collection says while it is walked may be anything. */
    private static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }
}
