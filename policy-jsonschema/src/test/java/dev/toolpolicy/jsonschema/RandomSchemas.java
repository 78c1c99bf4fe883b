package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Schemas of many words and little sense, none of them one that is refused when it is read: no word stands beside a
 * type that it cannot apply to, nothing stands beside a reference, and no circle of references stays on one value.
 */
final class RandomSchemas {
    private static final Set<String> TWELVE = Set.of(
            "type",
            "enum",
            "const",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern");

    /** One of them is another's as soon as it is unescaped twice. */
    private static final List<String> DEFINABLE = List.of("A", "%41", "a/b", "a~b", "~1", "", "__proto__", "é");

    private static final List<BigDecimal> DIVISORS =
            RandomValues.NUMBERS.stream().filter(number -> number.signum() > 0).toList();

    private final Dice dice;
    private final RandomValues values;
    private final boolean allWords;
    private final List<String> definitions;
    private final List<String> names;

    private RandomSchemas(Dice dice, RandomValues values, boolean allWords) {
        this.dice = dice;
        this.values = values;
        this.allWords = allWords;
        definitions = allWords ? dice.some(dice.upTo(2), DEFINABLE) : List.of();
        // Few, so that the words of one schema speak of the same members.
        names = dice.some(4, RandomValues.NAMES);
    }

    /** A schema for arguments: of all words, or of the twelve that the schemas of most tools keep to. */
    static Map<String, Object> next(Dice dice, RandomValues values, boolean allWords) {
        RandomSchemas schemas = new RandomSchemas(dice, values, allWords);
        Map<String, Object> root = schemas.schema(List.of("object"), dice.mostly() ? 2 : 3, schemas.definitions.size());
        if (!schemas.definitions.isEmpty()) root.put("definitions", schemas.defined());
        return root;
    }

    /** Each definition may refer to those before it, and to any from within. */
    private Map<String, Object> defined() {
        Map<String, Object> defined = new LinkedHashMap<>();
        for (String name : definitions) defined.put(name, schema(kinds(), 1, defined.size()));
        return defined;
    }

    /** A schema for a member, an element or a name: another value, so that every reference is free to be used. */
    private Object inner(int depth) {
        return any(kinds(), depth - 1, definitions.size() + 1);
    }

    /** A schema for the same value. */
    private Object outer(List<String> kinds, int depth, int reach) {
        return any(kinds, depth - 1, reach);
    }

    private Object any(List<String> kinds, int depth, int reach) {
        if (dice.oneIn(20)) return !dice.oneIn(3);
        List<String> references = references(reach);
        if (!references.isEmpty() && dice.oneIn(6)) return Map.of("$ref", dice.pick(references));
        return schema(kinds, depth, reach);
    }

    /** References to so many of the definitions, and after the last one to the document. */
    private List<String> references(int reach) {
        List<String> references = new ArrayList<>();
        for (String name : definitions.subList(0, Math.min(reach, definitions.size()))) {
            String escaped = name.replace("~", "~0").replace("/", "~1");
            references.add("#/definitions/" + URLEncoder.encode(escaped, StandardCharsets.UTF_8));
        }
        if (allWords && reach > definitions.size()) references.add("#");
        return references;
    }

    private List<String> kinds() {
        return dice.some(dice.oneIn(5) ? 2 : 1, RandomValues.KINDS);
    }

    /** A schema that speaks of values of some kinds. */
    private Map<String, Object> schema(List<String> kinds, int depth, int reach) {
        Map<String, Object> schema = new LinkedHashMap<>();
        add("type", 2, schema, () -> type(kinds));
        if (kinds.contains("number")) addForNumbers(schema);
        if (kinds.contains("string")) addForTexts(schema);
        if (kinds.contains("array")) addForLists(schema, depth);
        if (kinds.contains("object")) addForMaps(schema, depth, reach);
        if (depth > 0) addCombining(schema, kinds, depth, reach);
        // Last, for the values are chosen by what stands there already.
        int seldom = kinds.contains("object") ? 25 : 8;
        add("enum", seldom, schema, () -> distinct(schema, 1 + dice.upTo(3)));
        add("const", seldom, schema, () -> values.near(schema, 2));
        return schema;
    }

    private void add(String word, int oneIn, Map<String, Object> schema, Supplier<Object> says) {
        if (dice.oneIn(oneIn) && (allWords || TWELVE.contains(word))) schema.put(word, says.get());
    }

    /** The kinds and perhaps one more; a number may have to be a whole one. */
    private Object type(List<String> kinds) {
        List<String> names = new ArrayList<>(kinds);
        if (dice.oneIn(2)) names.replaceAll(name -> name.equals("number") ? "integer" : name);
        if (names.size() == 1 && dice.mostly()) return names.get(0);
        String more = dice.pick(RandomValues.KINDS);
        if (!names.contains(more)) names.add(more);
        return names;
    }

    private List<Object> distinct(Map<String, Object> schema, int count) {
        List<Object> distinct = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object value = values.near(schema, 2);
            if (distinct.stream().noneMatch(before -> NaiveSchema.same(before, value))) distinct.add(value);
        }
        return distinct;
    }

