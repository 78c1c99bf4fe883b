package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Policies for tests of the linter, from texts and from trees. */
final class Lints {
    /** Takes every schema: what a schema says is looked at here, not enforced. */
    static final PolicyParser PARSER = PolicyParser.with((schema, findings) -> arguments -> List.of());

    private Lints() {}

    /** A policy of a tree whose keys keep their order. */
    static PolicyDocument document(String name, Object tree) {
        return PolicyDocument.of(name, write(tree), PARSER);
    }

    /** The policy alone. */
    static Policy policy(Object tree) {
        return PARSER.parse(write(tree)).orThrow();
    }

    /** A tree as JSON, in the order it has. */
    static String write(Object value) {
        if (value instanceof Map<?, ?> object) {
            StringJoiner members = new StringJoiner(", ", "{", "}");
            object.forEach((key, member) -> members.add(Json.canonical(key) + ": " + write(member)));
            return members.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner elements = new StringJoiner(", ", "[", "]");
            list.forEach(element -> elements.add(write(element)));
            return elements.toString();
        }
        return Json.canonical(value);
    }
}
