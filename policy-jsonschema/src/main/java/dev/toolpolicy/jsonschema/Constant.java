package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.ConstSchema;
import org.everit.json.schema.FalseSchema;
import org.everit.json.schema.NumberSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.StringSchema;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that certain values fit.
 *
 * <p>Everit compares numbers, booleans and null right. Of two objects it takes a null for a member that is not there, whatever its
 * name, so objects and lists are asked for part by part; and of a list of values it compares each, so texts are looked up instead,
 * and whole numbers that follow each other are one range.
 */
final class Constant {
    private Constant() {}

    static Schema of(@Nullable Object value) {
        if (value instanceof String text) return oneOf(Set.of(text));
        if (value instanceof Map<?, ?> members) return of(members);
        if (value instanceof List<?> elements) return of(elements);
        return ConstSchema.builder()
                .permittedValue(value == null ? JSONObject.NULL : value)
                .build();
    }

    /** As few schemas as there may be, one of which each of these values fits. */
    static List<Schema> each(List<?> values) {
        List<Schema> schemas = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        TreeSet<Long> numbers = new TreeSet<>();
        for (Object value : values) {
            if (value instanceof String text) texts.add(text);
            else if (value instanceof Long number) numbers.add(number);
            else schemas.add(of(value));
        }
        if (!texts.isEmpty()) schemas.add(oneOf(texts));
        while (!numbers.isEmpty()) {
            long first = numbers.pollFirst();
            long last = first;
            while (!numbers.isEmpty() && numbers.first() == last + 1) last = numbers.pollFirst();
            schemas.add(NumberSchema.builder()
                    .requiresInteger(true)
                    .minimum(first)
                    .maximum(last)
                    .build());
        }
        return schemas;
    }

    private static Schema oneOf(Set<String> texts) {
        return StringSchema.builder()
                .formatValidator(new TextTests(List.of(texts::contains)))
                .build();
    }

    private static Schema of(Map<?, ?> members) {
        ObjectSchema.Builder object = ObjectSchema.builder().schemaOfAdditionalProperties(FalseSchema.INSTANCE);
        members.forEach((key, value) -> {
            String name = Names.masked((String) key);
            object.addRequiredProperty(name).addPropertySchema(name, of(value));
        });
        return object.build();
    }

    private static Schema of(List<?> elements) {
        ArraySchema.Builder array =
                ArraySchema.builder().minItems(elements.size()).maxItems(elements.size());
        for (Object element : elements) array.addItemSchema(of(element));
        return array.build();
    }

    /** How many schemas a value comes to. */
    static int size(@Nullable Object value) {
        int size = 1;
        if (value instanceof Map<?, ?> members) {
            for (Object member : members.values()) size += size(member);
        } else if (value instanceof List<?> elements) {
            for (Object element : elements) size += size(element);
        }
        return size;
    }
}
