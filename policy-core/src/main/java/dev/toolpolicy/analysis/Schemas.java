package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.json.Pointer;
import java.util.List;
import java.util.Map;

/** Schemas that check less than they seem to: JSON Schema lets through what a word does not speak of. */
final class Schemas implements Check {
    private static final List<String> OF_NUMBERS =
            List.of("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf");
    private static final List<String> CLOSING = List.of("additionalProperties", "propertyNames", "patternProperties");

    @Override
    public void look(Subject subject, Notes notes) {
        for (Section entry : subject.entries()) {
            Object json = entry.tool().orElseThrow().argumentsSchema().json();
            if (json instanceof Map<?, ?> schema && subject.reach().isOpen(entry)) {
                look(schema, entry.pointer() + "/arguments_schema", notes);
            }
        }
    }

    private static void look(Map<?, ?> schema, String at, Notes notes) {
        if (SchemaWords.isElsewhere(schema)) return;
        if (CLOSING.stream().noneMatch(schema::containsKey)
                && !schema.containsKey("enum")
                && !schema.containsKey("const")) {
            notes.add(
                    Code.SCHEMA_IS_OPEN,
                    at,
                    "this schema lets through arguments that it does not name",
                    (namesAll(schema) ? "" : "name all arguments in `properties`, and ")
                            + "add `\"additionalProperties\": false`");
        }
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) return;
        properties.forEach((name, property) -> {
            if (property instanceof Map<?, ?> words) {
                String pointer = at + Pointer.ROOT.member("properties").member((String) name);
                property((String) name, words, pointer, notes);
            }
        });
    }

    /** Whether it names at least those that it demands: what it does not name would all be refused. */
    private static boolean namesAll(Map<?, ?> schema) {
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        return schema.get("properties") instanceof Map<?, ?> named
                && !named.isEmpty()
                && named.keySet().containsAll(required);
    }

    private static void property(String name, Map<?, ?> words, String at, Notes notes) {
        boolean closed = words.containsKey("enum") || words.containsKey("const") || SchemaWords.isElsewhere(words);
        if (closed) return;
        for (String word : OF_NUMBERS) {
            if (words.containsKey("type") || !words.containsKey(word)) continue;
            notes.add(
                    Code.SCHEMA_WITHOUT_TYPE,
                    at + "/" + word,
                    "`" + word + "` holds for numbers only, so " + Shown.quoted(name)
                            + " may be any string, such as `\"1000000\"`",
                    "add `\"type\": \"number\"` or `\"type\": \"integer\"`");
            break;
        }
        if (!(words.get("pattern") instanceof String pattern)) return;
        Expression expression = new Expression(pattern);
        if (expression.isUnanchored()) {
            notes.add(
                    Code.SCHEMA_PATTERN_UNANCHORED,
                    at + "/pattern",
                    "`pattern` is content wherever in the text " + Shown.quoted(pattern) + " is found",
                    (expression.hasAlternatives()
                                    ? "begin it with `^(?:` and end it with `)$`"
                                    : "begin it with `^` and end it with `$`")
                            + "; where more may follow, end it with `.*$`");
        }
    }
}
