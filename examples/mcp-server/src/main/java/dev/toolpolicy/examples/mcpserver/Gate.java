package dev.toolpolicy.examples.mcpserver;

import dev.toolpolicy.Identity;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the transport: a request without a token that is known gets no further, nor does one that uses a session which
 * another caller began. Who calls is what the token of each request says, and nothing that a session remembers.
 */
final class Gate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String CALLER = Gate.class.getName();
    private static final int MOST_SESSIONS = 10_000;

    private final transient Callers callers;

    /** Who began each session. What was forgotten is refused, and the client begins another. */
    private final transient Map<String, Identity> owners = Collections.synchronizedMap(new Owners());

    Gate(Callers callers) {
        this.callers = callers;
    }

    /** What the SDK keeps of a request for the handlers. */
    static McpTransportContext context(HttpServletRequest request) {
        return McpTransportContext.create(Map.of(CALLER, request.getAttribute(CALLER)));
    }

    /** Who sent the request; null if it did not come through here. */
    static @Nullable Identity caller(McpTransportContext context) {
        return (Identity) context.get(CALLER);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String authorization = request.getHeader("Authorization");
        Optional<Identity> who = callers.agent(authorization);
        String session = request.getHeader(HttpHeaders.MCP_SESSION_ID);
        if (who.isEmpty()) {
            response.setHeader("WWW-Authenticate", authorization == null ? "Bearer" : "Bearer error=\"invalid_token\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (session != null && !who.get().equals(owners.get(session))) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else {
            request.setAttribute(CALLER, who.get());
            chain.doFilter(request, new Noting(response, who.get()));
        }
    }

    /** Notes who began a session before the client hears of it. */
    private final class Noting extends HttpServletResponseWrapper {
        private final Identity who;

        Noting(HttpServletResponse response, Identity who) {
            super(response);
            this.who = who;
        }

        @Override
        public void setHeader(String name, String value) {
            if (name.equalsIgnoreCase(HttpHeaders.MCP_SESSION_ID)) owners.put(value, who);
            super.setHeader(name, value);
        }
    }

    private static final class Owners extends LinkedHashMap<String, Identity> {
        private static final long serialVersionUID = 1L;

        Owners() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
            return size() > MOST_SESSIONS;
        }
    }
}
