package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON values from small pools, so that they meet; and values that come near to what a schema asks for. */
final class RandomValues {
    static final String ASTRAL = "\ud83d\ude00";
    static final List<String> NAMES = List.of("a", "b", "A", "a/b", "a~b", "~1", "", "__proto__", "é", ASTRAL);
    static final List<String> KINDS = List.of("null", "boolean", "string", "number", "array", "object");

    /** Patterns that mean the same to every engine, for no text holds the end of a line; and where each is found. */
    static final Map<String, List<String>> PATTERNS = Map.ofEntries(
            Map.entry("^a", List.of("a", "ab", "a/b", "a" + ASTRAL)),
            Map.entry("b$", List.of("b", "ab", "a~b", ASTRAL + "b")),
            Map.entry("^[ab]*$", List.of("", "a", "b", "abba")),
            Map.entry("^.$", List.of("a", "A", "é", ASTRAL)),
            Map.entry("^.{2}$", List.of("ab", ASTRAL + ASTRAL, "aé")),
            Map.entry("[/~]", List.of("a/b", "a~b", "/")),
            Map.entry("^[^a]", List.of("b", "A", ASTRAL, "__proto__")),
            Map.entry("^\\d+$", List.of("0", "1", "12")),
            Map.entry("\\.", List.of("0.1", ".")),
            Map.entry("^(a|b|é)?$", List.of("", "a", "b", "é")),
            Map.entry("proto|" + ASTRAL, List.of("__proto__", ASTRAL, "a" + ASTRAL)),
            Map.entry("", List.of("", "a")));

    private static final List<String> SPELLED =
            PATTERNS.keySet().stream().sorted().toList();

