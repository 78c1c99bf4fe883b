package dev.toolpolicy.examples.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** An agent as the tests need one: calls the tool that the user names, whether it was offered or not, and repeats what it hears. */
final class ScriptedModel implements ChatModel {
    /** What was offered last. */
    List<String> offered = List.of();

    @Override
    public ChatResponse doChat(ChatRequest request) {
        offered = request.toolSpecifications().stream()
                .map(ToolSpecification::name)
                .sorted()
                .toList();
        return ChatResponse.builder().aiMessage(answer(request)).build();
    }

    private static AiMessage answer(ChatRequest request) {
        var last = request.messages().get(request.messages().size() - 1);
        if (last instanceof ToolExecutionResultMessage heard) {
            return AiMessage.from((Boolean.TRUE.equals(heard.isError()) ? "refused: " : "") + heard.text());
        }
        String[] wish = ((UserMessage) last).singleText().split(" ", 2);
        return AiMessage.from(ToolExecutionRequest.builder()
                .id("1")
                .name(wish[0])
                .arguments(wish.length < 2 ? "" : wish[1])
                .build());
    }
}