    private void addForNumbers(Map<String, Object> schema) {
        add("minimum", 3, schema, values::number);
        add("maximum", 3, schema, values::number);
        add("exclusiveMinimum", 6, schema, values::number);
        add("exclusiveMaximum", 6, schema, values::number);
        add("multipleOf", 4, schema, () -> Json.exact(dice.pick(DIVISORS)));
    }

    private void addForTexts(Map<String, Object> schema) {
        add("minLength", 3, schema, values::length);
        add("maxLength", 3, schema, values::length);
        add("pattern", 3, schema, values::pattern);
    }

    private void addForLists(Map<String, Object> schema, int depth) {
        add("minItems", 4, schema, values::length);
        add("maxItems", 4, schema, values::length);
        add("uniqueItems", 4, schema, dice::mostly);
        if (depth <= 0) return;
        add("items", 2, schema, () -> dice.oneIn(3) ? several(() -> inner(depth)) : inner(depth));
        if (schema.get("items") instanceof List) add("additionalItems", 2, schema, () -> inner(depth));
        add("contains", 4, schema, () -> inner(depth));
    }

    private List<Object> several(Supplier<Object> source) {
        List<Object> several = new ArrayList<>();
        for (int left = 1 + dice.upTo(1); left > 0; left--) several.add(source.get());
        return several;
    }

    private void addForMaps(Map<String, Object> schema, int depth, int reach) {
        add("required", 3, schema, () -> dice.some(1 + dice.upTo(1), names));
        add("minProperties", 12, schema, values::length);
        add("maxProperties", 12, schema, values::length);
        if (depth <= 0) return;
        if (dice.mostly()) schema.put("properties", byName(names, () -> inner(depth)));
        add("additionalProperties", 4, schema, () -> dice.oneIn(2) ? dice.oneIn(3) : inner(depth));
        add("patternProperties", 6, schema, () -> byName(List.of("^a", "", "[/~]", "^.$"), () -> inner(depth)));
        add("propertyNames", 14, schema, () -> any(List.of("string"), 0, definitions.size() + 1));
        add("dependencies", 5, schema, () -> byName(names, () -> dependency(depth, reach)));
    }

    private Map<String, Object> byName(List<String> from, Supplier<Object> source) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (String name : dice.some(1 + dice.upTo(2), from)) byName.put(name, source.get());
        return byName;
    }

    private Object dependency(int depth, int reach) {
        return dice.oneIn(2) ? dice.some(1 + dice.upTo(1), names) : outer(List.of("object"), depth, reach);
    }

    private void addCombining(Map<String, Object> schema, List<String> kinds, int depth, int reach) {
        Supplier<Object> source = () -> outer(kinds, depth, reach);
        add("allOf", 12, schema, () -> several(source));
        add("anyOf", 12, schema, () -> several(source));
        add("oneOf", 12, schema, () -> several(source));
        add("not", 14, schema, source);
        add("if", 12, schema, source);
        if (!schema.containsKey("if")) return;
        add("then", 2, schema, source);
        if (!schema.containsKey("then") || dice.oneIn(2)) schema.put("else", source.get());
    }
}
