package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How much may be used up in a window of time.
 *
 * @param id the name that decisions give it, or {@code ""} for its place in the document
 * @param description for people, or {@code ""}
 * @param counter what is counted
 * @param amount what one call costs
 * @param when the limit is charged unless one of these is false; empty: always
 * @param onLimit what a caller is told who must wait, or {@code ""} for a text of ours
 */
public record Limit(
        String id, String description, Counter counter, Amount amount, List<Condition> when, String onLimit) {
    public Limit {
        requireNonNull(id, "id");
        requireNonNull(description, "description");
        requireNonNull(counter, "counter");
        requireNonNull(amount, "amount");
        when = List.copyOf(when);
        requireNonNull(onLimit, "onLimit");
        if (amount instanceof AmountAtOr or && !counter.admits(or.ifMissing())) {
            throw new IllegalArgumentException(
                    "amount_if_missing " + or.ifMissing() + " is more than max " + counter.max());
        }
    }

    /**
     * What is counted. Limits that name the same counter share it, and must agree on all of this.
     *
     * @param name the counter's name
     * @param windowSeconds how long a window is; windows begin at its multiples since 1970
     * @param max how much may be used in one window
     * @param scope whose use is counted together
     * @param decimals how many places of an amount are kept
     */
    public record Counter(String name, long windowSeconds, long max, Scope scope, int decimals) {
        /** The longest window: 31 days. */
        public static final long MAX_WINDOW_SECONDS = 2_678_400;

        /** More places than this no amount keeps. */
        public static final int MAX_DECIMALS = 9;

        private static final long MAX_UNITS = 1L << 53;

        public Counter {
            if (name.isBlank()) throw new IllegalArgumentException("a counter's name must not be blank");
            requireNonNull(scope, "scope");
            if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
                throw new IllegalArgumentException(
                        "window must be 1 to " + MAX_WINDOW_SECONDS + " seconds, got " + windowSeconds);
            }
            if (decimals < 0 || decimals > MAX_DECIMALS) {
                throw new IllegalArgumentException("decimals must be 0 to " + MAX_DECIMALS + ", got " + decimals);
            }
            BigDecimal bound = largestMax(windowSeconds, decimals);
            if (max < 1 || BigDecimal.valueOf(max).compareTo(bound) > 0) {
                throw new IllegalArgumentException("max must be 1 to " + bound.toPlainString() + ", got " + max);
            }
        }

        /** The largest {@code max} that can be counted exactly: one unit a nanosecond, and at most 2^53 units. */
        public static BigDecimal largestMax(long windowSeconds, int decimals) {
            long units = Math.min(windowSeconds * 1_000_000_000L, MAX_UNITS);
            return BigDecimal.valueOf(units).movePointLeft(decimals);
        }

        /** How much may be used in one window, in units of 10^-decimals. */
        long maxUnits() {
            return BigDecimal.valueOf(max).movePointRight(decimals).longValueExact();
        }

        /** Whether an amount could ever be taken: rounded up to whole units of 10^-decimals, it is not more than {@code max}. */
        public boolean admits(BigDecimal amount) {
            BigDecimal units = amount.movePointRight(decimals).setScale(0, RoundingMode.CEILING);
            return units.compareTo(BigDecimal.valueOf(max).movePointRight(decimals)) <= 0;
        }
    }

    /**
     * Whose use is counted together.
     *
     * @param attribute of {@link Kind#IDENTITY} the attribute's name, else {@code ""}
     */
    public record Scope(Kind kind, String attribute) {
        /** Each grant by itself. */
        public static final Scope GRANT = new Scope(Kind.GRANT, "");
        /** Each session of a grant by itself. */
        public static final Scope SESSION = new Scope(Kind.SESSION, "");
        /** All callers together. */
        public static final Scope GLOBAL = new Scope(Kind.GLOBAL, "");

        public Scope {
            requireNonNull(kind, "kind");
            if ((kind == Kind.IDENTITY) == attribute.isEmpty()) {
                throw new IllegalArgumentException("an attribute belongs to the scope `identity`, and to no other");
            }
        }

        /** All who have the same value of an attribute. */
        public static Scope identity(String attribute) {
            return new Scope(Kind.IDENTITY, attribute);
        }

        /** The scope as a policy writes it. */
        @Override
        public String toString() {
            return switch (kind) {
                case GRANT -> "grant";
                case SESSION -> "session";
                case GLOBAL -> "global";
                case IDENTITY -> new CallPath(CallPath.Root.IDENTITY, List.of(new CallPath.Key(attribute))).toString();
            };
        }

        /** The kinds of scope. */
        public enum Kind {
            /** Each grant by itself: who was given access. */
            GRANT,
            /** Each session of a grant by itself; a caller without one counts as the grant. */
            SESSION,
            /** All callers together. */
            GLOBAL,
            /** All callers who have the same value of an attribute. */
            IDENTITY
        }
    }

    /** What one call costs. */
    public sealed interface Amount {}

    /** Every call costs one. */
    public record One() implements Amount {}

    /** What an argument says; a call without it is denied. */
    public record AmountAt(CallPath path) implements Amount {
        public AmountAt {
            requireArgument(path);
        }
    }

    /** What an argument says, or a fixed amount for a call without it. */
    public record AmountAtOr(CallPath path, BigDecimal ifMissing) implements Amount {
        public AmountAtOr {
            requireArgument(path);
            if (ifMissing.signum() < 0)
                throw new IllegalArgumentException("an amount must not be negative, got " + ifMissing);
            ifMissing = ifMissing.stripTrailingZeros();
        }
    }

    private static void requireArgument(CallPath path) {
        boolean one = path.root() == CallPath.Root.ARGS && !path.steps().isEmpty() && !path.everyElement();
        if (!one) throw new IllegalArgumentException("an amount is one argument, got " + path);
    }
}
