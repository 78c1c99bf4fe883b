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
                    "draft 7 writes `items`, and `additionalItems` for what stood under `items`: {\"items\": [{…}], \"additionalItems\": false}"),
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
            // OpenAPI
            Map.entry("nullable", "draft 7 writes {\"type\": [\"string\", \"null\"]}"),
            Map.entry("discriminator", NOTHING + "write `oneOf`, with a `const` in each branch"),
            Map.entry("example", "draft 7 writes `examples`, with a list"),
            Map.entry("xml", NOTHING + "leave it out"),
            Map.entry("externalDocs", NOTHING + "leave it out, or say it in `description`"));

    private Vocabulary() {}

    /** What to write for a word of another draft or dialect. */
    static Optional<String> instead(String word) {
        return Optional.ofNullable(INSTEAD.get(word));
    }

    /** The words of other drafts that have a hint of their own. */
    static Set<String> foreign() {
        return INSTEAD.keySet();
    }
}
