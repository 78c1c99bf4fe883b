package dev.toolpolicy.examples.mcpserver;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Streamable HTTP on the loopback interface: Tomcat, the gate, and behind it the SDK's transport. */
final class HttpFront implements AutoCloseable {
    private static final String ENDPOINT = "/mcp";
    private static final int LONGEST_REQUEST = 2 << 20;

    /** Held, for a logger that nobody holds forgets its level. The second warns of threads, of which this program has one lot. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.apache"), Logger.getLogger("org.apache.catalina.loader"));

    private final Tomcat tomcat = new Tomcat();

    /** Listens from now on: whoever has tools behind this transport has them there by now. */
    HttpFront(HttpServletStreamableServerTransportProvider transport, Callers callers, int port, Path work)
            throws LifecycleException {
        QUIET.get(0).setLevel(Level.WARNING);
        QUIET.get(1).setLevel(Level.SEVERE);
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(port);
        tomcat.setHostname("localhost");
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Else a port that is taken would only be logged.
        tomcat.getConnector().setThrowOnFailure(true);
        // The SDK writes "Connection: keep-alive" over Tomcat's announcement that it will close.
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        // Its pages of errors tell which server this is.
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(null);
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "mcp", transport);
        servlet.setAsyncSupported(true);
        servlet.addMapping(ENDPOINT);
        addGate(context, callers);
        tomcat.start();
    }

    static HttpServletStreamableServerTransportProvider transport(McpJsonMapper json) {
        return HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(json)
                .mcpEndpoint(ENDPOINT)
                .contextExtractor(Gate::context)
                // A page in a browser sends an Origin, and none is allowed; a name that was made to lead here is no
                // Host of ours.
                .httpHeaderValidator(DefaultServerTransportSecurityValidator.builder()
                        .allowedHosts(List.of("127.0.0.1:*", "localhost:*"))
                        .build())
                .maxRequestSize(LONGEST_REQUEST)
                .build();
    }

    private static void addGate(Context context, Callers callers) {
        FilterDef gate = new FilterDef();
        gate.setFilterName("gate");
        gate.setFilter(new Gate(callers));
        gate.setAsyncSupported("true");
        context.addFilterDef(gate);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("gate");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        }
    }
}
