/**
 * Checks the arguments of a call against the JSON Schema that its policy gives, on everit-json-schema.
 *
 * <p>When a policy is parsed, {@code SchemaReader} walks the schema: a {@code Node} for each schema in it. {@code NodeBuilder} has
 * every word read in one place ({@code TextWords}, {@code NumberWords} and so on), which reports it, or makes one of everit's schemas
 * of it; so a word that is not enforced cannot be accepted. Everit's own loader is not used: it passes over what it does not know,
 * guesses the draft, and fetches what a reference names. {@code Reach} then bounds how schemas lie within each other.
 *
 * <p>When a call is judged, {@code CompiledSchema} has {@code Arguments} copied for everit, which judges them and pays for every
 * step from the call's {@code Work}. What it finds names a {@code Rule}, and {@code Violations} tells by that, never by everit's own
 * message, what is wrong. Where everit compares or escapes wrongly it is given something else: see {@code Constant},
 * {@code UniqueItems}, {@code Names}.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.json}, {@code dev.toolpolicy.regex}, everit,
 * org.json, JSpecify. None of everit and org.json appears in a public signature.
 */
@NullMarked
package dev.toolpolicy.jsonschema;

import org.jspecify.annotations.NullMarked;
