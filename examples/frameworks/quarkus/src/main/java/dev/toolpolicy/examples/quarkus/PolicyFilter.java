package dev.toolpolicy.examples.quarkus;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.ToolGuard;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolGuardrails;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import jakarta.inject.Singleton;

/** Lets through, in lists and in calls, what the caller may see and {@link PolicyGuardrail} judges. */
@Singleton
class PolicyFilter implements ToolFilter {
    private final ToolGuard guard;
    private final Caller caller;

    // Quarkus skips a guardrail that it cannot make: one that is wanted here is made, or nothing starts.
    PolicyFilter(Evaluator evaluator, Caller caller, PolicyGuardrail guardrail) {
        this.guard = ToolGuard.around(evaluator);
        this.caller = caller;
    }

    @Override
    public boolean test(ToolInfo tool, FilterContext context) {
        try {
            return isJudged(tool) && guard.lists(caller.identity(), tool.name());
        } catch (Throwable e) {
            // Quarkus takes a filter that throws for one that has no objection.
            return false;
        }
    }

    /** The last guardrail must be ours: one after it could change what was judged. */
    private static boolean isJudged(ToolInfo tool) {
        Class<?>[] guardrails = tool.method()
                .map(method -> method.getAnnotation(ToolGuardrails.class))
                .map(ToolGuardrails::input)
                .orElse(null);
        return guardrails != null
                && guardrails.length > 0
                && guardrails[guardrails.length - 1] == PolicyGuardrail.class;
    }
}
