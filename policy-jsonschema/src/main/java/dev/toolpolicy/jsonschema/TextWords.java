package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.jsonschema.Rule.Asked;
import dev.toolpolicy.regex.Regex;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.everit.json.schema.StringSchema;

/** The words about texts: everit counts their characters, and {@link TextTests} does the rest. */
final class TextWords {
    /** What a format takes for each character, in nanoseconds. */
    private static final long FORMAT = 10;

    private final NodeBuilder builder;
    private final SchemaReader reader;
    private final Words words;

    TextWords(NodeBuilder builder) {
        this.builder = builder;
        this.reader = builder.reader;
        this.words = builder.words;
    }

    boolean add() {
        boolean listed = builder.listsTexts();
        if (!words.hasAny(Vocabulary.OF_TEXTS) && !listed) return false;
        boolean only = builder.only("string");
        Rule rule = only ? builder.typedRule() : reader.rule();
        if (listed && !only) rule.says("type", "enum", Phrases.oneOf(builder.enumValues()));
        StringSchema.Builder text = StringSchema.builder().requiresString(only || listed);
        words.count("minLength").ifPresent(least -> {
            text.minLength(least);
            rule.says("minLength", "minLength", Phrases.atLeast(least, "character"));
        });
        words.count("maxLength").ifPresent(most -> {
            text.maxLength(most);
            rule.says("maxLength", "maxLength", Phrases.atMost(most, "character"));
        });
        List<Predicate<String>> tests = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        Optional<Regex> pattern =
                words.text("pattern").flatMap(regex -> Patterns.compile(reader, words, regex, words.at("pattern")));
        if (pattern.isPresent()) {
            tests.add(Patterns.found(pattern.get()));
            asked.add(new Asked("pattern", Phrases.matching(pattern.get().toString())));
        }
        Optional<Format> format = words.text("format").flatMap(this::format);
        if (format.isPresent()) {
            tests.add(fitting(format.get()));
            asked.add(new Asked("format", format.get().expected()));
        }
        if (listed) {
            Set<Object> values = new HashSet<>(builder.enumValues());
            tests.add(values::contains);
            asked.add(new Asked("enum", Phrases.oneOf(builder.enumValues())));
        }
        if (!tests.isEmpty()) {
            text.formatValidator(new TextTests(tests));
            rule.saysOfText(asked);
        }
        builder.parts.add(rule.build(text));
        return only;
    }

    private static Predicate<String> fitting(Format format) {
        return text -> {
            Work.current().spend(text.length() * FORMAT);
            return format.fits(text);
        };
    }

    private Optional<Format> format(String name) {
        Optional<Format> format = Format.named(name);
        if (format.isEmpty()) {
            String hint = Phrases.insteadOfFormat(name)
                    .orElseGet(() -> Suggestion.nearest(name, Format.names())
                            .map(Suggestion::didYouMean)
                            .orElse("the formats are `" + String.join("`, `", Format.names())
                                    + "`; for others write a `pattern`"));
            words.report("format", "found `" + Json.shown(name) + "`, a format that would not be enforced", hint);
        }
        return format;
    }
}
