package dev.toolpolicy;

import org.jspecify.annotations.Nullable;

/** One operator with its operand: what it says of a value. */
@FunctionalInterface
interface Judge {
    /** Never missing: there is a value. The call is for operands that are looked up in it. */
    Verdict judge(@Nullable Object value, ToolCall call);
}
