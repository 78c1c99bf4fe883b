package dev.toolpolicy.examples.mcpserver.demo;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An agent's client: the SDK's, as any host would use it. */
public final class Agent implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final McpSyncClient client;

    private Agent(McpClientTransport transport, String calledItself, Consumer<List<Tool>> listChanged) {
        client = McpClient.sync(transport)
                .clientInfo(Implementation.builder(calledItself, "1.0.0").build())
                .toolsChangeConsumer(listChanged)
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .build();
        client.initialize();
    }

    /** One that calls a server over HTTP. */
    public static Agent overHttp(String address, String token) {
        return overHttp(address, token, "demo", tools -> {});
    }

    /** One that says of itself who it is, and hears when there are other tools. */
    public static Agent overHttp(String address, String token, String calledItself, Consumer<List<Tool>> listChanged) {
        URI uri = URI.create(address);
        return new Agent(
                HttpClientStreamableHttpTransport.builder(uri.getScheme() + "://" + uri.getAuthority())
                        .endpoint(uri.getPath())
                        .addHttpRequestCustomizer((request, method, endpoint, body, context) ->
                                request.header("Authorization", "Bearer " + token))
                        .build(),
                calledItself,
                listChanged);
    }

    /** One that starts its server, speaks to it over stdio, and hears what it says beside. */
    public static Agent overStdio(List<String> command, Consumer<String> standardError) {
        StdioClientTransport transport = new StdioClientTransport(
                ServerParameters.builder(command.get(0))
                        .args(command.subList(1, command.size()))
                        .build(),
                McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(standardError);
        return new Agent(transport, "demo", tools -> {});
    }

    /** The names of the tools that it sees. */
    public List<String> tools() {
        return client.listTools().tools().stream().map(Tool::name).toList();
    }

    /**
     * Calls a tool.
     *
     * @throws io.modelcontextprotocol.spec.McpError if the answer is an error of the protocol
     */
    public CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
