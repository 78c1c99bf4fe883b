package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A step to a schema whose judgement takes the longer, the larger the value is: {@link Work} hears of it. */
final class Priced extends ReferenceSchema {
    private final long eachCharacter;
    private final int decimals;

    private Priced(Schema schema, long eachCharacter, int decimals) {
        super(ReferenceSchema.builder());
        this.eachCharacter = eachCharacter;
        this.decimals = decimals;
        setReferredSchema(schema);
    }

    /** Judges texts, in so many nanoseconds for each character. */
    static Priced ofTexts(Schema schema, long eachCharacter) {
        return new Priced(schema, eachCharacter, 0);
    }

    /** Divides numbers by one with so many decimals. */
    static Priced ofNumbers(Schema schema, int decimals) {
        return new Priced(schema, 0, decimals);
    }

    /** What a value costs, in nanoseconds. */
    long of(@Nullable Object value) {
        if (value instanceof String text) return text.length() * eachCharacter;
        if (!(value instanceof Number number)) return 0;
        BigDecimal decimal = Json.decimal(number);
        long digits = (long) decimal.precision() - decimal.scale() + Math.max(decimals, decimal.scale());
        return Math.max(0, digits) * digits / 4;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
