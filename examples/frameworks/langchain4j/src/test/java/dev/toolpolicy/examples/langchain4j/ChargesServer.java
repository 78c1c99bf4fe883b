package dev.toolpolicy.examples.langchain4j;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An MCP server over stdio that knows of no policy: a program of its own, started by the tests. */
final class ChargesServer {
    private ChargesServer() {}

    public static void main(String[] args) {
        AtomicInteger charges = new AtomicInteger();
        var server = McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("charges", "1");
        Map<String, Function<Map<String, Object>, String>> tools = Map.of(
                "create_charge", arguments -> charged(charges, arguments),
                "refund_charge", arguments -> "refunded",
                "delete_charges", arguments -> "deleted " + charges.getAndSet(0),
                "list_secrets", arguments -> "all of them",
                "count_charges", arguments -> charges.get() + " charges");
        tools.forEach((name, tool) -> server.toolCall(
                Tool.builder(name, Map.of("type", "object")).build(),
                (exchange, request) -> CallToolResult.builder()
                        .addTextContent(tool.apply(request.arguments()))
                        .build()));
        server.build();
    }

    private static String charged(AtomicInteger charges, Map<String, Object> arguments) {
        charges.incrementAndGet();
        return "charged with "
                + arguments.entrySet().stream().map(Object::toString).sorted().toList();
    }
}
