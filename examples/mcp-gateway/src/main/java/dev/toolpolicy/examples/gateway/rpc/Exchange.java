package dev.toolpolicy.examples.gateway.rpc;

import java.util.concurrent.CompletionStage;

/** The two ends that a message lies between: what may be done with it. None of these throws; each is called once at most. */
public interface Exchange {
    /** On to the server, as it came; the answer, if there is one, to the client. */
    void pass(ClientMessage message);

    /** On to the server, as it was judged; the answer to the client. */
    CompletionStage<Outcome> call(ClientMessage message, byte[] judged);

    /** On to the server in another's place; the answer to the client, with the name put back. */
    void ask(ClientMessage message, byte[] instead, Decoy decoy);

    /** Back to the client. */
    void answer(byte[] answer);

    /** Back to the client, whose message was broken. */
    void reject(byte[] error);

    /** Nothing is answered, and nothing passed on. */
    void drop();
}
