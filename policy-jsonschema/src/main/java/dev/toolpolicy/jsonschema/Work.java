package dev.toolpolicy.jsonschema;

import org.everit.json.schema.ValidationException;
import org.everit.json.schema.event.CombinedSchemaMatchEvent;
import org.everit.json.schema.event.CombinedSchemaMismatchEvent;
import org.everit.json.schema.event.ConditionalSchemaMatchEvent;
import org.everit.json.schema.event.ConditionalSchemaMismatchEvent;
import org.everit.json.schema.event.SchemaReferencedEvent;
import org.everit.json.schema.event.ValidationListener;
import org.jspecify.annotations.Nullable;

/**
 * What one call may cost: agents choose the arguments, and everit itself bounds nothing.
 *
 * <p>Every step of everit is paid for: those into the arguments by {@link Arguments}, which it walks; those from schema to schema
 * over one value here, for everit tells its listener of each. Prices are about what a step takes at worst, in nanoseconds.
 */
final class Work implements ValidationListener {
    private static final long MOST = 100_000_000;
    private static final long MATCH = 200;
    private static final long MISMATCH = 1_500;
    private static final long OTHERWISE = 600;

    private final long price;
    private long left = MOST;
    /** What was read last: a text or a number has nothing within it, so while it is judged it is this. */
    private @Nullable Object last;

    private boolean comparing;

    /** @param price how many times as much each step costs */
    Work(long price) {
        this.price = price;
    }

    void spend(long nanoseconds) {
        left -= nanoseconds * price;
        if (left < 0) throw new TooMuchWork();
    }

    /** A part of the arguments was read, and is judged next. */
    <T> T read(T value, long nanoseconds) {
        spend(nanoseconds);
        last = value;
        return value;
    }

    /** Whether the elements that are read now are compared with each other, and nothing else. */
    boolean comparing() {
        return comparing;
    }

    @Override
    public void schemaReferenced(SchemaReferencedEvent event) {
        spend(MATCH + characters());
        if (event.getSchema() instanceof Priced priced) spend(priced.of(last));
    }

    @Override
    public void combinedSchemaMatch(CombinedSchemaMatchEvent event) {
        spend(MATCH + characters());
    }

    @Override
    public void combinedSchemaMismatch(CombinedSchemaMismatchEvent event) {
        if (event.getSchema() instanceof Whole) throw new Broken(event.getFailure());
        spend(MISMATCH + characters());
    }

    @Override
    public void ifSchemaMatch(ConditionalSchemaMatchEvent event) {
        spend(MATCH + characters());
        comparing = event.getSchema() instanceof UniqueItems;
    }

    @Override
    public void ifSchemaMismatch(ConditionalSchemaMismatchEvent event) {
        spend(OTHERWISE + characters());
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

        TooMuchWork() {
            super("checking these arguments against their schema takes more work than one call is given");
        }
    }
}
