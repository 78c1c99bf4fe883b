package dev.toolpolicy;

/**
 * A call that is not judged at all, because its identity, its tool's name or its arguments are not what they must be.
 *
 * <p>The message says what is wrong in words that an agent may see: it repeats no value.
 */
public final class MalformedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A call that is wrong in the way the message says. */
    public MalformedCallException(String message) {
        super(message);
    }
}
