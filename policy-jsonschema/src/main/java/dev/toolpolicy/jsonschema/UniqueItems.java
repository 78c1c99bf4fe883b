package dev.toolpolicy.jsonschema;

import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.ConditionalSchema;
import org.everit.json.schema.FalseSchema;

/**
 * No two elements are the same, of at most so many.
 *
 * <p>Everit compares each with each, sorts the names of two objects for each comparison, and takes some that are the same for two.
 * So {@link Work}, which hears that this is judged, has it read the elements' canonical texts, which are the same where the values
 * are.
 */
final class UniqueItems extends ConditionalSchema {
    static final int MOST = 1_000;

    UniqueItems(Rule rule) {
        super(built(rule));
    }

    private static Builder built(Rule rule) {
        Builder builder = ConditionalSchema.builder()
                .ifSchema(ArraySchema.builder()
                        .requiresArray(false)
                        .maxItems(MOST)
                        .build())
                .thenSchema(ArraySchema.builder()
                        .requiresArray(false)
                        .uniqueItems(true)
                        .build())
                .elseSchema(FalseSchema.INSTANCE);
        return rule.located(builder);
    }
}
