/** Checks the arguments of a tool call against a JSON Schema. */
@NullMarked
package dev.toolpolicy.jsonschema;

import org.jspecify.annotations.NullMarked;
