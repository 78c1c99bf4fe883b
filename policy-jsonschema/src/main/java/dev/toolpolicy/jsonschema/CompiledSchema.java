package dev.toolpolicy.jsonschema;

import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.Validator;
import org.jspecify.annotations.Nullable;

/** Judges arguments by one compiled schema: copies them for everit, has it judge them within bounds, and says what it found. */
final class CompiledSchema implements ArgumentValidator {
    /** To list all that is wrong costs memory for each fault, so it is given less work. */
    private static final long PRICE_OF_ALL = 50;

    private final Whole schema;
    private final Violations violations;
    private final Reach reach;
    private final boolean turnsAround;
    private final long bytes;

    CompiledSchema(Schema schema, Violations violations, Reach reach, boolean turnsAround, long bytes) {
        this.schema = new Whole(schema);
        this.violations = violations;
        this.reach = reach;
        this.turnsAround = turnsAround;
        this.bytes = bytes;
    }

    @Override
    public List<Violation> validate(Map<String, @Nullable Object> arguments) {
        return judge(arguments);
    }

    /** The same for a value of any type. */
    List<Violation> judge(@Nullable Object arguments) {
        try {
            ValidationException all = fault(arguments, new Work(PRICE_OF_ALL, turnsAround), false);
            return all == null ? List.of() : violations.of(all);
        } catch (Work.TooMuchWork e) {
            // So only whether anything is wrong. Everit tells the place of the first fault right, but not always the
            // schema.
            ValidationException first = fault(arguments, new Work(1, turnsAround), true);
            return first == null ? List.of() : List.of(Violations.firstOf(first));
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** What everit finds wrong; null if nothing. */
    private @Nullable ValidationException fault(@Nullable Object arguments, Work work, boolean first) {
        Arguments copying = new Arguments(work);
        Object copy = copying.copy(arguments);
        if (reach.within(copying.deepest()) > Reach.MOST_WITHIN_EACH_OTHER)
            throw new Work.TooMuchWork("these arguments are nested too deep for their schema: more than "
                    + Reach.MOST_WITHIN_EACH_OTHER + " schemas would be within each other");
        Validator.ValidatorBuilder validator = Validator.builder().withListener(work);
        if (first) validator.failEarly();
        try {
            return work.pay(() -> {
                        validator.build().performValidation(schema, copy);
                        return Optional.<ValidationException>empty();
                    })
                    .orElse(null);
        } catch (Work.Broken e) {
            return e.failure();
        }
    }
}
