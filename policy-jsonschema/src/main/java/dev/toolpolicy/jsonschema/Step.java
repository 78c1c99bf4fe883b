package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.Schema;

/** A step to another schema, which is paid for before it is taken. */
final class Step extends ReferenceSchema {
    private static final int NO_NUMBERS = -1;
    private final long price;
    private final int decimals;

    private Step(Schema schema, long price, int decimals) {
        super(ReferenceSchema.builder());
        this.price = price;
        this.decimals = decimals;
        setReferredSchema(schema);
    }

    /** A step of that price, in nanoseconds. */
    static Step to(Schema schema, long price) {
        return new Step(schema, price, NO_NUMBERS);
    }

    /** A step to a schema that divides numbers by one with so many decimals. */
    static Step toDivision(Schema schema, int decimals) {
        return new Step(schema, 0, Math.max(0, decimals));
    }

    @Override
    public Schema getReferredSchema() {
        Work work = Work.current();
        work.spend(price + (price == 0 ? 0 : Work.writing(work.last())));
        if (decimals != NO_NUMBERS && work.last() instanceof Number number) work.spend(division(number));
        return super.getReferredSchema();
    }

    /** The square of the digits that the remainder has on the way. */
    private long division(Number number) {
        BigDecimal decimal = Json.decimal(number);
        long digits = (long) decimal.precision() - decimal.scale() + Math.max(decimals, decimal.scale());
        return Math.max(0, digits) * digits / 4;
    }
}
