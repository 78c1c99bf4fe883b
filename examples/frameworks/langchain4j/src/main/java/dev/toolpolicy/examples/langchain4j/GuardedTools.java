package dev.toolpolicy.examples.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.ToolGuard;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the tools of an AI service for each caller, and judges each call of them. */
public final class GuardedTools {
    private static final String CALLER = "dev.toolpolicy.caller";

    private final ToolGuard guard;
    private final Function<ToolExecutionRequest, ToolExecutionResultMessage> unknownTool;

    /**
     * Guards by this evaluator.
     *
     * @param unknownTool what the AI service has as {@code hallucinatedToolNameStrategy}, for a hidden tool to answer the same;
     *     it answers, and does not throw
     */
    public GuardedTools(Evaluator evaluator, Function<ToolExecutionRequest, ToolExecutionResultMessage> unknownTool) {
        this.guard = ToolGuard.around(evaluator)
                .failedWhen(result -> result instanceof ToolExecutionResult ran && ran.isError());
        this.unknownTool = unknownTool;
    }

    /** How the host says who calls: an argument of the AI service's method. A memory id says nothing of that. */
    public static InvocationParameters calledBy(Identity who) {
        return InvocationParameters.from(CALLER, who);
    }

    /** The same tools, guarded, without those that this caller must not see. Names are as the model knows them. */
    public ToolProvider around(ToolProvider tools) {
        return new ToolProvider() {
            @Override
            public ToolProviderResult provideTools(ToolProviderRequest request) {
                return guarded(tools.provideTools(request), caller(request.invocationContext()));
            }

            @Override
            public boolean isDynamic() {
                return tools.isDynamic();
            }
        };
    }

    private ToolProviderResult guarded(@Nullable ToolProviderResult tools, @Nullable Identity who) {
        ToolProviderResult.Builder listed = ToolProviderResult.builder();
        if (tools == null) return listed.build();
        for (AiServiceTool tool : tools.aiServiceTools()) {
            if (guard.lists(who, tool.name())) {
                listed.add(tool.toBuilder()
                        .toolExecutor(around(tool.toolExecutor()))
                        .build());
            }
        }
        return listed.build();
    }

    /** The same tool, guarded: for a {@code toolWrapper}, and wherever else executors are at hand. */
    public ToolExecutor around(ToolExecutor tool) {
        return new ToolExecutor() {
            @Override
            public ToolExecutionResult executeWithContext(
                    ToolExecutionRequest request, @Nullable InvocationContext context) {
                return judged(request, context, tool);
            }

            @Override
            public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
                // Nobody says here who calls, and so it is refused.
                return judged(request, null, tool).resultText();
            }
        };
    }

    private ToolExecutionResult judged(
            ToolExecutionRequest request, @Nullable InvocationContext context, ToolExecutor tool) {
        Identity who = caller(context);
        String given = request.arguments();
        return guard.call(
                who,
                request.name(),
                // Models leave out the arguments of a tool that takes none.
                given == null || given.isBlank() ? "{}" : given,
                frozen -> {
                    String arguments = ToolCall.of(who, request.name(), frozen).argumentsJson();
                    return tool.executeWithContext(
                            request.toBuilder().arguments(arguments).build(), context);
                },
                refusal -> refused(request, refusal));
    }

    private ToolExecutionResult refused(ToolExecutionRequest request, Refusal refusal) {
        ToolExecutionResult.Builder answer = ToolExecutionResult.builder();
        if (refusal.asUnknownTool()) {
            return answer.resultText(unknownTool.apply(request).text()).build();
        }
        return answer.isError(true)
                .resultText(refusal.message())
                .attributes(refusal.asMeta())
                .build();
    }

    private static @Nullable Identity caller(@Nullable InvocationContext context) {
        InvocationParameters parameters = context == null ? null : context.invocationParameters();
        return parameters != null && parameters.asMap().get(CALLER) instanceof Identity who ? who : null;
    }
}
