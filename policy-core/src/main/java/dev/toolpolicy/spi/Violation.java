package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

/**
 * One way in which arguments break a schema. It never holds an argument's value: agents and logs see it.
 *
 * @param pointer where in the arguments, as RFC 6901 spells it
 * @param keyword the word of the schema that is broken, such as {@code maximum}
 * @param expected what the schema asks for there, in one short phrase
 */
public record Violation(String pointer, String keyword, String expected) {
    public Violation {
        requireNonNull(pointer, "pointer");
        requireNonNull(keyword, "keyword");
        requireNonNull(expected, "expected");
    }
}
