package dev.toolpolicy.jsonschema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The words of a schema: which are enforced, and what to write for those that are not. */
final class Vocabulary {
    static final Set<String> OF_NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    static final Set<String> OF_TEXTS = Set.of("minLength", "maxLength", "pattern", "format");
    static final Set<String> OF_LISTS =
            Set.of("items", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains");
    static final Set<String> OF_OBJECTS = Set.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies");
    static final Set<String> OF_ALL =
            Set.of("type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref");
    /** Words that ask for nothing, for people and for references. */
    static final Set<String> OF_NOTHING =
            Set.of("title", "description", "$comment", "default", "examples", "definitions", "$defs", "$schema", "$id");

    /** All words that are read, in alphabetical order. */
    static final List<String> WORDS = Stream.of(OF_NUMBERS, OF_TEXTS, OF_LISTS, OF_OBJECTS, OF_ALL, OF_NOTHING)
            .flatMap(Set::stream)
            .sorted()
            .toList();

    /** Words of draft 7 that ask for nothing which could be enforced. */
    static final Set<String> OF_DRAFT_7 = Set.of("contentEncoding", "contentMediaType", "readOnly", "writeOnly");

    private static final String COPY = "write here what stands under it: the schema itself";
    private static final String NOTHING = "draft 7 has nothing for it; ";

    /** Words that other drafts and dialects know, and what to write instead. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            // 2019-09 and 2020-12
            Map.entry(
                    "dependentRequired",
                    "draft 7 writes `dependencies`, with the same lists: {\"dependencies\": {\"card\": [\"cvc\"]}}"),
            Map.entry(
                    "dependentSchemas",
                    "draft 7 writes `dependencies`, with the same schemas: {\"dependencies\": {\"card\": {…}}}"),
            Map.entry(
                    "prefixItems",
                    "draft 7 writes `items`, and `additionalItems` for what stood under `items`:"
                            + " {\"items\": [{…}], \"additionalItems\": false}"),
            Map.entry(
                    "minContains", NOTHING + "`contains` asks for one element at least; `minItems` counts all of them"),
            Map.entry(
                    "maxContains", NOTHING + "`contains` asks for one element at least; `maxItems` counts all of them"),
            Map.entry(
                    "unevaluatedProperties",
                    NOTHING + "name every member in one `properties`, beside `\"additionalProperties\": false`"),
            Map.entry(
                    "unevaluatedItems",
                    NOTHING + "name every element in one list under `items`, beside `\"additionalItems\": false`"),
            Map.entry("$anchor", NOTHING + "refer to the schema by its place: {\"$ref\": \"#/definitions/name\"}"),
            Map.entry(
                    "$dynamicRef",
                    NOTHING
                            + "write `$ref` with the place of the schema: {\"$ref\": \"#/definitions/name\"}, or `#` for the whole"),
            Map.entry(
                    "$dynamicAnchor", NOTHING + "refer to the schema by its place: {\"$ref\": \"#/definitions/name\"}"),
            Map.entry("$recursiveRef", "draft 7 writes `$ref`: {\"$ref\": \"#\"}"),
            Map.entry("$recursiveAnchor", NOTHING + "leave it out: {\"$ref\": \"#\"} is the whole schema"),
            Map.entry("$vocabulary", NOTHING + "leave it out: the words that are enforced are those of draft 7"),
            Map.entry("contentSchema", NOTHING + "let the tool take the value itself, not a text that holds it"),
            Map.entry("deprecated", NOTHING + "leave it out, or say it in `description`"),
            // draft 7 itself, but nothing that could be enforced
            Map.entry("contentEncoding", "it is not enforced; write a `pattern` for the text itself"),
            Map.entry(
                    "contentMediaType",
                    "it is not enforced; let the tool take the value itself, not a text that holds it"),
            Map.entry(
                    "readOnly", "it is not enforced; for a member that must not be given write `false` as its schema"),
            Map.entry("writeOnly", "it is not enforced, and arguments are only ever written; leave it out"),
            // drafts 3 and 4
            Map.entry("id", "draft 7 writes `$id`, at the root only"),
            Map.entry("divisibleBy", "draft 7 writes `multipleOf`"),
            Map.entry("disallow", "draft 7 writes {\"not\": {\"type\": …}}"),
            Map.entry("extends", "draft 7 writes `allOf`"),
            // what is often meant
            Map.entry("min", "write `minimum` for a number, `minLength` for a text, `minItems` for a list"),
            Map.entry("max", "write `maximum` for a number, `maxLength` for a text, `maxItems` for a list"),
            Map.entry("length", "write `minLength` and `maxLength`"),
            Map.entry("regex", "write `pattern`"),
            Map.entry("match", "write `pattern`"),
            Map.entry("values", "write `enum`"),
            Map.entry("options", "write `enum`"),
            Map.entry("choices", "write `enum`"),
            Map.entry("optional", "leave it out, and the name of the member out of `required`"),
            Map.entry("inputSchema", COPY),
            Map.entry("input_schema", COPY),
            Map.entry("parameters", COPY),
            Map.entry("schema", COPY),
            // OpenAPI
            Map.entry("discriminator", "leave it out: `oneOf` says it, with a `const` in each branch"),
            Map.entry("example", "draft 7 writes `examples`, with a list"),
            Map.entry("xml", NOTHING + "leave it out"),
            Map.entry("externalDocs", NOTHING + "leave it out, or say it in `description`"));

    private Vocabulary() {}

    /** What to write for a word of another draft or dialect, as it stands beside the others. */
    static Optional<String> instead(String word, Words words) {
        return word.equals("nullable") ? Optional.of(nullable(words)) : Optional.ofNullable(INSTEAD.get(word));
    }

    private static String nullable(Words words) {
        if (Boolean.FALSE.equals(words.value("nullable")))
            return "leave it out: null is refused unless the type names it";
        if (words.has("enum")) return "add `null` to the list under `enum`, and to the types if there is a `type`";
        if (words.has("$ref")) return "draft 7 writes {\"anyOf\": [{\"$ref\": \"…\"}, {\"type\": \"null\"}]}";
        return "draft 7 writes {\"type\": [\"string\", \"null\"]}";
    }

    /** The words of other drafts that have a hint of their own. */
    static Set<String> foreign() {
        return INSTEAD.keySet();
    }
}