    // Two texts that look like "é", and some that another language would take for a number, a word or a member of all.
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "A",
            "ab",
            "aaaa",
            "é",
            "e\u0301",
            ASTRAL,
            ASTRAL + ASTRAL,
            "a" + ASTRAL + "b",
            "0",
            "1",
            "true",
            "null",
            "a/b",
            "a~b",
            "__proto__");

    private static final List<String> CHARACTERS = List.of("a", "b", "A", "é", "/", "1", ASTRAL, "\ud800\udc00");

    static final List<BigDecimal> NUMBERS =
            decimals("0 1 -1 2 3 0.1 0.3 0.5 -0.1 1.5 9007199254740992 9007199254740993 9007199254740992.5"
                    + " 9223372036854775807 9223372036854775808 1e400 -1e400 1e-400 -1e-400");

    private static final List<BigDecimal> STEPS = decimals("0 0 1 -1 0.1 -0.1 1e-400 -1e-400");

    /** Words that show what a schema is about. */
    private static final Map<String, List<String>> WORDS_OF_KIND = Map.of(
            "number",
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
            "string",
            List.of("minLength", "maxLength", "pattern"),
            "array",
            List.of("items", "minItems", "maxItems", "uniqueItems", "contains"),
            "object",
            List.of("properties", "required", "additionalProperties", "propertyNames", "dependencies"));

    private final Dice dice;
    private Object root = true;

    RandomValues(Dice dice) {
        this.dice = dice;
    }

    private static List<BigDecimal> decimals(String spelled) {
        return Arrays.stream(spelled.split(" ", -1)).map(BigDecimal::new).toList();
    }

    /** From now on, references mean this schema and what it defines. */
    void referTo(Object schema) {
        root = schema;
    }

    String name() {
        return dice.pick(NAMES);
    }

    String pattern() {
        return dice.pick(SPELLED);
    }

    Number number() {
        return Json.exact(dice.pick(NUMBERS));
    }

    /** Any value that is not more than so deep. */
    Object any(int depth) {
        return ofKind(dice.pick(KINDS), List.of(), depth);
    }

    /** Arguments that may well keep to a schema. */
    Map<String, Object> arguments(Object schema) {
        List<Map<?, ?>> faces = faces(schema);
        if (dice.mostly() && given(faces, 4) instanceof Map<?, ?> map) return copy(map);
        return object(faces, 3);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put((String) name, value));
        return copy;
    }

    /** A value that may well keep to a schema. */
    Object near(Object schema, int depth) {
        if (dice.oneIn(30)) return any(depth - 1);
        List<Map<?, ?>> faces = faces(schema);
        if (dice.mostly() && hasGiven(faces)) return given(faces, depth);
        return ofKind(kind(faces), faces, depth);
    }

    private Object ofKind(String kind, List<Map<?, ?>> faces, int depth) {
        return switch (kind) {
            case "null" -> null;
            case "boolean" -> dice.oneIn(2);
            case "string" -> text(faces);
            case "number" -> number(faces);
            case "integer" -> dice.mostly() ? whole(number(faces)) : number(faces);
            case "array" -> depth <= 0 ? List.of() : array(faces, depth);
            case "object" -> depth <= 0 ? Map.of() : object(faces, depth);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** The schemas that judge the same value as the first does. */
    private List<Map<?, ?>> faces(Object schema) {
        List<Map<?, ?>> faces = new ArrayList<>();
        addFaces(schema, faces, 6);
        return faces;
    }

    private void addFaces(Object schema, List<Map<?, ?>> faces, int most) {
        if (!(schema instanceof Map<?, ?> words) || most == 0) return;
        faces.add(words);
        words.forEach((word, says) -> {
            switch ((String) word) {
                case "$ref" ->
                    addFaces(root.equals(true) ? true : NaiveSchema.target(root, (String) says), faces, most - 1);
                case "allOf" -> ((List<?>) says).forEach(each -> addFaces(each, faces, most - 1));
                case "anyOf", "oneOf" -> addFaces(dice.pick((List<?>) says), faces, most - 1);
                case "if", "then", "else" -> {
                    if (dice.oneIn(2)) addFaces(says, faces, most - 1);
                }
                case "dependencies" -> ((Map<?, ?>) says).values().forEach(each -> addFaces(each, faces, most - 1));
                default -> {}
            }
        });
    }

    private static boolean hasGiven(List<Map<?, ?>> faces) {
        return faces.stream().anyMatch(face -> face.containsKey("const") || face.containsKey("enum"));
    }

    /** One of the values that the schemas list, or something near to one. */
    private Object given(List<Map<?, ?>> faces, int depth) {
        List<Object> given = new ArrayList<>();
        for (Map<?, ?> face : faces) {
            if (face.containsKey("const")) given.add(face.get("const"));
            if (face.containsKey("enum")) given.addAll((List<?>) face.get("enum"));
        }
        return given.isEmpty() ? any(depth) : like(dice.pick(given), depth);
    }

    /** The value, or one that differs in something small. */
    private Object like(Object value, int depth) {
        if (!dice.oneIn(12)) return value;
        if (value instanceof Number number) return stepFrom(number);
        if (value instanceof List<?> list && !list.isEmpty()) return list.subList(1, list.size());
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> more = copy(map);
            more.put(name(), any(depth - 1));
            return more;
        }
        return any(depth);
    }

    private String kind(List<Map<?, ?>> faces) {
        List<String> kinds = new ArrayList<>();
        for (Map<?, ?> face : faces) {
            if (face.get("type") instanceof String type) kinds.add(type);
            if (face.get("type") instanceof List<?> types) types.forEach(type -> kinds.add((String) type));
        }
        if (kinds.isEmpty()) faces.forEach(face -> kinds.addAll(kindsOfWords(face)));
        return kinds.isEmpty() ? dice.pick(KINDS) : dice.pick(kinds);
    }

    private static List<String> kindsOfWords(Map<?, ?> schema) {
        return WORDS_OF_KIND.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(schema::containsKey))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Number number(List<Map<?, ?>> faces) {
        List<Number> bounds = new ArrayList<>();
        for (String word : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
            said(faces, word).forEach(says -> bounds.add((Number) says));
        }
        return bounds.isEmpty() || dice.oneIn(8) ? number() : stepFrom(dice.pick(bounds));
    }

    private static Number whole(Number number) {
        return Json.exact(Json.decimal(number).setScale(0, RoundingMode.FLOOR));
    }

    /** The number, a multiple of it, or one a little beside it. */
    private Number stepFrom(Number number) {
        BigDecimal times = BigDecimal.valueOf(1L + dice.upTo(1));
        return Json.exact(Json.decimal(number).multiply(times).add(dice.pick(STEPS)));
    }

    private String text(List<Map<?, ?>> faces) {
        List<String> texts = new ArrayList<>();
        said(faces, "pattern").forEach(pattern -> texts.addAll(PATTERNS.get(pattern)));
        said(faces, "minLength").forEach(length -> texts.add(textOf(length)));
        said(faces, "maxLength").forEach(length -> texts.add(textOf(length)));
        return texts.isEmpty() || dice.oneIn(8) ? dice.pick(TEXTS) : dice.pick(texts);
    }

    private String textOf(Object length) {
        StringBuilder text = new StringBuilder();
        for (int left = countNear(length); left > 0; left--) text.append(dice.pick(CHARACTERS));
        return text.toString();
    }

    private List<Object> array(List<Map<?, ?>> faces, int depth) {
        int length = count(faces, List.of("minItems", "maxItems"), 3);
        List<Object> list = new ArrayList<>();
        while (list.size() < length) list.add(like(element(faces, list, depth), depth - 1));
        return list;
    }

    private Object element(List<Map<?, ?>> faces, List<Object> before, int depth) {
        // Twins, for "uniqueItems".
        if (!before.isEmpty() && dice.oneIn(10)) return dice.pick(before);
        List<Object> schemas = said(faces, "contains");
        for (Object items : said(faces, "items")) {
            boolean oneByOne = items instanceof List<?>;
            if (!oneByOne) schemas.add(items);
            else if (before.size() < ((List<?>) items).size()) schemas.add(((List<?>) items).get(before.size()));
            else schemas.addAll(said(faces, "additionalItems"));
        }
        return schemas.isEmpty() ? any(depth - 1) : near(dice.pick(schemas), depth - 1);
    }

    private Map<String, Object> object(List<Map<?, ?>> faces, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name : namesOf(faces)) {
            if (dice.upTo(9) < 8) object.put(name, member(faces, name, depth));
        }
        int size = count(faces, List.of("minProperties", "maxProperties"), dice.upTo(object.size() + 1));
        List<Object> others = said(faces, "propertyNames");
        for (int tries = 0; object.size() < size && tries < 6; tries++) {
            String name = !others.isEmpty() && near(dice.pick(others), 0) instanceof String text ? text : name();
            object.put(name, member(faces, name, depth));
        }
        return object;
    }

    /** The names that the schemas speak of, in some order; those that must be there stand there more than once. */
    private Set<String> namesOf(List<Map<?, ?>> faces) {
        List<String> names = new ArrayList<>();
        for (Map<?, ?> face : faces) {
            if (face.get("required") instanceof List<?> required) required.forEach(name -> names.add((String) name));
            for (String word : List.of("properties", "dependencies")) {
                if (!(face.get(word) instanceof Map<?, ?> members)) continue;
                members.keySet().forEach(name -> addSometimes((String) name, names));
            }
        }
        return new LinkedHashSet<>(dice.some(names.size(), names));
    }

    private void addSometimes(String name, List<String> names) {
        if (!dice.oneIn(3)) names.add(name);
    }

    private Object member(List<Map<?, ?>> faces, String name, int depth) {
        List<Object> schemas = new ArrayList<>();
        for (Map<?, ?> face : faces) {
            boolean named = face.get("properties") instanceof Map<?, ?> properties && properties.containsKey(name);
            if (named) schemas.add(((Map<?, ?>) face.get("properties")).get(name));
            else if (face.get("patternProperties") instanceof Map<?, ?> patterns) schemas.addAll(patterns.values());
            else if (face.containsKey("additionalProperties")) schemas.add(face.get("additionalProperties"));
        }
        return schemas.isEmpty() ? any(depth - 1) : near(dice.pick(schemas), depth - 1);
    }

    private int count(List<Map<?, ?>> faces, List<String> words, int otherwise) {
        List<Object> bounds = new ArrayList<>();
        words.forEach(word -> bounds.addAll(said(faces, word)));
        return bounds.isEmpty() || dice.oneIn(4) ? dice.upTo(otherwise) : countNear(dice.pick(bounds));
    }

    /** The bound of a length, or one off; but a bound that no value reaches is not tried. */
    private int countNear(Object bound) {
        int count = Json.decimal((Number) bound).min(BigDecimal.valueOf(5)).intValue();
        return dice.oneIn(2) ? count : Math.max(0, count + dice.upTo(2) - 1);
    }

    private static List<Object> said(List<Map<?, ?>> faces, String word) {
        List<Object> said = new ArrayList<>();
        for (Map<?, ?> face : faces) if (face.containsKey(word)) said.add(face.get(word));
        return said;
    }

    /** How long something may have to be: small, or longer than anything is. */
    long length() {
        return dice.oneIn(60) ? Integer.MAX_VALUE : dice.upTo(3);
    }
}
