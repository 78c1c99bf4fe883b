package dev.toolpolicy.examples.quarkus;

import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;

/** Changes the policy between the filter, which has let a call through, and the guardrail. */
@Singleton
@Priority(-1)
class LaterFilter implements ToolFilter {
    static volatile Runnable beforeTheGuardrail = () -> {};

    @Override
    public boolean test(ToolInfo tool, FilterContext context) {
        if (context.method() == McpMethod.TOOLS_CALL) beforeTheGuardrail.run();
        return true;
    }
}
