package dev.toolpolicy.examples.gateway.rpc;

import org.jspecify.annotations.Nullable;

/** Something a client sent that is no message to pass on, nor a call to judge. Its text repeats nothing of what was sent. */
public final class BrokenMessage extends Exception {
    private static final long serialVersionUID = 1L;

    /** Of JSON-RPC. */
    public static final int PARSE_ERROR = -32700;

    /** Of JSON-RPC. */
    public static final int INVALID_REQUEST = -32600;

    /** Of JSON-RPC. */
    public static final int UNKNOWN_METHOD = -32601;

    /** Of JSON-RPC. */
    public static final int INVALID_PARAMS = -32602;

    /** Of JSON-RPC. */
    public static final int INTERNAL_ERROR = -32603;

    private final int code;
    /** A string or a whole number. */
    private final transient @Nullable Object id;

    BrokenMessage(int code, @Nullable Object id, String message) {
        super(message, null, false, false);
        this.code = code;
        this.id = id;
    }

    /** The code of the error to answer. */
    int code() {
        return code;
    }

    /** Whose request it was, if that much could be read. */
    @Nullable
    Object id() {
        return id;
    }
}
