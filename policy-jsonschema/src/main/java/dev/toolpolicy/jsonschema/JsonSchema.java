package dev.toolpolicy.jsonschema;

import dev.toolpolicy.spi.ArgumentValidatorFactory;

/**
 * Checks arguments against JSON Schema, draft 7.
 *
 * <p>What would not be enforced is an error of the document: an unknown word, a later draft's, an unknown format, a reference that
 * leads out of the schema. Nothing is ever fetched.
 */
public final class JsonSchema {
    private JsonSchema() {}

    /** What {@code PolicyParser.with(…)} takes. Compiles every schema that it is given. */
    public static ArgumentValidatorFactory validator() {
        return SchemaReader::compile;
    }
}
