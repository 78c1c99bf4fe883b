package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Pointer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;

/** The words about objects. */
final class ObjectWords {
    private final NodeBuilder builder;
    private final SchemaReader reader;
    private final Words words;

    ObjectWords(NodeBuilder builder) {
        this.builder = builder;
        this.reader = builder.reader;
        this.words = builder.words;
    }

    boolean add() {
        if (!words.hasAny(Vocabulary.OF_OBJECTS)) return false;
        boolean only = builder.only("object");
        Rule rule = only ? builder.typedRule() : reader.rule();
        ObjectSchema.Builder object = ObjectSchema.builder().requiresObject(only);
        Set<String> mayMiss = new HashSet<>();
        words.members("properties", "its schema").forEach((name, json) -> {
            object.addPropertySchema(
                    name,
                    builder.part(json, words.at("properties").member(name), "properties")
                            .schema());
        });
        patternProperties(object);
        if (words.has("additionalProperties")) {
            object.schemaOfAdditionalProperties(
                    builder.part("additionalProperties").schema());
        }
        if (words.has("propertyNames")) {
            // Of its own, so that what is said of a name is not taken for something about the value.
            Schema names = builder.part("propertyNames").schema();
            reader.matchesNames();
            object.propertyNameSchema(reader.rule()
                    .says("allOf", "propertyNames", "a name that fits the schema under `propertyNames`")
                    .build(CombinedSchema.allOf(List.of(names))));
        }
        words.names("required").ifPresent(names -> {
            names.forEach(object::addRequiredProperty);
            mayMiss.addAll(names);
            rule.says("required", "required", "to be there");
        });
        words.count("minProperties").ifPresent(least -> {
            object.minProperties(least);
            rule.says("minProperties", "minProperties", Phrases.atLeast(least, "member"));
        });
        words.count("maxProperties").ifPresent(most -> {
            object.maxProperties(most);
            rule.says("maxProperties", "maxProperties", Phrases.atMost(most, "member"));
        });
        words.members("dependencies", "names, or a schema").forEach((name, json) -> {
            Pointer at = words.at("dependencies").member(name);
            if (json instanceof List<?> list) {
                Set<String> needed = words.texts(list, at);
                needed.forEach(other -> object.propertyDependency(name, other));
                mayMiss.addAll(needed);
            } else {
                object.schemaDependency(
                        name, builder.same(json, at, "dependencies").schema());
            }
        });
        rule.says("dependencies", "dependencies", "to be there, because another member asks for it");
        rule.mayMiss(mayMiss);
        builder.parts.add(rule.build(object));
        return only;
    }

    private void patternProperties(ObjectSchema.Builder object) {
        Map<String, Node> schemas = new LinkedHashMap<>();
        words.members("patternProperties", "its schema").forEach((pattern, json) -> {
            schemas.put(
                    pattern, builder.part(json, words.at("patternProperties").member(pattern), "patternProperties"));
        });
        schemas.forEach((pattern, schema) -> Patterns.compile(
                        reader, words, pattern, words.at("patternProperties").member(pattern))
                .ifPresent(regex -> {
                    reader.matchesNames();
                    object.patternProperty(Patterns.onNames(regex), schema.schema());
                }));
    }
}
