package dev.toolpolicy.jsonschema;

import java.util.List;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.Schema;

/** The words about lists. */
final class ListWords {
    private static final long NO_FIT = 1_000;

    private final NodeBuilder builder;
    private final SchemaReader reader;
    private final Words words;

    ListWords(NodeBuilder builder) {
        this.builder = builder;
        this.reader = builder.reader;
        this.words = builder.words;
    }

    boolean add() {
        if (!words.hasAny(Vocabulary.OF_LISTS)) return false;
        boolean only = builder.only("array");
        Rule rule = only ? builder.typedRule() : reader.rule();
        ArraySchema.Builder list = ArraySchema.builder().requiresArray(only);
        words.count("minItems").ifPresent(least -> {
            list.minItems(least);
            rule.says("minItems", "minItems", Phrases.atLeast(least, "element"));
        });
        words.count("maxItems").ifPresent(most -> {
            list.maxItems(most);
            rule.says("maxItems", "maxItems", Phrases.atMost(most, "element"));
        });
        items(list);
        if (words.has("contains")) {
            // Those that do not fit are no violations, and everit makes an exception of each.
            list.containsItemSchema(Step.to(builder.part("contains"), NO_FIT));
            rule.says("contains", "contains", "an element that fits the schema under `contains`");
        }
        builder.parts.add(rule.build(list));
        if (words.flag("uniqueItems").orElse(false)) builder.parts.add(unique());
        return only;
    }

    private void items(ArraySchema.Builder list) {
        boolean several = words.value("items") instanceof List<?>;
        if (words.has("additionalItems") && !several) {
            words.report(
                    "additionalItems",
                    "found `additionalItems` without a list under `items`: it would never be enforced",
                    "write the schema under `items`: then it is that of every element");
        }
        if (!several) {
            if (words.has("items")) list.allItemSchema(builder.part("items"));
            return;
        }
        List<?> each = words.list("items").orElse(List.of());
        for (int i = 0; i < each.size(); i++) {
            list.addItemSchema(builder.part(each.get(i), "items", Integer.toString(i)));
        }
        if (!words.has("additionalItems")) return;
        Schema others = builder.part("additionalItems");
        // Of an empty list everit forgets that it is there.
        if (each.isEmpty()) list.allItemSchema(others);
        else list.schemaOfAdditionalItems(others);
    }

    private Schema unique() {
        return new UniqueItems(reader.rule()
                .says("then", "uniqueItems", "no two elements that are the same")
                .says(
                        "else",
                        "uniqueItems",
                        "at most " + UniqueItems.MOST + " elements, where no two may be the same"));
    }
}
