package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.regex.Regex;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Findings;
import dev.toolpolicy.spi.Suggestion;
import java.nio.charset.StandardCharsets;
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

    private static final long BYTES_OF_RULE = 1_000;
    private static final long BYTES_OF_STEP = 60;

    private final Findings findings;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new HashMap<>();

    private boolean matchesNames;
    private long mostSteps;
    private long regexSteps;

    private SchemaReader(Findings findings) {
        this.findings = findings;
    }

    static ArgumentValidator compile(Object schema, Findings findings) {
        boolean[] found = {false};
        SchemaReader reader = new SchemaReader((pointer, message, hint) -> {
            found[0] = true;
            findings.report(pointer, message, hint);
        });
        Node root = reader.node(schema, Pointer.ROOT, "false");
        reader.resolve();
        Reach reach = found[0] ? Reach.NONE : Reach.of(reader.nodes.values(), root, reader.findings);
        // What is returned beside a report is dropped.
        if (found[0]) return arguments -> List.of();
        return new CompiledSchema(
                root.schema(),
                new Violations(reader.rules),
                reach,
                reader.matchesNames ? reader.mostSteps * Patterns.STEP : 0,
                reader.rules.size() * BYTES_OF_RULE + reader.regexSteps * BYTES_OF_STEP);
    }

    /**
     * A schema.
     *
     * @param word the word that it stands under: what is said to be broken where it is {@code false}
     */
    Node node(@Nullable Object json, Pointer at, String word) {
        Node node = new Node(at.toString());
        nodes.put(node.pointer, node);
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> words = new LinkedHashMap<>();
            map.forEach((name, value) -> words.put((String) name, value));
            read(node, new Words(words, at, findings));
        } else if (Boolean.FALSE.equals(json)) {
            node.is(rule().says("false", word, Phrases.nothing(word)).build(FalseSchema.builder()));
        } else {
            node.is(EmptySchema.INSTANCE);
            if (!Boolean.TRUE.equals(json)) {
                findings.report(
                        node.pointer,
                        "found " + Words.described(json) + ", expected a schema",
                        "write an object, such as {\"type\": \"string\"}, or `true` or `false`");
            }
        }
        return node;
    }

    private void read(Node node, Words words) {
        words.names().forEach(word -> known(word, words));
        for (String word : List.of("definitions", "$defs")) {
            words.members(word, "a schema")
                    .forEach((name, json) -> node(json, words.at(word).member(name), word));
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
        Optional<String> instead = Vocabulary.instead(word);
        if (instead.isPresent()) {
            words.report(
                    word, "found " + shown + ", which would not be enforced, expected a word that is", instead.get());
            return;
        }
        // A member whose name was written beside `type` is more likely than a word: words are few.
        String hint = Suggestion.nearest(word, Vocabulary.WORDS)
                .map(Suggestion::didYouMean)
                .orElse("leave it out; the name of a member goes under `properties`");
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
                            + fragment(words.at.toString()) + "\"}");
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
                    "copy what it refers to under `definitions`, and write \"#/definitions/…\": nothing is fetched");
        } else if (pointer(ref.get()).isEmpty()) {
            words.report(
                    "$ref",
                    "found `" + Json.shown(ref.get()) + "`, expected the place of a schema",
                    "write \"#\" for the whole, or \"#/definitions/name\"");
        } else node.refersTo(pointer(ref.get()).get());
    }

    /** The pointer in a fragment; empty if it is none. */
    private static Optional<String> pointer(String ref) {
        String fragment = ref.substring(1);
        if (!fragment.isEmpty() && !fragment.startsWith("/")) return Optional.empty();
        if (fragment.indexOf('%') < 0) return Optional.of(fragment);
        byte[] bytes = fragment.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded[length++] = bytes[i];
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) return Optional.empty();
            decoded[length++] = (byte) (high * 16 + low);
            i += 2;
        }
        return Optional.of(new String(decoded, 0, length, StandardCharsets.UTF_8));
    }

    /** How a pointer is written after {@code #}. */
    private static String fragment(String pointer) {
        return Json.shown(pointer.replace("%", "%25"));
    }

    private void resolve() {
        for (Node node : new ArrayList<>(nodes.values())) {
            String target = node.target();
            if (target == null) continue;
            Node found = nodes.get(target);
            if (found != null) {
                node.resolve(found);
                continue;
            }
            String hint = Suggestion.nearest(target, nodes.keySet())
                    .map(near -> Suggestion.didYouMean("#" + fragment(near)))
                    .orElse("write the place of a schema, such as \"#/definitions/name\"");
            findings.report(
                    node.pointer + "/$ref",
                    "found a reference to `#" + fragment(target)
                            + "`, where there is no schema, expected the place of one",
                    hint);
        }
    }

    /** A rule, by which a schema of everit's will be known. */
    Rule rule() {
        Rule rule = new Rule(rules.size());
        rules.put(rule.location(), rule);
        return rule;
    }

    /** Names of members are matched, by patterns or by a schema that may have some. */
    void matchesNames() {
        matchesNames = true;
    }

    /** Whether there is room for one more regular expression; what is too much is told once. */
    boolean keeps(String pattern, Pointer at) {
        long steps = Regex.steps(pattern);
        boolean full = regexSteps > MOST_STEPS;
        regexSteps += steps;
        mostSteps = Math.max(mostSteps, steps);
        if (!full && regexSteps > MOST_STEPS) {
            findings.report(
                    at.toString(),
                    "found more regular expressions than are kept for one schema, expected fewer or smaller ones",
                    "repeat less within them: `{…}` copies what it repeats");
        }
        return regexSteps <= MOST_STEPS;
    }
}
