package dev.toolpolicy.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.jsonschema.Copying;
import dev.toolpolicy.jsonschema.JsonSchema;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.everit.json.schema.regexp.RE2JRegexpFactory;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** A call whose arguments fit a schema but for one fault, or fit it: judged by the library, by bare everit and by networknt. */
final class SchemaCall {
    private static final String SCHEMA = """
            {
              "type": "object",
              "required": ["customer", "amount", "currency"],
              "additionalProperties": false,
              "properties": {
                "customer": { "type": "string", "pattern": "^cus_[0-9]{4,12}$" },
                "amount": { "type": "number", "minimum": 0.01, "maximum": 10000, "multipleOf": 0.01 },
                "currency": { "type": "string", "enum": ["usd", "eur", "gbp"] },
                "note": { "type": "string", "maxLength": 200 }
              }
            }""";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ArgumentValidator ours;
    private final Schema everit;
    private final com.networknt.schema.Schema networknt;

    private final Map<String, @Nullable Object> arguments;
    private final JSONObject object;
    private final JsonNode tree;

    SchemaCall(boolean valid) {
        Object schema =
                Objects.requireNonNull(JsonText.read(SCHEMA, SCHEMA.length()).value());
        ours = JsonSchema.validator().compile(schema, (pointer, message, hint) -> {
            throw new IllegalStateException(pointer + ": " + message);
        });
        everit = SchemaLoader.builder()
                .draftV7Support()
                .regexpFactory(new RE2JRegexpFactory())
                .schemaJson(new JSONObject(SCHEMA))
                .build()
                .load()
                .build();
        networknt = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(MAPPER.<JsonNode>valueToTree(schema));
        Map<String, Object> map = Map.of(
                "customer", "cus_00018724",
                "amount", new BigDecimal(valid ? "99.95" : "10099.95"),
                "currency", "eur",
                "note", "second instalment, as agreed on the phone");
        arguments =
                ToolCall.of(Identity.of("alice-laptop"), "create_charge", map).arguments();
        object = new JSONObject(arguments);
        tree = MAPPER.valueToTree(arguments);
    }

    List<Violation> ours() {
        return ours.validate(arguments);
    }

    List<String> everit() {
        return everit(new JSONObject(arguments));
    }

    List<String> everitReady() {
        return everit(object);
    }

    private List<String> everit(JSONObject converted) {
        try {
            everit.validate(converted);
            return List.of();
        } catch (ValidationException e) {
            return e.getAllMessages();
        }
    }

    List<String> networknt() {
        return networknt(MAPPER.valueToTree(arguments));
    }

    List<String> networkntReady() {
        return networknt(tree);
    }

    private List<String> networknt(JsonNode converted) {
        List<Error> errors = networknt.validate(converted);
        return errors.isEmpty()
                ? List.of()
                : errors.stream().map(Error::toString).toList();
    }

    /** No judgement: what the library does first. */
    Object converted() {
        return Copying.copy(arguments);
    }
}
