package dev.toolpolicy.examples.mcpserver;

import dev.toolpolicy.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The other end of a server's stdio, which writes whatever lines it is told to; a pair of sockets stands for the two pipes. */
final class RawStdio implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket here;
    private final Socket there;
    private final BufferedReader answers;
    private final CompletableFuture<Void> served;

    RawStdio(Site site, String grant) throws IOException {
        this(site.serving, site.callers.granted(grant).orElseThrow());
    }

    RawStdio(Serving serving, Identity who) throws IOException {
        try (ServerSocket meeting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            here = new Socket(InetAddress.getLoopbackAddress(), meeting.getLocalPort());
            there = meeting.accept();
        }
        // A test that would wait for ever fails.
        here.setSoTimeout(PATIENCE_MILLIS);
        answers = new BufferedReader(new InputStreamReader(here.getInputStream(), StandardCharsets.UTF_8));
        served = CompletableFuture.runAsync(() -> serve(serving, who), work -> new Thread(work, "stdio").start());
    }

    private void serve(Serving serving, Identity who) {
        try (there) {
            serving.overStdio(who, there.getInputStream(), there.getOutputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that has begun, and says that it is somebody. */
    static RawStdio begun(Site site, String grant) throws IOException {
        return begun(site.serving, site.callers.granted(grant).orElseThrow());
    }

    static RawStdio begun(Serving serving, Identity who) throws IOException {
        RawStdio client = new RawStdio(serving, who);
        client.write(RawHttp.INITIALIZE);
        client.read();
        client.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return client;
    }

    void write(String line) throws IOException {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = here.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    String read() throws IOException {
        String line = answers.readLine();
        if (line == null) throw new IOException("the server has ended");
        return line;
    }

    /** What a request of {@code tools/call} is answered, as it came. */
    String call(String params) throws IOException {
        write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":" + params + "}");
        return read();
    }

    /** Ends the input, and waits for the server to end. */
    void end() throws IOException {
        if (!here.isOutputShutdown()) here.shutdownOutput();
        served.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() throws IOException {
        end();
        here.close();
    }
}
