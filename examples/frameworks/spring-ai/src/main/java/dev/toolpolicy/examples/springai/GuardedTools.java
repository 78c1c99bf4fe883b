package dev.toolpolicy.examples.springai;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolGuard;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.util.ToolInputValidator;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Wraps every tool that is a bean, whoever made it, and those that are given to the server later. */
public final class GuardedTools implements BeanPostProcessor {
    /** Under which the transport puts who calls. */
    static final String CALLER = "dev.toolpolicy.caller";

    // This is made before other beans are, and so asks for the evaluator when it needs it.
    private final ObjectProvider<Evaluator> evaluator;
    /** By identity: a tool that has the name of one is another. */
    private final Set<Tool> guarded = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    GuardedTools(ObjectProvider<Evaluator> evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof McpSyncServer server) return guardedServer(server);
        if (!(bean instanceof List<?> list) || list.stream().noneMatch(SyncToolSpecification.class::isInstance)) {
            return bean;
        }
        return list.stream()
                .map(element -> element instanceof SyncToolSpecification tool ? around(tool) : element)
                .toList();
    }

    private McpSyncServer guardedServer(McpSyncServer server) {
        return new McpSyncServer(server.getAsyncServer(), true) {
            @Override
            public void addTool(SyncToolSpecification tool) {
                super.addTool(around(tool));
            }
        };
    }

    private SyncToolSpecification around(SyncToolSpecification tool) {
        guarded.add(tool.tool());
        return new SyncToolSpecification(
                tool.tool(),
                (exchange, request) -> guard().call(
                                caller(exchange.transportContext()),
                                tool.tool().name(),
                                request.arguments(),
                                (arguments, permit) -> {
                                    CallToolResult invalid = ToolInputValidator.validate(
                                            tool.tool(), arguments, true, McpJsonDefaults.getSchemaValidator());
                                    if (invalid != null) {
                                        permit.refund();
                                        return invalid;
                                    }
                                    CallToolRequest judged =
                                            new CallToolRequest(request.name(), arguments, request.meta());
                                    return tool.callHandler().apply(exchange, judged);
                                },
                                refusal -> refused(refusal, request.name())));
    }

    private static CallToolResult refused(Refusal refusal, String tool) {
        if (refusal.asUnknownTool()) {
            throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                    .message("Unknown tool: invalid_tool_name")
                    .data("Tool not found: " + tool)
                    .build();
        }
        return CallToolResult.builder()
                .addTextContent(refusal.message())
                .meta(refusal.asMeta())
                .isError(true)
                .build();
    }

    boolean lists(McpTransportContext context, Tool tool) {
        return guard().lists(caller(context), tool.name());
    }

    boolean isGuarded(Tool tool) {
        return guarded.contains(tool);
    }

    private ToolGuard guard() {
        return ToolGuard.around(evaluator.getObject())
                .failedWhen(result -> result instanceof CallToolResult ran && Boolean.TRUE.equals(ran.isError()));
    }

    private static @Nullable Identity caller(McpTransportContext context) {
        return context.get(CALLER) instanceof Identity who ? who : null;
    }
}
