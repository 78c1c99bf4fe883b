package dev.toolpolicy.examples.mcpserver;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.examples.mcpserver.GuardedTools.Offer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.LifecycleException;

/** The same tools under the same policy, over either transport, until it is time to stop. */
record Serving(Evaluator evaluator, PolicySource policy, List<Offer> offers, StrictJson json, CountDownLatch stop) {
    /** Over a pair of streams: whoever started this process is the caller that the operator says. */
    void overStdio(Identity who, InputStream in, OutputStream out) throws InterruptedException {
        MessageLines lines = new MessageLines(in, out, json, stop::countDown);
        try (GuardedTools tools = new GuardedTools(
                evaluator,
                context -> who,
                specified(McpServer.sync(new StdioServerTransportProvider(json, lines, out))),
                offers)) {
            Reloads.tell(policy, tools);
            stop.await();
        }
    }

    /** Over HTTP: the token of each request says who sends it. */
    void overHttp(Callers callers, int port, Path work) throws LifecycleException, InterruptedException {
        HttpServletStreamableServerTransportProvider transport = HttpFront.transport(json);
        try (GuardedTools tools = new GuardedTools(evaluator, Gate::caller, overHttp(transport), offers);
                HttpFront front = new HttpFront(transport, callers, port, work)) {
            Reloads.tell(policy, tools);
            System.err.println("agents call http://127.0.0.1:" + front.port() + "/mcp");
            stop.await();
        }
    }

    /**
     * Handlers run on the request's own thread, which waits for them anyway. On those that the SDK takes otherwise, an error that a
     * handler throws, as for a hidden tool, may interrupt its own thread, and with that cut the connection.
     */
    SyncSpecification<?> overHttp(HttpServletStreamableServerTransportProvider transport) {
        return specified(McpServer.sync(transport)).immediateExecution(true);
    }

    private SyncSpecification<?> specified(SyncSpecification<?> specification) {
        return specification
                .serverInfo("notes-and-charges", "1.0.0")
                .capabilities(ServerCapabilities.builder().tools(true).build())
                // How long a client may take to answer this server, which holds a thread; a client can have itself
                // asked.
                .requestTimeout(Duration.ofSeconds(10))
                .jsonMapper(json);
    }
}
