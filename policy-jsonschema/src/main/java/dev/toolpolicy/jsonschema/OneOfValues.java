package dev.toolpolicy.jsonschema;

import java.util.Collection;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.Schema;

/** One of several values: {@link Work} knows that each of these costs little. */
final class OneOfValues extends CombinedSchema {
    OneOfValues(Collection<Schema> values, Rule rule) {
        super(rule.located(CombinedSchema.anyOf(values)));
    }
}
