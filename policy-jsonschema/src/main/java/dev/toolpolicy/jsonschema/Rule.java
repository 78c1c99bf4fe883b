package dev.toolpolicy.jsonschema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.everit.json.schema.Schema;
import org.everit.json.schema.SchemaLocation;

/**
 * What is said when one of everit's schemas is not met: the word of the document, and what it asks for. Everit names a schema by
 * the location that it was built with, which is the rule's number here.
 */
final class Rule {
    /** A word of the document, and what it asks for. */
    record Asked(String word, String expected) {}

    private final SchemaLocation location;
    /** By the word that everit uses. */
    private final Map<String, Asked> asked = new HashMap<>();

    private List<Asked> ofText = List.of();
    private Set<String> names = Set.of();
    private int choices;

    Rule(int number) {
        this.location = new SchemaLocation(List.of(Integer.toString(number)));
    }

    /** The schema, which will be known by this rule. */
    <S extends Schema> S build(Schema.Builder<S> builder) {
        return builder.schemaLocation(location).build();
    }

    /** The same builder, of a schema which will be known by this rule. */
    <B extends Schema.Builder<?>> B located(B builder) {
        builder.schemaLocation(location);
        return builder;
    }

    String location() {
        return location.toString();
    }

    /** What to say where everit finds this word of its own broken. */
    Rule says(String everitsWord, String word, String expected) {
        asked.put(everitsWord, new Asked(word, expected));
        return this;
    }

    /** What the tests of a text ask for, in the order in which {@link TextTests} counts them. */
    void saysOfText(List<Asked> texts) {
        this.ofText = List.copyOf(texts);
    }

    /** Names that everit may say are missing, as it knows them. */
    void mayMiss(Set<String> members) {
        // Not an immutable set of the JDK: those probe, and who writes the names may make that long.
        this.names = new HashSet<>(members);
    }

    /** One of several schemas is asked for. */
    Rule chooses(int several) {
        this.choices = several;
        return this;
    }

    /** Of how many schemas one is asked for; 0 if of none. */
    int choices() {
        return choices;
    }

    Optional<Asked> asked(String everitsWord) {
        return Optional.ofNullable(asked.get(everitsWord));
    }

    Asked ofText(int index) {
        return ofText.get(index);
    }

    boolean mayMiss(String member) {
        return names.contains(member);
    }
}
