package dev.toolpolicy.analysis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What texts an argument can be, as far as its schema tells: in a list, one by one, or where the schema refers to. */
final class Choices {
    /** A schema that refers to itself ends here. */
    private static final int DEEPEST = 16;

    /** A list of texts that somebody else chose need not be read to its end. */
    private static final int MOST = 1_000;

    private final Map<String, Object> root;
    private final Set<String> found = new LinkedHashSet<>();
    private boolean mayBeBoolean;
    private int looked;

    /** @param root the whole schema, in which its parts refer to each other */
    Choices(Map<String, Object> root) {
        this.root = root;
    }

    /** The texts that a value of this schema can be. */
    Set<String> of(@Nullable Object schema) {
        look(schema, 0);
        return found;
    }

    /** Whether a value of this schema can be true or false. */
    boolean canBeBoolean(@Nullable Object schema) {
        look(schema, 0);
        return mayBeBoolean;
    }

    private void look(@Nullable Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> words) || depth > DEEPEST || ++looked > MOST) return;
        add(words.get("const"));
        if (words.get("enum") instanceof List<?> values) values.forEach(this::add);
        type(words.get("type"));
        for (String parts : List.of("anyOf", "oneOf", "allOf")) {
            if (words.get(parts) instanceof List<?> list) list.forEach(part -> look(part, depth + 1));
        }
        look(words.get("items"), depth + 1);
        if (words.get("$ref") instanceof String reference) look(referred(reference), depth + 1);
    }

    private void add(@Nullable Object value) {
        if (value instanceof String text && found.size() < MOST) found.add(text);
        if (value instanceof Boolean) mayBeBoolean = true;
    }

    private void type(@Nullable Object type) {
        boolean among = type instanceof List<?> several && several.contains("boolean");
        if (among || "boolean".equals(type)) mayBeBoolean = true;
    }

    /** What generators of schemas write: {@code #/$defs/Name}. */
    private @Nullable Object referred(String reference) {
        for (String key : List.of("$defs", "definitions")) {
            String begin = "#/" + key + "/";
            if (reference.startsWith(begin) && root.get(key) instanceof Map<?, ?> named) {
                return named.get(reference.substring(begin.length()));
            }
        }
        return null;
    }
}
