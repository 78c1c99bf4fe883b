package dev.toolpolicy.examples.quarkus;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolCall;
import io.quarkiverse.mcp.server.ExecutionModel;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.SupportedExecutionModels;
import io.quarkiverse.mcp.server.ToolCallException;
import io.quarkiverse.mcp.server.ToolInputGuardrail;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a call, once, and hands the tool what was judged. Whatever it throws keeps the tool from running. */
@Singleton
@SupportedExecutionModels({ExecutionModel.WORKER_THREAD, ExecutionModel.VIRTUAL_THREAD
}) // an audit log writes to a disk
public class PolicyGuardrail implements ToolInputGuardrail {
    private final Evaluator evaluator;
    private final Caller caller;

    PolicyGuardrail(Evaluator evaluator, Caller caller) {
        this.evaluator = evaluator;
        this.caller = caller;
    }

    @Override
    public void apply(ToolInputContext context) {
        Identity who = caller.identity();
        String tool = context.getTool().name();
        JsonObject given = context.getArguments();
        ToolCall call = frozen(who, tool, given == null ? null : given.getMap());
        Optional<Refusal> refusal = evaluator.evaluate(call).refusal();
        if (refusal.isPresent()) throw refused(refusal.get(), tool);
        // A tool that is no method puts default values into its arguments: into a copy.
        context.setArguments(new JsonObject(new LinkedHashMap<>(call.arguments())));
    }

    private ToolCall frozen(@Nullable Identity who, String tool, @Nullable Map<String, Object> arguments) {
        try {
            return ToolCall.of(who, tool, arguments);
        } catch (MalformedCallException e) {
            Decision denied = evaluator.malformed(who, tool, e);
            throw refused(denied.refusal().orElseThrow(), tool);
        }
    }

    private static RuntimeException refused(Refusal refusal, String tool) {
        // Hidden since the filter has let it through.
        if (refusal.asUnknownTool())
            return new McpException("Invalid tool name: " + tool, JsonRpcErrorCodes.INVALID_PARAMS);
        return new ToolCallException(refusal.message());
    }
}
