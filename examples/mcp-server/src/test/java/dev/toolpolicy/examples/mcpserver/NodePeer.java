package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client that somebody else wrote, in a process of its own. */
final class NodePeer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String DOOR = "people answer at ";
    /** What the inspector begins with where an answer is an error. */
    private static final String FAILED = "MCP error";

    private static final String END = "<the end>";

    private final Process process;
    private final PrintWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> err = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> door = new CompletableFuture<>();

    private NodePeer(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                // The inspector looks for its own name above the folder in which it is started.
                .directory(NodePackages.TARGET.resolve("node_modules").toFile())
                .start();
        in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        read(process.inputReader(StandardCharsets.UTF_8), out::add);
        read(process.errorReader(StandardCharsets.UTF_8), line -> {
            err.add(line);
            if (line.startsWith(DOOR)) door.complete(line.substring(DOOR.length()));
        });
    }

    /** A client of the TypeScript SDK, which does what it is told; {@code client.mjs} says how it comes to its server. */
    static NodePeer client(Map<String, Object> connection) throws IOException {
        String script = NodePackages.TARGET.resolve("client.mjs").toString();
        return new NodePeer(List.of("node", script, Site.JSON.writeValueAsString(connection)));
    }

    /** The MCP inspector's command line; what it prints, or why it does not. */
    static String inspector(List<String> args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("node", "@modelcontextprotocol/inspector-cli/build/cli.js", "--cli"));
        command.addAll(args);
        try (NodePeer inspector = new NodePeer(command)) {
            StringBuilder printed = new StringBuilder();
            for (String line = next(inspector.out); !line.equals(END); line = next(inspector.out)) printed.append(line);
            if (!printed.isEmpty()) return printed.toString();
            String line = next(inspector.err);
            while (!line.contains(FAILED)) line = next(inspector.err);
            return line;
        }
    }

    private static void read(BufferedReader lines, Consumer<String> to) {
        Thread reader = new Thread(() -> {
            try (lines) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) to.accept(line);
            } catch (IOException e) {
                // It is gone.
            }
            to.accept(END);
        });
        reader.setDaemon(true);
        reader.start();
    }

    private static String next(BlockingQueue<String> lines) throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("a line in time").isNotNull();
        return line;
    }

    /** What comes of a request. */
    JsonNode request(String method, Map<String, Object> params) throws IOException, InterruptedException {
        in.println(Site.JSON.writeValueAsString(Map.of("method", method, "params", params)));
        return Site.JSON.readTree(next(out));
    }

    /** Where people answer, as a server says that this client has started. */
    String door() {
        return door.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** It ends when it is told no more, and whatever it has started with it. */
    @Override
    public void close() {
        in.close();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
