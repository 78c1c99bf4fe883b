package dev.toolpolicy.jsonschema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON Schema, draft 7, word by word as its text has them, with no thought of speed; shares no code with what it
 * checks. A section is one of <i>JSON Schema Validation</i> (draft-handrews-json-schema-validation-01), unless it
 * says core.
 */
final class NaiveSchema {
    private static final String DEFINITIONS = "#/definitions/";

    private final Object root;

    private NaiveSchema(Object root) {
        this.root = root;
    }

    /** Whether the schema, a whole document, accepts the value. */
    static boolean accepts(Object schema, Object value) {
        return new NaiveSchema(schema).holds(schema, value);
    }

    private boolean holds(Object schema, Object value) {
        // Core 4.3: true always passes, false never does.
        if (schema instanceof Boolean always) return always;
        Map<?, ?> words = (Map<?, ?>) schema;
        // Core 8.3: all other members of such an object are ignored.
        if (words.containsKey("$ref")) return holds(target(root, (String) words.get("$ref")), value);
        for (Map.Entry<?, ?> word : words.entrySet()) {
            if (!holds((String) word.getKey(), word.getValue(), words, value)) return false;
        }
        return true;
    }

    /** What a reference to the document, or to one of its definitions, means. */
    static Object target(Object root, String reference) {
        if (reference.equals("#")) return root;
        String escaped = URLDecoder.decode(reference.substring(DEFINITIONS.length()), StandardCharsets.UTF_8);
        String name = escaped.replace("~1", "/").replace("~0", "~");
        return ((Map<?, ?>) ((Map<?, ?>) root).get("definitions")).get(name);
    }

