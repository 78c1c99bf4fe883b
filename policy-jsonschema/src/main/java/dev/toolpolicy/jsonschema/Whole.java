package dev.toolpolicy.jsonschema;

import java.util.List;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.Schema;

/**
 * The whole schema, within one that asks for it alone: so everit tells {@link Work} what is wrong before it throws it, which takes
 * longer than most checks.
 */
final class Whole extends CombinedSchema {
    Whole(Schema schema) {
        super(CombinedSchema.allOf(List.of(schema)));
    }
}
