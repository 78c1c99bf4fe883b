package dev.toolpolicy.jsonschema;

import java.util.List;
import java.util.Map;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.ConstSchema;
import org.everit.json.schema.FalseSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A schema that one value fits.
 *
 * <p>Everit compares texts, numbers, booleans and null right. Of two objects it takes a null for a member that is not there,
 * whatever its name, so objects and lists are asked for part by part.
 */
final class Constant {
    private Constant() {}

    static Schema of(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) return of(members);
        if (value instanceof List<?> elements) return of(elements);
        return ConstSchema.builder()
                .permittedValue(value == null ? JSONObject.NULL : value)
                .build();
    }

    private static Schema of(Map<?, ?> members) {
        ObjectSchema.Builder object = ObjectSchema.builder().schemaOfAdditionalProperties(FalseSchema.INSTANCE);
        members.forEach(
                (name, value) -> object.addRequiredProperty((String) name).addPropertySchema((String) name, of(value)));
        return object.build();
    }

    private static Schema of(List<?> elements) {
        ArraySchema.Builder array =
                ArraySchema.builder().minItems(elements.size()).maxItems(elements.size());
        for (Object element : elements) array.addItemSchema(of(element));
        return array.build();
    }
}
