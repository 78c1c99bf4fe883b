package dev.toolpolicy.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers, or one that is larger than it: what is empty here is empty.
 *
 * @param low the lower bound, if there is one
 * @param high the upper bound, if there is one
 * @param only if it is there, the numbers of which the set has some
 * @param except numbers that are not in the set
 * @param whole whether all are whole; null if that is open, false if none is
 */
record Numbers(
        @Nullable Bound low,
        @Nullable Bound high,
        @Nullable Set<BigDecimal> only,
        Set<BigDecimal> except,
        @Nullable Boolean whole) {
    static final Numbers ALL = new Numbers(null, null, null, Set.of(), null);
    static final Numbers NONE = only(Set.of());

    /** More whole numbers than this between two bounds are not tried one by one. */
    private static final BigDecimal FEW = BigDecimal.valueOf(100);

    /** @param included whether the number itself is within the bound */
    record Bound(BigDecimal number, boolean included) {}

    static Numbers only(Set<BigDecimal> numbers) {
        return new Numbers(null, null, numbers, Set.of(), null);
    }

    static Numbers except(Set<BigDecimal> numbers) {
        return new Numbers(null, null, null, numbers, null);
    }

    static Numbers below(BigDecimal number, boolean included) {
        return new Numbers(null, new Bound(number, included), null, Set.of(), null);
    }

    static Numbers above(BigDecimal number, boolean included) {
        return new Numbers(new Bound(number, included), null, null, Set.of(), null);
    }

    static Numbers whole(boolean whole) {
        return new Numbers(null, null, null, Set.of(), whole);
    }

    /** What is in both. */
    Numbers and(Numbers other) {
        if (whole != null && other.whole != null && !whole.equals(other.whole)) return NONE;
        Set<BigDecimal> both = only == null ? other.only : only;
        if (only != null && other.only != null) {
            both = new HashSet<>(only);
            both.retainAll(other.only);
        }
        Set<BigDecimal> neither = except;
        if (!other.except.isEmpty()) {
            neither = new HashSet<>(except);
            neither.addAll(other.except);
        }
        return new Numbers(
                tighter(low, other.low, 1),
                tighter(high, other.high, -1),
                both,
                neither,
                whole == null ? other.whole : whole);
    }

    private static @Nullable Bound tighter(@Nullable Bound a, @Nullable Bound b, int upwards) {
        if (a == null) return b;
        if (b == null) return a;
        int order = a.number.compareTo(b.number) * upwards;
        if (order == 0) return a.included ? b : a;
        return order > 0 ? a : b;
    }

    boolean isEmpty() {
        if (only != null) return only.stream().noneMatch(this::admits);
        if (low == null || high == null) return false;
        int order = low.number.compareTo(high.number);
        if (order > 0) return true;
        if (order == 0) return !admits(low.number);
        return Boolean.TRUE.equals(whole) && noWholeNumberBetween(low.number, high.number);
    }

    private boolean admits(BigDecimal number) {
        if (low != null && !holds(number.compareTo(low.number), low.included)) return false;
        if (high != null && !holds(high.number.compareTo(number), high.included)) return false;
        if (whole != null && whole != isWhole(number)) return false;
        return !except.contains(number);
    }

    private static boolean holds(int order, boolean included) {
        return order > 0 || (order == 0 && included);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private boolean noWholeNumberBetween(BigDecimal from, BigDecimal to) {
        BigDecimal last = to.setScale(0, RoundingMode.FLOOR);
        BigDecimal next = from.setScale(0, RoundingMode.CEILING);
        if (last.subtract(next).compareTo(FEW) > 0) return false;
        for (; next.compareTo(last) <= 0; next = next.add(BigDecimal.ONE)) {
            if (admits(next)) return false;
        }
        return true;
    }
}
