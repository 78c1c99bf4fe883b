package dev.toolpolicy.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.ToolGuard;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An AI service with the tools of a real MCP server, and with annotated ones. */
class GuardedToolsTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final PolicySource POLICY = PolicySource.of(PolicyParser.standard()
            .parse(Path.of("src/test/resources/policy.json"))
            .orThrow());
    private static final PolicySource BROKEN = who -> {
        throw new IllegalStateException("the policies cannot be reached");
    };

    /** What the host's program has. */
    interface Assistant {
        String chat(@MemoryId String conversation, @UserMessage String message, InvocationParameters caller);
    }

    static ToolExecutionResultMessage unknownTool(ToolExecutionRequest request) {
        return ToolExecutionResultMessage.from(request, "There is no tool " + request.name());
    }

    private static McpClient client;
    private final ScriptedModel model = new ScriptedModel();
    private final ChatMemoryProvider memory = conversation -> MessageWindowChatMemory.withMaxMessages(20);

    @BeforeAll
    static void startServer() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        client = DefaultMcpClient.builder()
                .transport(StdioMcpTransport.builder()
                        .command(List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChargesServer.class.getName()))
                        .build())
                .initializationTimeout(Duration.ofMinutes(1))
                .build();
    }

    @AfterAll
    static void stopServer() throws Exception {
        client.close();
    }

    private static Evaluator evaluator(PolicySource source) {
        return Evaluator.builder(source)
                .counters(Bucket4jCounters.inMemory())
                .clock(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")))
                .build();
    }

    private static InvocationContext calledBy(Identity who) {
        return InvocationContext.builder()
                .invocationParameters(GuardedTools.calledBy(who))
                .build();
    }

    private Assistant assistant(ToolProvider tools) {
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemoryProvider(memory)
                .toolProvider(tools)
                .hallucinatedToolNameStrategy(GuardedToolsTest::unknownTool)
                .build();
    }

    private Assistant guardedAssistant(PolicySource source) {
        Evaluator evaluator = evaluator(source);
        McpToolProvider tools = McpToolProvider.builder().mcpClients(client).build();
        Function<ToolExecutionRequest, ToolExecutionResultMessage> unknownTool = GuardedToolsTest::unknownTool;
        // README from here
        GuardedTools guarded = new GuardedTools(evaluator, unknownTool);
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemoryProvider(memory)
                .toolProvider(guarded.around(tools))
                .hallucinatedToolNameStrategy(unknownTool)
                .build();
        // README to here
        return assistant;
    }

    private static String say(Assistant assistant, Identity who, String message) {
        return assistant.chat("conversation", message, GuardedTools.calledBy(who));
    }

    @Test
    void whatIsAllowedRunsWithWhatWasJudged() {
        Assistant assistant = guardedAssistant(POLICY);

        String before = say(assistant, ALICE, "count_charges");
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"usd\", \"amount\": 12345678901234567890}"))
                .isEqualTo("charged with [amount=12345678901234567890, currency=usd]");
        assertThat(say(assistant, ALICE, "count_charges")).isNotEqualTo(before);
        assertThat(model.offered).doesNotContain("delete_charges").contains("list_secrets", "create_charge");
    }

    @Test
    void whatIsDeniedSaysWhyAndDoesNotRun() {
        Assistant assistant = guardedAssistant(POLICY);

        String before = say(assistant, ALICE, "count_charges");
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"gbp\"}"))
                .isEqualTo("refused: only USD and EUR");
        // LangChain4j would mend the first and take the last currency of the second.
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"usd\",}"))
                .startsWith("refused: ");
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"usd\", \"currency\": \"gbp\"}"))
                .startsWith("refused: ");
        assertThat(say(assistant, ALICE, "list_secrets")).startsWith("refused: ");
        assertThat(say(assistant, ALICE, "count_charges")).isEqualTo(before);
    }

    @Test
    void toolGetsTheFrozenArgumentsAndNotTheTextThatCame() {
        ToolExecutor guarded = new GuardedTools(evaluator(POLICY), GuardedToolsTest::unknownTool)
                .around((request, id) -> request.arguments());
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .name("create_charge")
                .arguments(" { \"curr\\u0065ncy\" : \"usd\" } ")
                .build();

        assertThat(guarded.executeWithContext(request, calledBy(ALICE)).resultText())
                .isEqualTo("{\"currency\":\"usd\"}");
    }

    @Test
    void fractionIsJudgedWithAllItsDigitsAndSentAsADouble() {
        assertThat(say(
                        guardedAssistant(POLICY),
                        ALICE,
                        "create_charge {\"currency\": \"usd\", \"amount\": 100.00000000000000001}"))
                .isEqualTo("charged with [amount=100.0, currency=usd]");
    }

    @Test
    void limitCountsEachCallOnce() {
        Assistant assistant = guardedAssistant(POLICY);

        assertThat(say(assistant, ALICE, "refund_charge")).isEqualTo("refunded");
        assertThat(say(assistant, ALICE, "refund_charge"))
                .startsWith("refused: ")
                .endsWith("retry in 43200 s");
        assertThat(say(assistant, Identity.of("bob"), "refund_charge")).isEqualTo("refunded");
    }

    @Test
    void hiddenToolIsAsUnknownAsAnyOther() {
        Assistant assistant = guardedAssistant(POLICY);

        assertThat(say(assistant, ALICE, "delete_charges {}")).isEqualTo("There is no tool delete_charges");
        assertThat(say(assistant, ALICE, "delete_others {}")).isEqualTo("There is no tool delete_others");
        assertThat(say(assistant, ALICE, "no_such_tool {}")).isEqualTo("There is no tool no_such_tool");
    }

    @Test
    void toolThatWasHiddenAfterItWasListedAnswersTheSame() {
        GuardedTools guarded = new GuardedTools(evaluator(POLICY), GuardedToolsTest::unknownTool);
        McpToolProvider wrapped = McpToolProvider.builder()
                .mcpClients(client)
                .toolWrapper(guarded::around)
                .build();
        Assistant assistant = assistant(wrapped);

        assertThat(say(assistant, ALICE, "delete_charges {}")).isEqualTo("There is no tool delete_charges");
        assertThat(say(assistant, ALICE, "delete_charges {")).isEqualTo("There is no tool delete_charges");
        assertThat(model.offered).contains("delete_charges");
    }

    @Test
    void nobodyIsNotACaller() {
        Assistant assistant = guardedAssistant(POLICY);

        assertThat(assistant.chat("alice", "count_charges", new InvocationParameters()))
                .isEqualTo("There is no tool count_charges");
        assertThat(model.offered).isEmpty();
        assertThat(assistant.chat(
                        "alice", "count_charges", InvocationParameters.from("dev.toolpolicy.caller", "alice")))
                .isEqualTo("There is no tool count_charges");
    }

    @Test
    void brokenPolicySourceRefusesAndListsNothing() {
        assertThat(say(guardedAssistant(BROKEN), ALICE, "count_charges")).isEqualTo("There is no tool count_charges");
        assertThat(model.offered).isEmpty();

        ToolExecutor guarded = new GuardedTools(evaluator(BROKEN), GuardedToolsTest::unknownTool)
                .around((request, id) -> {
                    throw new AssertionError("it ran");
                });
        ToolExecutionResult answer = guarded.executeWithContext(
                ToolExecutionRequest.builder().name("count_charges").build(), calledBy(ALICE));
        assertThat(answer.isError()).isTrue();
        assertThat(answer.attributes()).containsEntry("dev.toolpolicy/code", "CHECK_FAILED");
    }

    @Test
    void oneCallerOfAllMayBeGivenToTheFilter() {
        Evaluator evaluator = evaluator(POLICY);
        ToolGuard guard = ToolGuard.around(evaluator);
        GuardedTools guarded = new GuardedTools(evaluator, GuardedToolsTest::unknownTool);
        McpToolProvider tools = McpToolProvider.builder()
                .mcpClients(client)
                .filter((server, tool) -> guard.lists(ALICE, tool.name()))
                .toolWrapper(guarded::around)
                .build();
        Assistant assistant = assistant(tools);

        assertThat(say(assistant, ALICE, "count_charges")).endsWith(" charges");
        assertThat(say(assistant, ALICE, "delete_charges")).isEqualTo("There is no tool delete_charges");
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"gbp\"}"))
                .isEqualTo("refused: only USD and EUR");
        assertThat(model.offered).doesNotContain("delete_charges");
    }

    @Test
    void mappedToolIsJudgedByTheNameThatTheModelKnows() {
        GuardedTools guarded = new GuardedTools(evaluator(POLICY), GuardedToolsTest::unknownTool);
        ToolProvider mapped = McpToolProvider.builder()
                .mcpClients(client)
                .toolNameMapper((server, tool) -> tool.name().equals("list_secrets") ? "delete_secrets" : tool.name())
                .build();
        Assistant assistant = assistant(guarded.around(mapped));

        assertThat(say(assistant, ALICE, "delete_secrets")).isEqualTo("There is no tool delete_secrets");
        assertThat(model.offered).doesNotContain("delete_secrets").contains("count_charges");
    }

    @Test
    void callWithoutAContextIsRefused() {
        ToolExecutor guarded = new GuardedTools(evaluator(POLICY), GuardedToolsTest::unknownTool)
                .around((request, id) -> {
                    throw new AssertionError("it ran");
                });
        ToolExecutionRequest request =
                ToolExecutionRequest.builder().name("count_charges").build();

        assertThat(guarded.execute(request, "alice")).contains("identity");
        assertThat(guarded.executeWithContext(request, null).isError()).isTrue();
    }

    @Test
    void annotatedToolIsGuardedToo() {
        GuardedTools guarded = new GuardedTools(evaluator(POLICY), GuardedToolsTest::unknownTool);
        Assistant assistant = assistant(guarded.around(new AnnotatedTools(new Charges())));

        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"eur\"}"))
                .isEqualTo("charged in eur");
        assertThat(say(assistant, ALICE, "create_charge {\"currency\": \"gbp\"}"))
                .isEqualTo("refused: only USD and EUR");
        assertThat(say(assistant, ALICE, "delete_charges")).isEqualTo("There is no tool delete_charges");
        assertThat(model.offered).containsExactly("create_charge");
    }

    @Test
    void readmeShowsHowItIsPluggedIn() throws IOException {
        String test =
                Files.readString(Path.of("src/test/java/dev/toolpolicy/examples/langchain4j/GuardedToolsTest.java"));
        int from = test.indexOf("// README from here\n") + "// README from here\n".length();
        String shown = test.substring(from, test.lastIndexOf('\n', test.indexOf("// README to here")));
        assertThat(Files.readString(Path.of("../README.md"))).contains(shown.stripIndent());
    }

    static final class Charges {
        @Tool
        String create_charge(String currency) {
            return "charged in " + currency;
        }

        @Tool
        String delete_charges() {
            return "deleted";
        }
    }
}
