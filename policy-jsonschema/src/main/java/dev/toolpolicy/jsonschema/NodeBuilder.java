package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.BooleanSchema;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.EmptySchema;
import org.everit.json.schema.NullSchema;
import org.everit.json.schema.NumberSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.StringSchema;
import org.jspecify.annotations.Nullable;

/**
 * Makes everit's schemas of the words of one schema: one for each type of value that words judge, one for each combination, and
 * all of them together if there are several.
 *
 * <p>They are made by hand, not by everit's own loader: that one skips words it does not know and, in places, words it does.
 */
final class NodeBuilder {
    private static final List<String> TYPES =
            List.of("string", "number", "integer", "boolean", "object", "array", "null");

    final SchemaReader reader;
    private final Node node;
    final Words words;
    /** What everit is to judge by. */
    final List<Schema> parts = new ArrayList<>();
    /** The types that the schema allows; empty if it does not say. */
    Set<String> types = Set.of();

    NodeBuilder(SchemaReader reader, Node node, Words words) {
        this.reader = reader;
        this.node = node;
        this.words = words;
    }

    void build() {
        types = types();
        wordsThatSayNothing();
        boolean typed = new TextWords(this).add();
        typed |= new NumberWords(this).add();
        typed |= new ListWords(this).add();
        typed |= new ObjectWords(this).add();
        if (!types.isEmpty() && !typed) parts.add(bareType());
        AnyWords any = new AnyWords(this);
        any.addValues();
        any.addCombinations();
        any.addCondition();
        if (parts.isEmpty()) node.is(EmptySchema.INSTANCE);
        else node.is(parts.size() == 1 ? parts.get(0) : all(parts));
    }

    CombinedSchema all(List<Schema> schemas) {
        return reader.rule().build(CombinedSchema.allOf(schemas));
    }

    private Set<String> types() {
        if (!words.has("type")) return Set.of();
        Object type = words.value("type");
        List<?> named =
                type instanceof List<?> ? words.different("type").orElse(List.of()) : List.of(String.valueOf(type));
        if (!(type instanceof List<?>) && !(type instanceof String)) {
            words.wrong("type", "the name of a type, or a list of them", hint(""));
            return Set.of();
        }
        Set<String> types = new LinkedHashSet<>();
        for (int i = 0; i < named.size(); i++) {
            Pointer at = type instanceof List<?> ? words.at("type").element(i) : words.at("type");
            if (named.get(i) instanceof String name && TYPES.contains(name)) types.add(name);
            else if (named.get(i) instanceof String name) {
                words.report(at, "unknown type `" + Json.shown(name) + "`", hint(name));
            } else {
                words.report(at, "found " + Words.described(named.get(i)) + ", expected the name of a type", hint(""));
            }
        }
        return types;
    }

    private static String hint(String name) {
        return Phrases.insteadOfType(name)
                .or(() -> Suggestion.nearest(name, TYPES).map(Suggestion::didYouMean))
                .orElse("the types are `" + String.join("`, `", TYPES) + "`");
    }

    /** Words about values of a type that the schema does not allow would never be enforced. */
    private void wordsThatSayNothing() {
        if (types.isEmpty()) return;
        sayNothing(Vocabulary.OF_TEXTS, Set.of("string"));
        sayNothing(Vocabulary.OF_NUMBERS, Set.of("number", "integer"));
        sayNothing(Vocabulary.OF_LISTS, Set.of("array"));
        sayNothing(Vocabulary.OF_OBJECTS, Set.of("object"));
    }

    private void sayNothing(Set<String> some, Set<String> about) {
        if (about.stream().anyMatch(types::contains)) return;
        for (String word : words.names()) {
            // Draft 3 writes `"required": true` there, which is told elsewhere.
            boolean isDraft3 = word.equals("required") && words.value(word) instanceof Boolean;
            // So is a format of numbers, which other dialects have.
            boolean isUnknown = word.equals("format")
                    && words.value(word) instanceof String format
                    && Format.named(format).isEmpty();
            if (!some.contains(word) || isDraft3 || isUnknown) continue;
            words.report(
                    word,
                    "found `" + word + "` where the type is `" + String.join("` or `", types)
                            + "`: it would never be enforced",
                    "leave it out, or write \"type\": \""
                            + (about.contains("number")
                                    ? "number"
                                    : about.iterator().next()) + "\"");
        }
    }

    /** Whether this is the one type that the schema allows: then what judges its words says so too. */
    boolean only(String type) {
        return types.equals(Set.of(type));
    }

    Rule typedRule() {
        return reader.rule().says("type", "type", Phrases.types(types));
    }

    private Schema bareType() {
        if (types.size() == 1) return typed(types.iterator().next(), typedRule());
        List<Schema> each = new ArrayList<>();
        for (String type : types) each.add(typed(type, reader.rule()));
        return reader.rule().says("anyOf", "type", Phrases.types(types)).build(CombinedSchema.anyOf(each));
    }

    private static Schema typed(String type, Rule rule) {
        return switch (type) {
            case "string" -> rule.build(StringSchema.builder());
            case "number" -> rule.build(NumberSchema.builder());
            case "integer" -> rule.build(NumberSchema.builder().requiresInteger(true));
            case "boolean" -> rule.build(BooleanSchema.builder());
            case "object" -> rule.build(ObjectSchema.builder());
            case "array" -> rule.build(ArraySchema.builder());
            default -> rule.build(NullSchema.builder());
        };
    }

    List<?> enumValues() {
        return words.value("enum") instanceof List<?> list ? list : List.of();
    }

    /** Whether the schema lists texts and nothing else: then a text is looked up, not compared with each. */
    boolean listsTexts() {
        return !enumValues().isEmpty()
                && enumValues().stream().allMatch(String.class::isInstance)
                && (types.isEmpty() || only("string"));
    }

    /** The schema under a word, of a part of the value. */
    Schema part(String word) {
        return part(words.value(word), word, null);
    }

    Schema part(@Nullable Object json, String word, @Nullable String name) {
        Node other = reader.node(node, json, word, name);
        node.parts.add(other);
        return other.schema();
    }

    /** The schema under a word, of the value itself. */
    Schema same(String word) {
        return same(words.value(word), word, null);
    }

    Schema same(@Nullable Object json, String word, @Nullable String name) {
        Node other = reader.node(node, json, word, name);
        node.sameValue.add(other);
        return other.schema();
    }

    /** Schemas of constants, one of which a value must fit; none if there is no room for so many. */
    List<Schema> constants(List<?> values, String word) {
        int size = 0;
        for (Object value : values) size += Constant.size(value);
        if (!reader.takes(size, words.at(word))) return List.of();
        List<Schema> schemas = Constant.each(values);
        node.constants += schemas.size() + size - values.size();
        return schemas;
    }
}
