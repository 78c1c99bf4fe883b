package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.ConditionalSchema;
import org.everit.json.schema.NotSchema;
import org.everit.json.schema.Schema;

/** The words about values of any type: what they are the same as, and which schemas they fit. */
final class AnyWords {
    private final NodeBuilder builder;
    private final SchemaReader reader;
    private final Words words;

    AnyWords(NodeBuilder builder) {
        this.builder = builder;
        this.reader = builder.reader;
        this.words = builder.words;
    }

    void addValues() {
        if (words.has("enum")) {
            Optional<List<?>> values = words.different("enum");
            if (values.isPresent() && !builder.listsTexts()) {
                add("enum", values.get(), Phrases.oneOf(values.get()));
            }
        }
        if (words.has("const")) {
            Object value = words.value("const");
            add("const", Collections.singletonList(value), Phrases.value(value));
        }
    }

    private void add(String word, List<?> values, String expected) {
        List<Schema> each = builder.constants(values, word);
        if (each.isEmpty()) return;
        builder.parts.add(new OneOfValues(each, reader.rule().says("anyOf", word, expected)));
    }

    void addCombinations() {
        if (words.has("allOf")) {
            List<Schema> each = each("allOf");
            if (!each.isEmpty()) builder.parts.add(builder.all(each));
        }
        if (words.has("anyOf")) {
            List<Schema> each = each("anyOf");
            String expected = Phrases.fitting("at least one", each.size(), "anyOf");
            if (!each.isEmpty()) {
                builder.parts.add(reader.rule()
                        .says("anyOf", "anyOf", expected)
                        .chooses(each.size())
                        .build(CombinedSchema.anyOf(each)));
            }
        }
        if (words.has("oneOf")) {
            reader.turnsAround();
            List<Schema> each = each("oneOf");
            String expected = Phrases.fitting("exactly one", each.size(), "oneOf");
            if (!each.isEmpty()) {
                builder.parts.add(reader.rule()
                        .says("oneOf", "oneOf", expected)
                        .chooses(each.size())
                        .build(CombinedSchema.oneOf(each)));
            }
        }
        if (words.has("not")) {
            reader.turnsAround();
            // Through a step of its own: everit writes out the schema itself when it is met, however large it is.
            Schema step = Step.to(builder.same("not"), 0);
            builder.parts.add(reader.rule()
                    .says("not", "not", "not to fit the schema under `not`")
                    .build(NotSchema.builder().mustNotMatch(step)));
        }
    }

    private List<Schema> each(String word) {
        List<Schema> each = new ArrayList<>();
        for (Object json : words.schemas(word)) {
            each.add(builder.same(json, word, Integer.toString(each.size())));
        }
        return each;
    }

    void addCondition() {
        for (String word : List.of("then", "else")) {
            if (!words.has(word)) continue;
            if (!words.has("if")) {
                words.report(
                        word,
                        "found `" + word + "` without `if`: it would never be enforced",
                        "write the `if`, or put it under `allOf`");
            }
        }
        if (!words.has("if")) {
            for (String word : List.of("then", "else")) if (words.has(word)) builder.same(word);
            return;
        }
        if (!words.has("then") && !words.has("else")) {
            words.report(
                    "if",
                    "found `if` without `then` and `else`: it would never be enforced",
                    "write what follows from it");
        }
        reader.turnsAround();
        ConditionalSchema.Builder condition = ConditionalSchema.builder().ifSchema(builder.same("if"));
        if (words.has("then")) condition.thenSchema(builder.same("then"));
        if (words.has("else")) condition.elseSchema(builder.same("else"));
        builder.parts.add(reader.rule().build(condition));
    }
}
