package dev.toolpolicy.jsonschema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.event.CombinedSchemaMatchEvent;
import org.everit.json.schema.event.CombinedSchemaMismatchEvent;
import org.everit.json.schema.event.ConditionalSchemaMatchEvent;
import org.everit.json.schema.event.ConditionalSchemaMismatchEvent;
import org.everit.json.schema.event.ValidationListener;
import org.jspecify.annotations.Nullable;

/**
 * What one call may cost: agents choose the arguments, and everit itself bounds nothing.
 *
 * <p>Every step of everit is paid for: those into the arguments by {@link Arguments}, which it walks; those from schema to schema
 * over one value here, for everit tells its listener of each, or by a {@link Step}; texts by the tests that read them. Prices are
 * about what a step takes at worst, in nanoseconds.
 */
final class Work implements ValidationListener {
    private static final long MOST = 100_000_000;
    private static final long MATCH = 200;
    private static final long MISMATCH = 1_000;
    /** When all branches of one fail, everit throws with a stack trace, which is the longer the deeper the value lies. */
    private static final long MISMATCH_PER_LEVEL = 200;

    private static final long OTHERWISE = 600;
    /** So many times as much a mismatch costs for each level that it lies deep, where faults are listed. */
    private static final long LISTED_PER_LEVEL = 5;

    private static final int SMALL_BITS = 128;
    /** The way to a fault is written down some times, by everit and by us; what is usual is in the other prices. */
    private static final int SHORT_WAY = 256;

    private static final long COPIES = 4;

    /** Everit has no place to hand it along to tests of texts and to steps between schemas. */
    private static final ThreadLocal<@Nullable Work> CURRENT = new ThreadLocal<>();

    private final long price;
    private final boolean turnedAround;
    private long left = MOST;
    /** What was read last: a text or a number has nothing within it, so while it is judged it is this. */
    private @Nullable Object last;

    private int depth;
    private int way;
    private boolean comparing;

    /**
     * @param price how many times as much each step into the arguments costs: if faults are listed, it may leave one in memory
     * @param turnedAround whether the schema may turn a violation into none
     */
    Work(long price, boolean turnedAround) {
        this.price = price;
        this.turnedAround = turnedAround;
    }

    /** Has something done that is paid for from here. */
    <T> T pay(Supplier<T> judging) {
        Work before = CURRENT.get();
        CURRENT.set(this);
        try {
            return judging.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** The work of the call that is judged. */
    static Work current() {
        Work work = CURRENT.get();
        if (work == null) throw new IllegalStateException("nothing is judged now");
        return work;
    }

    void spend(long nanoseconds) {
        left -= nanoseconds;
        if (left < 0) throw new TooMuchWork("there is too much to check of these arguments for one call");
    }

    /** A step into the arguments, at a place whose way there is so long: everit writes that down for each fault. */
    void step(long nanoseconds, int way) {
        spend((nanoseconds + writing(way)) * price);
    }

    private static long writing(int way) {
        return way <= SHORT_WAY ? 0 : COPIES * (way - SHORT_WAY);
    }

    /** A part of the arguments was read, and is judged next. */
    void read(Object value, int depth, int way) {
        last = value;
        this.depth = depth;
        this.way = way;
        spend(writing(value));
    }

    /** Everit writes a number that does not fit into its message. */
    static long writing(@Nullable Object value) {
        if (!(value instanceof Number number) || value instanceof Long) return 0;
        int bits = number instanceof BigInteger whole
                ? whole.bitLength()
                : ((BigDecimal) number).unscaledValue().bitLength() + 4 * Math.abs(((BigDecimal) number).scale());
        return bits < SMALL_BITS ? 0 : (long) bits * bits / 500;
    }

    /** What a schema that is not fit by what was read last leaves behind. */
    private void broken(long nanoseconds) {
        // Everit makes each fault that is listed anew for every schema that it is within.
        spend((price == 1 ? nanoseconds : LISTED_PER_LEVEL * Math.max(1, depth) * nanoseconds)
                + characters()
                + writing(last));
        spend(writing(way) * price);
    }

    /** What was read last. */
    @Nullable
    Object last() {
        return last;
    }

    /** Whether the elements that are read now are compared with each other, and nothing else. */
    boolean comparing() {
        return comparing;
    }

    @Override
    public void combinedSchemaMatch(CombinedSchemaMatchEvent event) {
        spend(MATCH + characters());
    }

    @Override
    public void combinedSchemaMismatch(CombinedSchemaMismatchEvent event) {
        if (event.getSchema() instanceof Whole) throw new Broken(event.getFailure());
        boolean constant = event.getSchema() instanceof OneOfValues;
        broken(constant ? MATCH : MISMATCH + MISMATCH_PER_LEVEL * depth);
    }

    @Override
    public void ifSchemaMatch(ConditionalSchemaMatchEvent event) {
        spend(MATCH + characters());
        comparing = event.getSchema() instanceof UniqueItems;
    }

    @Override
    public void ifSchemaMismatch(ConditionalSchemaMismatchEvent event) {
        broken(OTHERWISE);
        // A violation would be taken for one that was found by comparing them.
        if (turnedAround && event.getSchema() instanceof UniqueItems) {
            throw new TooMuchWork("a list has more than " + UniqueItems.MOST + " elements, and these are not compared");
        }
    }

    @Override
    public void thenSchemaMatch(ConditionalSchemaMatchEvent event) {
        comparing = false;
    }

    @Override
    public void thenSchemaMismatch(ConditionalSchemaMismatchEvent event) {
        comparing = false;
    }

    /** Everit counts the characters of a text for each schema that judges it. */
    private long characters() {
        return last instanceof String text ? text.length() : 0;
    }

    /** The arguments break their schema. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ValidationException failure;

        Broken(ValidationException failure) {
            super(null, null, false, false);
            this.failure = failure;
        }

        ValidationException failure() {
            return failure;
        }
    }

    /** The arguments cost more to check than one call is given. */
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchWork(String message) {
            super(message);
        }
    }
}
