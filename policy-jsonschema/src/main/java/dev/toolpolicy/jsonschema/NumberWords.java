package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.util.Optional;
import org.everit.json.schema.NumberSchema;

/** The words about numbers. */
final class NumberWords {
    private final NodeBuilder builder;
    private final SchemaReader reader;
    private final Words words;

    NumberWords(NodeBuilder builder) {
        this.builder = builder;
        this.reader = builder.reader;
        this.words = builder.words;
    }

    boolean add() {
        if (!words.hasAny(Vocabulary.OF_NUMBERS)) return false;
        boolean only = builder.only("number") || builder.only("integer");
        Rule rule = only ? builder.typedRule() : reader.rule();
        NumberSchema.Builder number =
                NumberSchema.builder().requiresNumber(only).requiresInteger(builder.only("integer"));
        words.number("minimum").ifPresent(bound -> {
            number.minimum(bound);
            rule.says("minimum", "minimum", "at least " + Phrases.number(bound));
        });
        words.number("maximum").ifPresent(bound -> {
            number.maximum(bound);
            rule.says("maximum", "maximum", "at most " + Phrases.number(bound));
        });
        words.number("exclusiveMinimum").ifPresent(bound -> {
            number.exclusiveMinimum(bound);
            rule.says("exclusiveMinimum", "exclusiveMinimum", "more than " + Phrases.number(bound));
        });
        words.number("exclusiveMaximum").ifPresent(bound -> {
            number.exclusiveMaximum(bound);
            rule.says("exclusiveMaximum", "exclusiveMaximum", "less than " + Phrases.number(bound));
        });
        Optional<Number> multiple = words.number("multipleOf");
        multiple.ifPresent(of -> {
            if (Json.decimal(of).signum() <= 0) {
                words.wrong("multipleOf", "a number above 0", "write the step, such as 0.01");
                return;
            }
            number.multipleOf(of);
            rule.says("multipleOf", "multipleOf", "a multiple of " + Phrases.number(of));
        });
        NumberSchema schema = rule.build(number);
        builder.parts.add(
                multiple.isEmpty()
                        ? schema
                        : Step.toDivision(schema, Json.decimal(multiple.get()).scale()));
        return only;
    }
}
