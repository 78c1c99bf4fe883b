package dev.toolpolicy.examples.gateway.rpc;

/** What became of a call. */
public enum Outcome {
    /** The server answered. */
    DONE,
    /** The server said that it failed, or did not answer. */
    FAILED,
    /** It did not reach the server. */
    REFUSED
}
