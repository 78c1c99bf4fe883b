package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Pointer;
import java.util.HashSet;
import java.util.List;
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
            object.addPropertySchema(Names.masked(name), builder.part(json, "properties", name));
        });
        patternProperties(object);
        if (words.has("additionalProperties")) {
            object.schemaOfAdditionalProperties(builder.part("additionalProperties"));
        }
        if (words.has("propertyNames")) {
            // Of its own, so that what is said of a name is not taken for something about the value.
            Schema names = builder.part("propertyNames");
            object.propertyNameSchema(reader.rule()
                    .says("allOf", "propertyNames", "a name that fits the schema under `propertyNames`")
                    .build(CombinedSchema.allOf(List.of(names))));
        }
        words.names("required").ifPresent(names -> {
            if (!reader.takes(names.size(), words.at("required"))) return;
            for (String name : names) {
                object.addRequiredProperty(Names.masked(name));
                mayMiss.add(Names.masked(name));
            }
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
                if (!reader.takes(needed.size(), at)) return;
                for (String other : needed) {
                    object.propertyDependency(Names.masked(name), Names.masked(other));
                    mayMiss.add(Names.masked(other));
                }
            } else {
                object.schemaDependency(Names.masked(name), builder.same(json, "dependencies", name));
            }
        });
        rule.says("dependencies", "dependencies", "to be there, because another member asks for it");
        rule.mayMiss(mayMiss);
        builder.parts.add(rule.build(object));
        return only;
    }

    private void patternProperties(ObjectSchema.Builder object) {
        words.members("patternProperties", "its schema").forEach((pattern, json) -> {
            Schema schema = builder.part(json, "patternProperties", pattern);
            Patterns.compile(
                            reader,
                            words,
                            pattern,
                            words.at("patternProperties").member(pattern))
                    .ifPresent(regex -> object.patternProperty(Patterns.onNames(regex), schema));
        });
    }
}
