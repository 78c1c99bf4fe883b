package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.List;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.Schema;
import org.jspecify.annotations.Nullable;

/** One schema of the document: what everit makes of it, and which others it leads to. */
final class Node {
    /** Where it stands in the document's schema. */
    final String pointer;
    /** Schemas that judge the same value: under {@code allOf}, {@code not}, {@code then}, or referred to. */
    final List<Node> sameValue = new ArrayList<>();
    /** Schemas that judge a part of the value: a member, an element, a name. */
    final List<Node> parts = new ArrayList<>();

    private @Nullable Schema schema;
    /** Set where this is a reference, until it is known what it refers to. */
    private @Nullable ReferenceSchema reference;

    private @Nullable String target;

    Node(String pointer) {
        this.pointer = pointer;
    }

    Schema schema() {
        if (schema == null) throw new IllegalStateException("not built yet");
        return schema;
    }

    void is(Schema built) {
        schema = built;
    }

    void refersTo(String pointer) {
        reference = ReferenceSchema.builder().refValue("").build();
        schema = reference;
        target = pointer;
    }

    /** The pointer that it refers to; null if it is no reference. */
    @Nullable
    String target() {
        return target;
    }

    void resolve(Node found) {
        if (reference == null) throw new IllegalStateException("not a reference");
        sameValue.add(found);
        reference.setReferredSchema(found.schema());
    }
}
