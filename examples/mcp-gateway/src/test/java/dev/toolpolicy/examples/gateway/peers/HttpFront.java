package dev.toolpolicy.examples.gateway.peers;

import dev.toolpolicy.examples.gateway.GatewayProgram;
import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.examples.gateway.http.GrantFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gateway, started in front of a server that speaks HTTP. */
record HttpFront(Started process, String url, String token) implements AutoCloseable {
    private static final String TOKEN = "a-token-for-tests-of-43-letters-or-so-0123456";
    private static final String LISTENING = "listening on ";

    static HttpFront of(String upstream, Path folder, List<String> gatewayArgs)
            throws IOException, InterruptedException {
        Path grants = Files.createTempFile(folder, "grants", ".txt");
        Files.writeString(grants, GrantFile.line("tester", TOKEN, Map.of()) + "\n");
        List<String> args = new ArrayList<>(gatewayArgs);
        args.addAll(List.of("--upstream", upstream, "--listen", "127.0.0.1:0", "--grants", grants.toString()));
        Started process = Started.java(GatewayProgram.class, args);
        return new HttpFront(process, listening(process), TOKEN);
    }

    /** Where a server, or a gateway, says that it listens. */
    static String listening(Started process) throws InterruptedException {
        String line = process.said(LISTENING);
        return line.substring(line.indexOf(LISTENING) + LISTENING.length());
    }

    @Override
    public void close() {
        process.close();
    }
}
