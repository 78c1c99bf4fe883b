package dev.toolpolicy.jsonschema;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.util.List;
import java.util.Map;

/** Schemas and arguments as users have them: in a policy's text, and in a call's. */
final class Schemas {
    private static final Identity ALICE = Identity.of("alice");

    private Schemas() {}

    /** A policy of one tool, {@code t}, whose arguments have this schema. */
    static Policy policy(String schema) {
        String text = "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"t\": {\"arguments_schema\": " + schema
                + "}}}";
        return PolicyParser.with(JsonSchema.validator()).parse(text).orThrow();
    }

    static ArgumentValidator validator(String schema) {
        return policy(schema)
                .tools()
                .values()
                .iterator()
                .next()
                .argumentsSchema()
                .validators()
                .get(0);
    }

    static ToolCall call(String arguments) {
        return ToolCall.parse(ALICE, "t", arguments);
    }

    static List<Violation> violations(String schema, String arguments) {
        return validator(schema).validate(call(arguments).arguments());
    }

    /** A violation on one line. */
    static String line(Violation violation) {
        return violation.pointer() + " " + violation.keyword() + ": " + violation.expected();
    }

    static List<String> lines(String schema, String arguments) {
        return violations(schema, arguments).stream().map(Schemas::line).toList();
    }

    static String json(Object value) {
        return Json.canonical(value);
    }

    static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }
}
