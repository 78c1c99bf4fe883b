package dev.toolpolicy.examples.gateway.stdio;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Identity;
import dev.toolpolicy.examples.gateway.rpc.Answers;
import dev.toolpolicy.examples.gateway.rpc.BrokenMessage;
import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.examples.gateway.rpc.Decoy;
import dev.toolpolicy.examples.gateway.rpc.Exchange;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import dev.toolpolicy.examples.gateway.rpc.Outcome;
import dev.toolpolicy.examples.gateway.rpc.ServerMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Between the two ends of standard streams. For the one thread that reads what the client sends. */
final class StdioExchange implements Exchange {
    private final Gate gate;
    private final Identity who;
    private final InFlight inFlight;
    private final OutputStream server;
    private final Consumer<byte[]> client;

    StdioExchange(Gate gate, Identity who, InFlight inFlight, OutputStream server, Consumer<byte[]> client) {
        this.gate = gate;
        this.who = who;
        this.inFlight = inFlight;
        this.server = server;
        this.client = client;
    }

    /** Has a message judged, unless it takes the id of another request: whose answer would then be whose? */
    void judge(ClientMessage message) {
        Object id = message.id();
        if (message.isRequest() && id != null) {
            if (inFlight.has(id)) {
                reject(message, BrokenMessage.INVALID_REQUEST, "the `id` is that of a request without an answer");
                return;
            }
            if (inFlight.isFull()) {
                reject(message, BrokenMessage.INTERNAL_ERROR, "too many requests are without an answer");
                return;
            }
        }
        message.cancels().ifPresent(inFlight::cancelled);
        gate.judge(who, message, this);
    }

    private void reject(ClientMessage message, int code, String why) {
        gate.refused(who, message, why);
        reject(Answers.error(message.id(), code, why));
    }

    @Override
    public void pass(ClientMessage message) {
        if (message.isRequest()) {
            Object id = requireNonNull(message.id());
            inFlight.add(id, message.isList() ? new Listing(gate, who, id) : (line, seen) -> line);
        }
        toServer(message.bytes());
    }

    @Override
    public CompletionStage<Outcome> call(ClientMessage message, byte[] judged) {
        Running running = new Running(new CompletableFuture<>());
        inFlight.add(requireNonNull(message.id()), running);
        if (!toServer(judged)) running.abandoned();
        return running.outcome();
    }

    @Override
    public void ask(ClientMessage message, byte[] instead, Decoy decoy) {
        inFlight.add(requireNonNull(message.id()), (line, seen) -> decoy.restore(line));
        toServer(instead);
    }

    @Override
    public void answer(byte[] answer) {
        client.accept(answer);
    }

    @Override
    public void reject(byte[] error) {
        client.accept(error);
    }

    @Override
    public void drop() {}

    private boolean toServer(byte[] message) {
        try {
            server.write(message);
            server.write('\n');
            server.flush();
            return true;
        } catch (IOException e) {
            // It has ended, and the gateway is about to.
            return false;
        }
    }

    private record Running(CompletableFuture<Outcome> outcome) implements InFlight.Waiting {
        @Override
        public byte[] answered(byte[] line, ServerMessage seen) {
            outcome.complete(seen.failed() ? Outcome.FAILED : Outcome.DONE);
            return line;
        }

        @Override
        public void abandoned() {
            outcome.complete(Outcome.FAILED);
        }
    }

    private record Listing(Gate gate, Identity who, Object id) implements InFlight.Waiting {
        @Override
        public byte[] answered(byte[] line, ServerMessage seen) {
            // An error is no list, and is the server's own to word. What only looks like one is read as a list.
            return seen.failed() && !seen.hasTools() ? line : gate.list(who, id, line);
        }

        @Override
        public byte @Nullable [] unreadable() {
            return gate.list(who, id, new byte[0]);
        }
    }
}
