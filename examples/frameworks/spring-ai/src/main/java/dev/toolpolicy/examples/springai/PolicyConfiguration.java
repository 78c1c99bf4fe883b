package dev.toolpolicy.examples.springai;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStreamableServerTransportProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.json.JsonMapper;

/** Guards a synchronous server over streamable HTTP. It needs an {@link Evaluator} as a bean, and requests with a principal. */
@Configuration(proxyBeanMethods = false)
public class PolicyConfiguration {
    @Bean
    static GuardedTools guardedTools(ObjectProvider<Evaluator> evaluator) {
        return new GuardedTools(evaluator);
    }

    // In place of Spring AI's own, which does no more than ask for immediate execution: there can be only one.
    @Bean
    @Primary
    McpSyncServerCustomizer guardedServer(GuardedTools tools) {
        // A hidden tool must not be known by its schema: the guard has arguments checked when it has let them through.
        return server ->
                server.immediateExecution(true).validateToolInputs(false).addToolFilter(tools::lists);
    }

    @Bean
    WebMvcStreamableServerTransportProvider transportThatKnowsCallers(
            @Qualifier("mcpServerJsonMapper") JsonMapper mapper, McpServerStreamableHttpProperties properties) {
        WebMvcStreamableServerTransportProvider.Builder transport = WebMvcStreamableServerTransportProvider.builder()
                .jsonMapper(new JacksonMcpJsonMapper(mapper))
                .mcpEndpoint(properties.getMcpEndpoint())
                .disallowDelete(properties.isDisallowDelete())
                .contextExtractor(PolicyConfiguration::caller);
        if (properties.getKeepAliveInterval() != null) transport.keepAliveInterval(properties.getKeepAliveInterval());
        return transport.build();
    }

    /** Of each request, for a session does not belong to whoever opened it. */
    private static McpTransportContext caller(ServerRequest request) {
        return request.principal()
                .map(principal -> McpTransportContext.create(
                        Map.<String, Object>of(GuardedTools.CALLER, Identity.of(principal.getName()))))
                .orElse(McpTransportContext.EMPTY);
    }

    // The server is asked for last: made any sooner, it would miss annotated beans that are made after it.
    @Bean
    SmartInitializingSingleton everyToolIsGuarded(ObjectProvider<McpSyncServer> server, GuardedTools tools) {
        return () -> {
            List<String> bare = server.getObject().listTools().stream()
                    .filter(tool -> !tools.isGuarded(tool))
                    .map(Tool::name)
                    .toList();
            if (!bare.isEmpty()) throw new IllegalStateException("tools without a guard: " + bare);
        };
    }
}
