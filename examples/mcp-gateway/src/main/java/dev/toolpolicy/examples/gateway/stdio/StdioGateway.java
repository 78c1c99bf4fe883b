package dev.toolpolicy.examples.gateway.stdio;

import dev.toolpolicy.Identity;
import dev.toolpolicy.examples.gateway.rpc.Answers;
import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import dev.toolpolicy.examples.gateway.rpc.ServerMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client, on its own standard streams, and a server that it starts. It ends when the server ends, with the server's
 * exit code; when the client goes, the server is asked to go, and then made to.
 */
public final class StdioGateway {
    /** Of one message from the server: a larger one could not be looked at, and is not passed on unseen. */
    private static final int MOST_FROM_SERVER = 64 << 20;

    private static final long PATIENCE_SECONDS = 5;

    private final Gate gate;
    private final Identity who;
    private final Process server;
    private final OutputStream client;
    private final InFlight inFlight = new InFlight();
    private volatile boolean tellsOfChanges;

    private StdioGateway(Gate gate, Identity who, Process server, OutputStream client) {
        this.gate = gate;
        this.who = who;
        this.server = server;
        this.client = client;
    }

    /** Starts the server; what it writes to its standard error goes where ours goes. */
    public static StdioGateway start(Gate gate, Identity who, List<String> command, OutputStream client)
            throws IOException {
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new StdioGateway(gate, who, server, client);
    }

    /** Serves until the server has ended; its exit code. */
    public int serve(InputStream fromClient) throws InterruptedException {
        daemon("from the client", () -> readClient(fromClient));
        Thread answers = daemon("from the server", this::readServer);
        // Its last words come before its end.
        answers.join();
        int code = server.waitFor();
        inFlight.abandonAll();
        return code;
    }

    /** The policy is another: what the client has for a list may be wrong now. */
    public void policyChanged() {
        if (tellsOfChanges) toClient(Answers.toolsChanged());
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void readClient(InputStream fromClient) {
        try (OutputStream toServer = new BufferedOutputStream(server.getOutputStream())) {
            StdioExchange exchange = new StdioExchange(gate, who, inFlight, toServer, this::toClient);
            Lines lines = new Lines(fromClient, ClientMessage.MAX_BYTES);
            byte[] line;
            while ((line = lines.next()) != null) {
                if (line == Lines.TOO_LONG) gate.tooLong(who, exchange);
                else gate.read(who, line, exchange).ifPresent(exchange::judge);
            }
        } catch (IOException e) {
            // One of the two is gone; which one, the other thread finds.
        }
        endSoon();
    }

    private void readServer() {
        Lines lines = new Lines(server.getInputStream(), MOST_FROM_SERVER);
        try {
            byte[] line;
            while ((line = lines.next()) != null) {
                if (line == Lines.TOO_LONG) {
                    System.err.println("mcp-gateway: the server sent a message of more than " + (MOST_FROM_SERVER >> 20)
                            + " MiB, and is ended");
                    server.destroy();
                    return;
                }
                fromServer(line);
            }
        } catch (IOException e) {
            server.destroy();
        } catch (RuntimeException | Error e) {
            // Nobody would read its answers any more: better an end than a silence.
            System.err.println("mcp-gateway: the server is ended, for its messages cannot be read: "
                    + e.getClass().getName());
            server.destroy();
        }
    }

    private void fromServer(byte[] line) {
        Optional<ServerMessage> seen = ServerMessage.glance(line);
        if (seen.isEmpty()) {
            List<byte[]> instead = inFlight.takeUnreadable();
            if (instead.isEmpty()) toClient(line);
            else instead.forEach(this::toClient);
            return;
        }
        ServerMessage message = seen.get();
        if (message.offersListChanges()) tellsOfChanges = true;
        byte[] answer = line;
        if (message.answers()) {
            for (Object id : message.ids()) {
                InFlight.Waiting request = inFlight.take(id);
                if (request != null) answer = request.answered(answer, message);
            }
            // Whatever it is an answer to: a list is a list.
            if (answer == line && message.hasTools()) {
                answer = gate.list(who, message.id().orElse(null), line);
            }
        }
        toClient(answer);
    }

    private void toClient(byte[] message) {
        synchronized (client) {
            try {
                client.write(message);
                client.write('\n');
                client.flush();
            } catch (IOException e) {
                // The client is gone, and its own stream will say so.
            }
        }
    }

    /** Its standard input is closed: it ends by itself, or is made to. */
    private void endSoon() {
        try {
            if (server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Ends the server, in good time or without. */
    public void end() {
        server.destroy();
        try {
            if (server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }
}
