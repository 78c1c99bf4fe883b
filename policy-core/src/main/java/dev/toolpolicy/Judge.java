package dev.toolpolicy;

import org.jspecify.annotations.Nullable;

/** One operator with its operand: what it says of a value. */
@FunctionalInterface
interface Judge {
    /** Never missing: there is a value. The call is for operands that are looked up in it. */
    Verdict judge(@Nullable Object value, ToolCall call);

    /** The same, made ready for many values of one call: what is looked up in it is looked up once. */
    default Judge forElementsOf(ToolCall call) {
        return this;
    }

    /** How many characters of text, and ends of texts, may be judged in all elements of a list together: more would take too long. */
    default long mostCharacters() {
        return Long.MAX_VALUE;
    }
}
