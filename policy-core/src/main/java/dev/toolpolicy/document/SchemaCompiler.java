package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy.ArgumentsSchema;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has every {@code arguments_schema} of a document compiled by the validators that the host wired. */
final class SchemaCompiler {
    /** A validator's sentence is another's text: a report stays readable whatever it says. */
    private static final int LONGEST = 300;
    /** What the compiled schemas of a document may keep, whatever its own size. */
    private static final long MOST_BYTES = 256 * 1024 * 1024;

    private final List<ArgumentValidatorFactory> factories;
    private long bytes;

    SchemaCompiler(List<ArgumentValidatorFactory> factories) {
        this.factories = factories;
    }

    /** The compiled schema; empty, and said, if some of it would not be enforced. */
    Optional<ArgumentsSchema> compile(Node node) {
        if (!(node.value() instanceof Map<?, ?>) && !(node.value() instanceof Boolean)) {
            node.wrongType("a JSON Schema", "`{ \"type\": \"object\", \"required\": [\"amount\"] }`");
            return Optional.empty();
        }
        if (bytes > MOST_BYTES) return Optional.empty();
        Object schema = node.value();
        List<ArgumentValidator> validators = new ArrayList<>();
        boolean[] reported = {false};
        long kept = 0;
        try {
            for (ArgumentValidatorFactory factory : factories) {
                if (!factory.claims(schema)) continue;
                ArgumentValidator validator = factory.compile(schema, (pointer, message, hint) -> {
                    reported[0] = true;
                    at(node, pointer)
                            .wrongKey(Code.BAD_SCHEMA, Json.shown(message, LONGEST), Json.shown(hint, LONGEST));
                });
                validators.add(requireNonNull(validator, "a factory returned no validator"));
                kept += Math.min(MOST_BYTES, Math.max(0, validator.bytes()));
            }
        } catch (Throwable e) {
            node.wrongKey(
                    Code.VALIDATOR_FAILED,
                    "found a schema on which a validator fails, expected one that it compiles",
                    "simplify the schema, and report this to the validator's maker");
            return Optional.empty();
        }
        if (reported[0]) return Optional.empty();
        if (validators.isEmpty()) {
            node.wrongKey(
                    Code.NO_VALIDATOR,
                    "found a schema, and no validator that would enforce it",
                    "add `policy-jsonschema`, and write `PolicyParser.with(JsonSchema.validator())`;"
                            + " or give it an `ArgumentValidatorFactory` of your own");
            return Optional.empty();
        }
        return isTooMuch(node, kept) ? Optional.empty() : Optional.of(ArgumentsSchema.of(schema, validators));
    }

    /** Said once: from there on no schema is compiled any more. */
    private boolean isTooMuch(Node node, long more) {
        bytes += more;
        if (bytes <= MOST_BYTES) return false;
        node.wrongKey(
                Code.TOO_LARGE,
                "found schemas that keep more than " + MOST_BYTES / 1024 / 1024 + " MiB up to here, expected less",
                "shorten patterns that repeat much, leave out what schemas repeat, or make two policies of this one");
        return true;
    }

    /** The part of the schema that a validator names. */
    private static Node at(Node schema, String pointer) {
        Node at = schema;
        if (pointer.isEmpty()) return at;
        for (String step : pointer.substring(1).split("/", -1)) {
            at = new Node(at.at().member(step.replace("~1", "/").replace("~0", "~")), null, at.log());
        }
        return at;
    }
}