    /** Whether one word of a schema is content with a value. A word about another type than the value's always is. */
    private boolean holds(String word, Object says, Map<?, ?> schema, Object value) {
        return switch (word) {
            case "type", "enum", "const" -> holdsForAny(word, says, value);
            case "allOf", "anyOf", "oneOf", "not", "if" -> combines(word, says, schema, value);
            case "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum" ->
                !(value instanceof Number) || holdsForNumber(word, number(says), number(value));
            case "maxLength", "minLength", "pattern" ->
                !(value instanceof String text) || holdsForText(word, says, text);
            case "items", "additionalItems", "maxItems", "minItems", "uniqueItems", "contains" ->
                !(value instanceof List<?> list) || holdsForList(word, says, schema, list);
            case "maxProperties",
                    "minProperties",
                    "required",
                    "properties",
                    "patternProperties",
                    "additionalProperties",
                    "dependencies",
                    "propertyNames" -> !(value instanceof Map<?, ?> map) || holdsForMap(word, says, schema, map);
            // These are read where "if" and "$ref" are.
            case "then", "else", "definitions" -> true;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static boolean holdsForAny(String word, Object says, Object value) {
        return switch (word) {
            // 6.1.1: one name or a list of them.
            case "type" ->
                says instanceof List<?> names
                        ? names.stream().anyMatch(name -> isOfType(name, value))
                        : isOfType(says, value);
            // 6.1.2
            case "enum" -> ((List<?>) says).stream().anyMatch(element -> same(element, value));
            // 6.1.3
            case "const" -> same(says, value);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static boolean isOfType(Object name, Object value) {
        return switch ((String) name) {
            case "null" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "number" -> value instanceof Number;
            // 6.1.1: any number with a zero fractional part.
            case "integer" ->
                value instanceof Number
                        && number(value).remainder(BigDecimal.ONE).signum() == 0;
            default -> throw new IllegalArgumentException((String) name);
        };
    }

    private boolean combines(String word, Object says, Map<?, ?> schema, Object value) {
        return switch (word) {
            // 6.7.1
            case "allOf" -> count((List<?>) says, value) == ((List<?>) says).size();
            // 6.7.2
            case "anyOf" -> count((List<?>) says, value) >= 1;
            // 6.7.3
            case "oneOf" -> count((List<?>) says, value) == 1;
            // 6.7.4
            case "not" -> !holds(says, value);
            // 6.6: the schema of a missing branch accepts everything.
            case "if" -> holds(says, value) ? holdsMember(schema, "then", value) : holdsMember(schema, "else", value);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private long count(List<?> schemas, Object value) {
        return schemas.stream().filter(schema -> holds(schema, value)).count();
    }

    private boolean holdsMember(Map<?, ?> schema, String name, Object value) {
        return !schema.containsKey(name) || holds(schema.get(name), value);
    }

    private static boolean holdsForNumber(String word, BigDecimal bound, BigDecimal value) {
        return switch (word) {
            // 6.2.1: division by it results in an integer.
            case "multipleOf" -> value.remainder(bound).signum() == 0;
            // 6.2.2 to 6.2.5
            case "maximum" -> value.compareTo(bound) <= 0;
            case "exclusiveMaximum" -> value.compareTo(bound) < 0;
            case "minimum" -> value.compareTo(bound) >= 0;
            case "exclusiveMinimum" -> value.compareTo(bound) > 0;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static boolean holdsForText(String word, Object says, String text) {
        return switch (word) {
            // 6.3.1 and 6.3.2: the length is the number of characters as RFC 7159 has them, which are code points.
            case "maxLength" -> atMost(text.codePointCount(0, text.length()), says);
            case "minLength" -> atLeast(text.codePointCount(0, text.length()), says);
            // 6.3.3: regular expressions are not implicitly anchored.
            case "pattern" -> finds(says, text);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private boolean holdsForList(String word, Object says, Map<?, ?> schema, List<?> list) {
        return switch (word) {
            // 6.4.1: one schema is for every element, a list is for the elements at the same positions.
            case "items" ->
                says instanceof List<?> schemas ? holdOneByOne(schemas, list) : count(says, list) == list.size();
            // 6.4.2: for the elements behind those that a list of schemas is for.
            case "additionalItems" ->
                !(schema.get("items") instanceof List<?> schemas) || holdsForRest(says, schemas.size(), list);
            // 6.4.3 to 6.4.6
            case "maxItems" -> atMost(list.size(), says);
            case "minItems" -> atLeast(list.size(), says);
            case "uniqueItems" -> says.equals(false) || areDistinct(list);
            case "contains" -> count(says, list) >= 1;
            default -> throw new IllegalArgumentException(word);
        };
    }

    private boolean holdOneByOne(List<?> schemas, List<?> list) {
        for (int i = 0; i < schemas.size() && i < list.size(); i++) {
            if (!holds(schemas.get(i), list.get(i))) return false;
        }
        return true;
    }

    private boolean holdsForRest(Object schema, int from, List<?> list) {
        for (int i = from; i < list.size(); i++) {
            if (!holds(schema, list.get(i))) return false;
        }
        return true;
    }

    private long count(Object schema, List<?> list) {
        return list.stream().filter(element -> holds(schema, element)).count();
    }

    private boolean holdsForMap(String word, Object says, Map<?, ?> schema, Map<?, ?> map) {
        return switch (word) {
            // 6.5.1 to 6.5.3
            case "maxProperties" -> atMost(map.size(), says);
            case "minProperties" -> atLeast(map.size(), says);
            case "required" -> map.keySet().containsAll((List<?>) says);
            // 6.5.4 to 6.5.6
            case "properties", "patternProperties", "additionalProperties" -> membersHold(word, says, schema, map);
            // 6.5.7
            case "dependencies" -> dependenciesHold((Map<?, ?>) says, map);
            // 6.5.8
            case "propertyNames" -> map.keySet().stream().allMatch(name -> holds(says, name));
            default -> throw new IllegalArgumentException(word);
        };
    }

    private boolean membersHold(String word, Object says, Map<?, ?> schema, Map<?, ?> map) {
        for (Map.Entry<?, ?> member : map.entrySet()) {
            String name = (String) member.getKey();
            boolean holds = switch (word) {
                case "properties" -> holdsMember((Map<?, ?>) says, name, member.getValue());
                case "patternProperties" -> fittingHold((Map<?, ?>) says, name, member.getValue());
                default -> isNamed(schema, name) || holds(says, member.getValue());
            };
            if (!holds) return false;
        }
        return true;
    }

    /** 6.5.5: each schema whose pattern is found in the name. */
    private boolean fittingHold(Map<?, ?> schemas, String name, Object value) {
        return schemas.entrySet().stream()
                .allMatch(entry -> !finds(entry.getKey(), name) || holds(entry.getValue(), value));
    }

    /** 6.5.6: whether a name is one of "properties" or fits one of "patternProperties". */
    private static boolean isNamed(Map<?, ?> schema, String name) {
        if (schema.get("properties") instanceof Map<?, ?> properties && properties.containsKey(name)) return true;
        return schema.get("patternProperties") instanceof Map<?, ?> patterns
                && patterns.keySet().stream().anyMatch(pattern -> finds(pattern, name));
    }

    /** 6.5.7: where the name is a member, the listed names are members too, or the whole object keeps to the schema. */
    private boolean dependenciesHold(Map<?, ?> dependencies, Map<?, ?> map) {
        for (Map.Entry<?, ?> dependency : dependencies.entrySet()) {
            if (!map.containsKey(dependency.getKey())) continue;
            boolean holds = dependency.getValue() instanceof List<?> names
                    ? map.keySet().containsAll(names)
                    : holds(dependency.getValue(), map);
            if (!holds) return false;
        }
        return true;
    }

    private static boolean finds(Object pattern, String text) {
        return Pattern.compile((String) pattern).matcher(text).find();
    }

    private static boolean atMost(long count, Object bound) {
        return BigDecimal.valueOf(count).compareTo(number(bound)) <= 0;
    }

    private static boolean atLeast(long count, Object bound) {
        return BigDecimal.valueOf(count).compareTo(number(bound)) >= 0;
    }

    private static boolean areDistinct(List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (same(list.get(i), list.get(j))) return false;
            }
        }
        return true;
    }

    /** Core 4.2.3: equality of JSON values; numbers are equal that have the same mathematical value. */
    static boolean same(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return number(one).compareTo(number(other)) == 0;
        }
        if (one instanceof List<?> list && other instanceof List<?> others) return sameElements(list, others);
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) return sameMembers(map, others);
        return one == null ? other == null : one.equals(other);
    }

    private static boolean sameElements(List<?> one, List<?> other) {
        if (one.size() != other.size()) return false;
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) return false;
        }
        return true;
    }

    private static boolean sameMembers(Map<?, ?> one, Map<?, ?> other) {
        if (!one.keySet().equals(other.keySet())) return false;
        return one.keySet().stream().allMatch(name -> same(one.get(name), other.get(name)));
    }

    private static BigDecimal number(Object number) {
        if (number instanceof BigDecimal decimal) return decimal;
        return number instanceof BigInteger whole ? new BigDecimal(whole) : BigDecimal.valueOf((Long) number);
    }
}
