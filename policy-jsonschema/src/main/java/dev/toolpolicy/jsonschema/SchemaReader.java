package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.regex.Regex;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Findings;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.everit.json.schema.EmptySchema;
import org.everit.json.schema.FalseSchema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema of one tool: a {@link Node} for every schema in it, each word read once, by what reports it if it would not be
 * enforced. Then references find their nodes, and {@link Reach} tells whether all of it can be checked within bounds.
 */
final class SchemaReader {
    private static final Set<String> DRAFT_7 = Set.of(
            "http://json-schema.org/draft-07/schema#",
            "http://json-schema.org/draft-07/schema",
            "https://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft-07/schema");

    /** Of all regular expressions of a schema: some ten megabytes. */
    private static final long MOST_STEPS = 200_000;

    private static final long BYTES_OF_SCHEMA = 600;
    private static final long BYTES_OF_STEP = 60;

    /** Of schemas, and of the constants in them: a call would not have the time to be judged by so many. */
    private static final int MOST_SCHEMAS = 100_000;
    /** Who has been told so much mends that first. */
    private static final int MOST_FINDINGS = 1_000;

    private final Findings findings;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Rule> rules = new HashMap<>();
    private final Definitions definitions = new Definitions();
    private int found;
    private int schemas;
    private long regexSteps;
    private boolean turnsAround;

    private SchemaReader(Findings findings) {
        this.findings = (pointer, message, hint) -> {
            found++;
            findings.report(pointer, message, hint);
        };
    }

    static ArgumentValidator compile(Object schema, Findings findings) {
        SchemaReader reader = new SchemaReader(findings);
        Node root = reader.node(schema, Pointer.ROOT, "false");
        reader.resolve(root);
        Reach reach = reader.found > 0 ? Reach.NONE : Reach.of(reader.nodes, root, reader.findings);
        // What is returned beside a report is dropped.
        if (reader.found > 0) return arguments -> List.of();
        long bytes = (reader.rules.size() + reader.schemas) * BYTES_OF_SCHEMA + reader.regexSteps * BYTES_OF_STEP;
        return new CompiledSchema(root.schema(), new Violations(reader.rules), reach, reader.turnsAround, bytes);
    }

    /** A schema that stands in another. */
    Node node(Node parent, @Nullable Object json, String word, @Nullable String name) {
        Pointer at =
                name == null ? parent.at.member(word) : parent.at.member(word).member(name);
        Node node = node(json, at, word);
        parent.holds(word, name, node);
        return node;
    }

