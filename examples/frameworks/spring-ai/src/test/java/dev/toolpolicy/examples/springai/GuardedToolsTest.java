package dev.toolpolicy.examples.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A whole Spring application on a port of its own, and the SDK's client. */
class GuardedToolsTest {
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = run(ChargesApplication.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static ConfigurableApplicationContext run(Class<?> program, String... more) {
        SpringApplication starting = new SpringApplication(program);
        starting.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", 0,
                "server.shutdown", "immediate",
                "spring.ai.mcp.server.protocol", "STREAMABLE",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        return starting.run(more);
    }

    private static McpSyncClient client(ConfigurableApplicationContext server, @Nullable String who) {
        return client(server, () -> who);
    }

    private static McpSyncClient client(ConfigurableApplicationContext server, Supplier<@Nullable String> who) {
        String url = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(url)
                .addHttpRequestCustomizer((request, method, uri, body, context) -> {
                    if (who.get() != null) request.header("Authorization", "Bearer " + who.get());
                })
                .build();
        McpSyncClient client =
                McpClient.sync(transport).requestTimeout(Duration.ofMinutes(1)).build();
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static JSONRPCError unknown(McpSyncClient client, String tool) {
        return catchThrowableOfType(McpError.class, () -> call(client, tool, Map.of()))
                .getJsonRpcError();
    }

    private static List<String> listed(McpSyncClient client) {
        return client.listTools().tools().stream().map(Tool::name).sorted().toList();
    }

    @Test
    void whatIsAllowedRunsWithWhatWasJudged() {
        try (McpSyncClient alice = client(application, "alice")) {
            Map<String, Object> charge = Map.of("currency", "usd", "amount", new BigDecimal("1.50"));

            assertThat(text(call(alice, "create_charge", charge))).isEqualTo("charged 1.5 usd");
        }
    }

    @Test
    void toolGetsTheFrozenArguments() {
        try (McpSyncClient alice = client(application, "alice")) {
            assertThat(text(call(alice, "count_accounts", Map.of("above", 1.5))))
                    .isEqualTo("count_accounts ran with [BigDecimal]");
        }
    }

    @Test
    void whatIsDeniedSaysWhyAndDoesNotRun() {
        try (McpSyncClient alice = client(application, "alice")) {
            String before = text(call(alice, "count_charges", Map.of()));
            CallToolResult denied = call(alice, "create_charge", Map.of("currency", "gbp", "amount", 1));

            assertThat(denied.isError()).isTrue();
            assertThat(text(denied)).isEqualTo("only USD and EUR");
            assertThat(denied.meta()).containsEntry("dev.toolpolicy/code", "REQUIREMENT_NOT_MET");
            assertThat(text(call(alice, "count_charges", Map.of()))).isEqualTo(before);
        }
    }

    @Test
    void limitCountsWhatRan() {
        try (McpSyncClient carol = client(application, "carol");
                McpSyncClient dave = client(application, "dave")) {
            // Against the tool's own schema: that took nothing.
            assertThat(text(call(carol, "refund_charge", Map.of()))).contains("input validation failed");
            assertThat(text(call(carol, "refund_charge", Map.of("charge", "7"))))
                    .isEqualTo("refunded 7");
            CallToolResult limited = call(carol, "refund_charge", Map.of("charge", "7"));
            assertThat(text(limited)).endsWith("retry in 43200 s");
            assertThat(limited.meta()).containsEntry("dev.toolpolicy/retryAfterSeconds", 43200);
            assertThat(text(call(dave, "refund_charge", Map.of("charge", "7")))).isEqualTo("refunded 7");
        }
    }

    @Test
    void hiddenToolIsNotListedAndAsUnknownAsAnyOther() {
        try (McpSyncClient alice = client(application, "alice")) {
            assertThat(listed(alice))
                    .containsExactly(
                            "count_accounts",
                            "count_charges",
                            "create_charge",
                            "list_owners",
                            "list_secrets",
                            "refund_charge");
            JSONRPCError none = unknown(alice, "no_such_tool");
            for (String hidden : List.of("delete_charges", "delete_account")) {
                JSONRPCError error = unknown(alice, hidden);
                assertThat(error.code()).isEqualTo(none.code());
                assertThat(error.message()).isEqualTo(none.message());
                assertThat(error.data()).isEqualTo(none.data().toString().replace("no_such_tool", hidden));
            }
        }
    }

    @Test
    void toolOfSomebodyElseIsGuardedToo() {
        try (McpSyncClient alice = client(application, "alice")) {
            for (String tool : List.of("list_secrets", "list_owners")) {
                CallToolResult denied = call(alice, tool, Map.of());
                assertThat(denied.isError()).isTrue();
                assertThat(denied.meta()).containsEntry("dev.toolpolicy/code", "NOT_LISTED");
            }
        }
    }

    @Test
    void toolThatIsAddedLaterIsGuardedToo() {
        McpSyncServer server = application.getBean(McpSyncServer.class);
        server.addTool(ChargesApplication.tool("delete_later"));
        server.addTool(ChargesApplication.tool("later"));
        try (McpSyncClient alice = client(application, "alice")) {
            assertThat(text(call(alice, "later", Map.of()))).doesNotContain("ran");
            assertThat(unknown(alice, "delete_later").message())
                    .isEqualTo(unknown(alice, "no_such_tool").message());
        } finally {
            server.removeTool("delete_later");
            server.removeTool("later");
        }
    }

    @Test
    void nobodyIsNotACaller() {
        try (McpSyncClient nobody = client(application, (String) null)) {
            assertThat(listed(nobody)).isEmpty();
            assertThat(call(nobody, "count_charges", Map.of()).isError()).isTrue();
        }
    }

    @Test
    void callerWhoseNameIsNoneIsNotServed() {
        assertThatThrownBy(() -> client(application, "x".repeat(300))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void identityIsOfTheRequestAndNotOfTheSession() {
        AtomicReference<String> who = new AtomicReference<>("erin");
        try (McpSyncClient client = client(application, who::get)) {
            assertThat(text(call(client, "refund_charge", Map.of("charge", "7"))))
                    .isEqualTo("refunded 7");
            who.set("frank");
            assertThat(text(call(client, "refund_charge", Map.of("charge", "7"))))
                    .isEqualTo("refunded 7");
            who.set("erin");
            assertThat(call(client, "refund_charge", Map.of("charge", "7")).isError())
                    .isTrue();
        }
    }

    @Test
    void brokenPolicySourceRefusesAndListsNothing() {
        try (ConfigurableApplicationContext broken =
                        run(ChargesApplication.class, "--" + ChargesApplication.POLICY_IS_BROKEN);
                McpSyncClient alice = client(broken, "alice")) {
            assertThat(listed(alice)).isEmpty();
            assertThat(call(alice, "count_charges", Map.of()).meta())
                    .containsEntry("dev.toolpolicy/code", "CHECK_FAILED");
        }
    }

    /** Goes past Spring's beans. */
    @Import(ChargesApplication.class)
    static class Bypass {
        @Bean
        Object adder(McpSyncServer server) {
            return added(server, "bare");
        }

        static Object added(McpSyncServer server, String name) {
            SyncToolSpecification tool = ChargesApplication.tool(name);
            new McpSyncServer(server.getAsyncServer(), true).addTool(tool);
            return tool;
        }
    }

    /** Takes the place of a tool that is guarded. */
    @Import(ChargesApplication.class)
    static class Impostor {
        @Bean
        Object adder(McpSyncServer server) {
            return Bypass.added(server, "count_charges");
        }
    }

    @Test
    void serverWithAToolThatIsNotGuardedDoesNotStart() {
        assertThatThrownBy(() -> run(Bypass.class).close()).hasMessageContaining("tools without a guard: [bare]");
        assertThatThrownBy(() -> run(Impostor.class).close())
                .hasMessageContaining("tools without a guard: [count_charges]");
    }

    @Test
    void readmeShowsHowItIsPluggedIn() throws IOException {
        String program =
                Files.readString(Path.of("src/test/java/dev/toolpolicy/examples/springai/ChargesApplication.java"));
        int from = program.indexOf("// README from here\n") + "// README from here\n".length();
        String shown = program.substring(from, program.lastIndexOf('\n', program.indexOf("// README to here")));
        assertThat(Files.readString(Path.of("../README.md"))).contains(shown.stripIndent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=ASYNC", "protocol=SSE", "protocol=STATELESS", "stdio=true"})
    void serverOfAnotherKindDoesNotStart(String kind) {
        assertThatThrownBy(() -> run(ChargesApplication.class, "--spring.ai.mcp.server." + kind)
                        .close())
                .hasStackTraceContaining("NoSuchBeanDefinitionException");
    }
}
