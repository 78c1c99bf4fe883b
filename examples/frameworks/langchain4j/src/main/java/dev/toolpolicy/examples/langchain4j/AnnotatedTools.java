package dev.toolpolicy.examples.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.lang.reflect.Method;

/** The {@code @Tool} methods of an object as a provider: {@code AiServices.tools(object)} leaves nothing to wrap. */
public record AnnotatedTools(Object object) implements ToolProvider {
    @Override
    public ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult.Builder tools = ToolProviderResult.builder();
        for (Method method : object.getClass().getDeclaredMethods()) {
            Tool tool = method.getAnnotation(Tool.class);
            if (tool != null)
                tools.add(ToolSpecifications.toolSpecificationFrom(method), executor(method), tool.returnBehavior());
        }
        return tools.build();
    }

    private ToolExecutor executor(Method method) {
        // What a tool throws reaches the service's own error handlers, as with AiServices.tools(object).
        return DefaultToolExecutor.builder()
                .object(object)
                .originalMethod(method)
                .methodToInvoke(method)
                .wrapToolArgumentsExceptions(true)
                .propagateToolExecutionExceptions(true)
                .build();
    }
}
