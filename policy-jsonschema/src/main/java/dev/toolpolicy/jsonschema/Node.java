package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.Schema;
import org.jspecify.annotations.Nullable;

/** One schema of the document: what everit makes of it, and which others it leads to. */
final class Node {
    /** Where it stands in the document's schema. */
    final Pointer at;
    /** Schemas that judge the same value: under {@code allOf}, {@code not}, {@code then}, or referred to. */
    final List<Node> sameValue = new ArrayList<>();
    /** Schemas that judge a part of the value: a member, an element, a name. */
    final List<Node> parts = new ArrayList<>();
    /** How many schemas its constants come to. */
    int constants;

    /** The schemas that stand in it, by their word. */
    private final Map<String, Node> under = new HashMap<>();

    private final Map<String, Map<String, Node>> among = new HashMap<>();
    private @Nullable Schema schema;
    /** Set where this is a reference, until it is known what it refers to. */
    private @Nullable ReferenceSchema reference;

    private @Nullable List<String> target;

    Node(Pointer at) {
        this.at = at;
    }

    Schema schema() {
        if (schema == null) throw new IllegalStateException("not built yet");
        return schema;
    }

    void is(Schema built) {
        schema = built;
    }

    /** A schema stands in this one under a word, and there under a name if the word has several. */
    void holds(String word, @Nullable String name, Node other) {
        if (name == null) under.put(word, other);
        else among.computeIfAbsent(word, key -> new HashMap<>()).put(name, other);
    }

    /** The schema to which these steps lead; null if there is none. */
    @Nullable
    Node find(List<String> steps) {
        if (steps.isEmpty()) return this;
        Node single = under.get(steps.get(0));
        if (single != null) return single.find(steps.subList(1, steps.size()));
        Map<String, Node> several = among.get(steps.get(0));
        Node one = several == null || steps.size() < 2 ? null : several.get(steps.get(1));
        return one == null ? null : one.find(steps.subList(2, steps.size()));
    }

    void refersTo(List<String> steps) {
        reference = ReferenceSchema.builder().refValue("").build();
        schema = reference;
        target = steps;
    }

    /** The steps from the root to what it refers to; null if it is no reference. */
    @Nullable
    List<String> target() {
        return target;
    }

    void resolve(Node found) {
        if (reference == null) throw new IllegalStateException("not a reference");
        sameValue.add(found);
        reference.setReferredSchema(found.schema());
    }
}