    /**
     * A schema.
     *
     * @param word the word that it stands under: what is said to be broken where it is {@code false}
     */
    private Node node(@Nullable Object json, Pointer at, String word) {
        Node node = new Node(at);
        nodes.add(node);
        node.is(EmptySchema.INSTANCE);
        if (!takes(1, at) || found > MOST_FINDINGS) return node;
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> words = new LinkedHashMap<>();
            map.forEach((name, value) -> words.put((String) name, value));
            read(node, new Words(words, at, findings));
        } else if (Boolean.FALSE.equals(json)) {
            node.is(rule().says("false", word, Phrases.nothing(word)).build(FalseSchema.builder()));
        } else if (!Boolean.TRUE.equals(json)) {
            findings.report(
                    at.toString(),
                    "found " + Words.described(json) + ", expected a schema",
                    "write an object, such as {\"type\": \"string\"}, or `true` or `false`");
        }
        return node;
    }

    /** Whether there is room for so many schemas more; that there is none is told once. */
    boolean takes(int more, Pointer at) {
        boolean full = schemas > MOST_SCHEMAS;
        schemas = Math.min(MOST_SCHEMAS + 1, schemas + more);
        if (!full && schemas > MOST_SCHEMAS) {
            findings.report(
                    at.toString(),
                    "found more than " + MOST_SCHEMAS + " schemas and constants up to here, expected fewer",
                    "leave a long list of values to the tool, or to a rule of the policy with `in`");
        }
        return schemas <= MOST_SCHEMAS;
    }

    private void read(Node node, Words words) {
        for (String word : words.names()) {
            if (found <= MOST_FINDINGS) known(word, words);
        }
        for (String word : List.of("definitions", "$defs")) {
            words.members(word, "a schema").forEach((name, json) -> {
                definitions.add(name, node(node, json, word, name));
            });
        }
        if (words.has("$ref")) {
            reference(node, words);
            return;
        }
        annotations(words);
        new NodeBuilder(this, node, words).build();
    }

    private static void known(String word, Words words) {
        if (Vocabulary.WORDS.contains(word)) return;
        String shown = "`" + Json.shown(word) + "`";
        Optional<String> instead = Vocabulary.instead(word, words);
        if (instead.isPresent()) {
            String message = Vocabulary.OF_DRAFT_7.contains(word)
                    ? "found " + shown + ", which would not be enforced"
                    : "found " + shown + ", which is no word of draft 7";
            words.report(word, message, instead.get());
            return;
        }
        // A member whose name was written beside `type` is more likely than a word: words are few.
        String hint = Suggestion.nearest(word, Vocabulary.WORDS)
                .map(Suggestion::didYouMean)
                .orElse("write the word of draft 7 for what you mean, or leave it out; the name of a member goes under"
                        + " `properties`");
        words.report(word, "unknown word " + shown, hint);
    }

    private void annotations(Words words) {
        for (String word : List.of("title", "description", "$comment")) words.text(word);
        words.list("examples");
        if (words.has("$schema")) version(words);
        if (words.has("$id") && words.at.toString().isEmpty()) words.text("$id");
        else if (words.has("$id")) {
            words.report(
                    "$id",
                    "found `$id` below the root, expected none: it would change what references mean",
                    "leave it out, and refer to this schema by its place: {\"$ref\": \"#"
                            + Json.shown(words.at.toString().replace("%", "%25")) + "\"}");
        }
    }

    private void version(Words words) {
        String hint = "write \"$schema\": \"http://json-schema.org/draft-07/schema#\", or leave it out";
        if (!words.at.toString().isEmpty()) {
            words.report(
                    "$schema", "found `$schema` below the root, expected none", "leave it out: the whole is draft 7");
            return;
        }
        if (!(words.value("$schema") instanceof String schema)) {
            words.wrong("$schema", "the name of draft 7", hint);
            return;
        }
        if (DRAFT_7.contains(schema)) return;
        words.report("$schema", "found `" + Json.shown(schema) + "`, expected draft 7", hint);
    }

    private void reference(Node node, Words words) {
        node.is(EmptySchema.INSTANCE);
        Optional<String> ref = words.text("$ref");
        List<String> beside =
                words.names().stream().filter(word -> !word.equals("$ref")).toList();
        if (!beside.isEmpty()) {
            words.report(
                    "$ref",
                    "found `$ref` beside `" + Json.shown(beside.get(0))
                            + "`, expected it alone: draft 7 ignores what stands beside it",
                    "put the reference into a list: {\"allOf\": [{\"$ref\": \"…\"}], …}");
        }
        if (ref.isEmpty()) return;
        if (!ref.get().startsWith("#")) {
            words.report(
                    "$ref",
                    "found a reference that leads out of the schema, expected one that begins with `#`",
                    definitions
                            .meant(ref.get())
                            .map(Suggestion::didYouMean)
                            .orElse(
                                    "copy what it refers to under `definitions`, and write \"#/definitions/…\": nothing is"
                                            + " fetched"));
            return;
        }
        Optional<List<String>> steps = Definitions.steps(ref.get());
        if (steps.isPresent()) {
            node.refersTo(steps.get());
            return;
        }
        words.report(
                "$ref",
                "found `" + Json.shown(ref.get()) + "`, expected the place of a schema",
                definitions
                        .meant(ref.get())
                        .map(Suggestion::didYouMean)
                        .orElse("write \"#\" for the whole, or \"#/definitions/name\""));
    }

    private void resolve(Node root) {
        for (Node node : nodes) {
            List<String> target = node.target();
            if (target == null || found > MOST_FINDINGS) continue;
            Node there = root.find(target);
            if (there != null) {
                node.resolve(there);
                continue;
            }
            String written = "#" + Definitions.fragment(target);
            findings.report(
                    node.at.member("$ref").toString(),
                    "found a reference to `" + Json.shown(written)
                            + "`, where there is no schema, expected the place of one",
                    definitions
                            .meant(written)
                            .map(Suggestion::didYouMean)
                            .orElse("write the place of a schema, such as \"#/definitions/name\""));
        }
    }

    /** A rule, by which a schema of everit's will be known. */
    Rule rule() {
        Rule rule = new Rule(rules.size());
        rules.put(rule.location(), rule);
        return rule;
    }

    /** A violation of some schema may be what is asked for. */
    void turnsAround() {
        turnsAround = true;
    }

    /** Whether there is room for one more regular expression; what is too much is told once. */
    boolean keeps(String pattern, Pointer at) {
        long steps = Regex.steps(pattern);
        boolean full = regexSteps > MOST_STEPS;
        regexSteps += steps;
        if (!full && regexSteps > MOST_STEPS) {
            findings.report(
                    at.toString(),
                    "found more regular expressions than are kept for one schema, expected fewer or smaller ones",
                    "repeat less within them: `{…}` copies what it repeats");
        }
        return regexSteps <= MOST_STEPS;
    }
}
