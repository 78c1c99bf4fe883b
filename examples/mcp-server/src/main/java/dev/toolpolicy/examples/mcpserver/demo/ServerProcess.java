package dev.toolpolicy.examples.mcpserver.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The server over HTTP, in a process of its own, which ends with this object, or with this process. */
public final class ServerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Addresses addresses;
    private final Thread hook;

    private ServerProcess(Process process, Addresses addresses) {
        this.process = process;
        this.addresses = addresses;
        this.hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts it on ports that are free, and waits until it listens. */
    public static ServerProcess start(Premises premises) throws IOException {
        List<String> command = premises.command("http", "--port", "0");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Addresses addresses = new Addresses();
        Thread reader = new Thread(() -> read(process, addresses), "reads-stderr");
        reader.setDaemon(true);
        reader.start();
        try {
            addresses.mcp.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return new ServerProcess(process, addresses);
        } catch (CompletionException e) {
            process.destroy();
            throw new IOException("the server did not start: " + String.join("\n", addresses.said), e);
        }
    }

    private static void read(Process process, Addresses addresses) {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) addresses.hear(line);
        } catch (IOException e) {
            addresses.said.add(String.valueOf(e.getMessage()));
        }
        addresses.mcp.completeExceptionally(new IOException("it ended"));
    }

    /** Where agents call. */
    public String mcp() {
        return addresses.mcp.join();
    }

    /** Where people answer. */
    public String questions() {
        return addresses.questions.join();
    }

    /** Has it stop as an operator would, and waits for that. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** What the server says where it listens. */
    private static final class Addresses {
        private final CompletableFuture<String> mcp = new CompletableFuture<>();
        private final CompletableFuture<String> questions = new CompletableFuture<>();
        private final List<String> said = new CopyOnWriteArrayList<>();

        void hear(String line) {
            said.add(line);
            String address = line.substring(line.lastIndexOf(' ') + 1);
            if (line.startsWith("people answer at ")) questions.complete(address);
            if (line.startsWith("agents call ")) mcp.complete(address);
        }
    }
}
