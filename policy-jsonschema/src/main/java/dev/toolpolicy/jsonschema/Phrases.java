package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a word of a schema asks for, in a few plain words; of the schema's own values only the beginning. */
final class Phrases {
    private static final int MOST_VALUES = 8;
    private static final int LONGEST = 60;
    private static final Map<String, String> TYPES = Map.of(
            "string", "a string",
            "number", "a number",
            "integer", "a whole number",
            "boolean", "true or false",
            "object", "an object",
            "array", "a list",
            "null", "null");

    /** What is often written for a format of draft 7, and what to write. */
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry(
                    "uuid",
                    "draft 7 has no such format; write a `pattern`: \"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$\""),
            Map.entry(
                    "duration", "draft 7 has no such format; write a `pattern` for the durations that the tool takes"),
            Map.entry(
                    "regex",
                    "it would mean another language's; bound the text with `maxLength`, and let the tool judge it"),
            Map.entry("iri", "write `uri`, which takes ASCII only"),
            Map.entry("iri-reference", "write `uri-reference`, which takes ASCII only"),
            Map.entry("idn-email", "write `email`, which takes ASCII only"),
            Map.entry("idn-hostname", "write `hostname`, which takes ASCII only"),
            Map.entry("int32", "write \"minimum\": -2147483648, \"maximum\": 2147483647"),
            Map.entry("int64", "write \"minimum\": -9223372036854775808, \"maximum\": 9223372036854775807"),
            Map.entry("float", "leave it out: numbers are exact"),
            Map.entry("double", "leave it out: numbers are exact"),
            Map.entry("byte", "write a `pattern`: \"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$\""),
            Map.entry("base64", "write a `pattern`: \"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$\""),
            Map.entry("binary", "write a `pattern` for the text itself"),
            Map.entry("password", "leave it out: it asks for nothing"),
            Map.entry("path", "write a rule with `path_within` instead: it knows what a path leads to"),
            Map.entry("ip", "write {\"anyOf\": [{\"format\": \"ipv4\"}, {\"format\": \"ipv6\"}]}"),
            Map.entry("url", "write `uri`, and a rule with `host_in` for where it may lead"),
            Map.entry("uri-ref", "write `uri-reference`"));

    /** What is often written for a type. */
    private static final Map<String, String> NEAR_TYPES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("long", "integer"),
            Map.entry("str", "string"),
            Map.entry("text", "string"),
            Map.entry("float", "number"),
            Map.entry("double", "number"),
            Map.entry("decimal", "number"),
            Map.entry("bool", "boolean"),
            Map.entry("dict", "object"),
            Map.entry("map", "object"),
            Map.entry("record", "object"),
            Map.entry("list", "array"),
            Map.entry("tuple", "array"),
            Map.entry("none", "null"),
            Map.entry("nil", "null"));

    private Phrases() {}

    static Optional<String> insteadOfType(String name) {
        String near = NEAR_TYPES.get(name.toLowerCase(Locale.ROOT));
        if (near != null) return Optional.of(Suggestion.didYouMean(near));
        if (name.equals("any")) return Optional.of("leave `type` out: then any value fits");
        if (name.contains("|")) return Optional.of("write a list of types: [\"string\", \"null\"]");
        return Format.named(name).map(format -> "write {\"type\": \"string\", \"format\": \"" + name + "\"}");
    }

    static Optional<String> insteadOfFormat(String name) {
        return Optional.ofNullable(FORMATS.get(name));
    }

    static String types(Collection<String> types) {
        return types.stream().map(TYPES::get).collect(Collectors.joining(", or "));
    }

    static String atLeast(int least, String what) {
        return "at least " + least + " " + what + (least == 1 ? "" : "s");
    }

    static String atMost(int most, String what) {
        return "at most " + most + " " + what + (most == 1 ? "" : "s");
    }

    static String fitting(String how, int schemas, String word) {
        return schemas == 1
                ? "to fit the schema under `" + word + "`"
                : "to fit " + how + " of the " + schemas + " schemas under `" + word + "`";
    }

    static String number(Number number) {
        return Json.shown(Json.canonical(number), LONGEST);
    }

    static String value(@Nullable Object value) {
        return Json.shown(Json.canonical(value), LONGEST);
    }

    static String oneOf(List<?> values) {
        String first = values.stream().limit(MOST_VALUES).map(Phrases::value).collect(Collectors.joining(", "));
        return "one of " + first + (values.size() > MOST_VALUES ? ", …" : "");
    }

    static String matching(String pattern) {
        return "a text that matches `" + Json.shown(pattern, LONGEST) + "`";
    }

    /** What {@code false} asks for under a word. */
    static String nothing(String word) {
        return switch (word) {
            case "properties", "additionalProperties", "patternProperties" -> "no such member";
            case "items", "additionalItems" -> "no such element";
            default -> "nothing: the schema is `false`";
        };
    }
}
