package dev.toolpolicy.examples.mcpserver;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolGuard;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of an MCP server, each listed and run only as the policy says. There is no other way to the server than this. */
final class GuardedTools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTools.class);

    private final ToolGuard guard;
    private final Function<McpTransportContext, @Nullable Identity> caller;
    private final McpSyncServer server;

    /** What a tool does for a caller. */
    @FunctionalInterface
    interface Work {
        CallToolResult run(Identity who, Map<String, @Nullable Object> arguments) throws Exception;
    }

    /** A tool, and what it does. */
    record Offer(Tool tool, Work work) {}

    // README from here
    /** @param caller who sent a request, by what the transport knows of it and never by what the client says */
    GuardedTools(
            Evaluator evaluator,
            Function<McpTransportContext, @Nullable Identity> caller,
            McpServer.SyncSpecification<?> specification,
            List<Offer> offers) {
        this.guard = ToolGuard.around(evaluator)
                .failedWhen(result -> result instanceof CallToolResult answer && Boolean.TRUE.equals(answer.isError()))
                .listOnlyAllowed();
        this.caller = caller;
        this.server = specification
                .tools(offers.stream().map(this::guarded).toList())
                .addToolFilter((context, tool) -> guard.lists(caller.apply(context), tool.name()))
                // The SDK would answer for arguments that do not fit before anybody is asked who calls, and nobody
                // would record it.
                .validateToolInputs(false)
                .build();
    }

    /** Adds a tool to the running server. */
    void add(Offer offer) {
        server.addTool(guarded(offer));
    }

    private SyncToolSpecification guarded(Offer offer) {
        return SyncToolSpecification.builder()
                .tool(offer.tool())
                .callHandler(
                        (exchange, request) -> call(caller.apply(exchange.transportContext()), request, offer.work()))
                .build();
    }

    private CallToolResult call(@Nullable Identity who, CallToolRequest request, Work work) {
        return guard.call(
                who,
                request.name(),
                request.arguments(),
                arguments -> run(work, requireNonNull(who), arguments),
                refusal -> refused(request.name(), refusal));
    }

    private static CallToolResult refused(String tool, Refusal refusal) {
        if (refusal.asUnknownTool()) throw unknown(tool);
        return CallToolResult.builder()
                .addTextContent(refusal.message())
                .isError(true)
                .meta(refusal.asMeta())
                .build();
    }
    // README to here

    /** Word for word what the SDK answers for a tool that the server does not have. */
    private static McpError unknown(String tool) {
        return McpError.builder(ErrorCodes.INVALID_PARAMS)
                .message("Unknown tool: invalid_tool_name")
                .data("Tool not found: " + tool)
                .build();
    }

    private static CallToolResult run(Work work, Identity who, Map<String, @Nullable Object> arguments) {
        try {
            return work.run(who, arguments);
        } catch (Throwable e) {
            // The SDK would send the message to the agent, whatever is in it.
            LOG.error("a tool failed", e);
            return CallToolResult.builder()
                    .addTextContent("the tool failed")
                    .isError(true)
                    .build();
        }
    }

    /** Tells clients that what they may see has changed. */
    void listChanged() {
        server.notifyToolsListChanged();
    }

    @Override
    public void close() {
        server.closeGracefully();
    }
}
