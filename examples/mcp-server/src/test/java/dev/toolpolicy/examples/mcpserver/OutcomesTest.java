package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.examples.mcpserver.demo.Agent;
import dev.toolpolicy.examples.mcpserver.demo.Person;
import dev.toolpolicy.examples.mcpserver.demo.Premises;
import dev.toolpolicy.examples.mcpserver.demo.ServerProcess;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every outcome of a call, as a client of the SDK meets it, whose server is another process. */
class OutcomesTest {
    private static final Map<String, Object> CHARGE = Map.of("customer", "Acme", "amount", 450.55, "currency", "usd");
    private static final String LIMITED = "no more of today's 1000 is left than that";

    @Test
    void overHttp(@TempDir Path folder) throws Exception {
        Premises premises = Premises.in(folder);
        try (ServerProcess server = ServerProcess.start(premises);
                Agent alice = Agent.overHttp(server.mcp(), premises.alice())) {
            everyOutcome(alice, new Person(server.questions(), premises.carol()));
        }
        everyOutcomeIsRecorded(premises);
    }

    @Test
    void overStdio(@TempDir Path folder) throws Exception {
        Premises premises = Premises.in(folder);
        CompletableFuture<String> door = new CompletableFuture<>();
        try (Agent alice = Agent.overStdio(premises.command("stdio", "--as", "alice-laptop"), line -> {
            if (line.startsWith("people answer at ")) door.complete(line.substring("people answer at ".length()));
        })) {
            everyOutcome(alice, new Person(door.get(60, TimeUnit.SECONDS), premises.carol()));
        }
        everyOutcomeIsRecorded(premises);
    }

    private static void everyOutcome(Agent alice, Person carol) throws Exception {
        assertThat(alice.tools())
                .containsExactly(
                        "list_notes", "read_note", "write_note", "list_charges", "create_charge", "refund_charge");

        assertThat(told(alice.call("create_charge", CHARGE))).isEqualTo("charge 1");
        refused(
                alice.call("create_charge", Map.of("customer", "Acme", "amount", 1, "currency", "gbp")),
                "only usd and eur",
                Map.of(
                        "dev.toolpolicy/code", "REQUIREMENT_NOT_MET",
                        "dev.toolpolicy/rule", "/tools/create_charge/require/0"));
        refused(
                alice.call("write_note", Map.of("title", "a", "text", 7)),
                "the arguments break the tool's schema: /text type",
                Map.of(
                        "dev.toolpolicy/code", "INVALID_ARGUMENTS",
                        "dev.toolpolicy/rule", "/tools/write_note/arguments_schema"));
        assertThatThrownBy(() -> alice.call("delete_note", Map.of("title", "a")))
                .isInstanceOf(McpError.class)
                .hasMessage("Unknown tool: invalid_tool_name");
        assertThat(told(alice.call("create_charge", CHARGE))).isEqualTo("charge 2");
        CallToolResult limited = alice.call("create_charge", CHARGE);
        assertThat((int) limited.meta().get("dev.toolpolicy/retryAfterSeconds")).isBetween(1, 86_400);
        refused(
                limited,
                LIMITED,
                Map.of(
                        "dev.toolpolicy/code",
                        "RATE_LIMITED",
                        "dev.toolpolicy/rule",
                        "/tools/create_charge/limits/0",
                        "dev.toolpolicy/retryAfterSeconds",
                        limited.meta().get("dev.toolpolicy/retryAfterSeconds")));

        JsonNode question = asks(alice, carol, 1);
        carol.answer(question, "approve");
        assertThat(told(alice.call("refund_charge", Map.of("charge", 1)))).isEqualTo("refunded");
        JsonNode again = asks(alice, carol, 1);
        assertThat(again.get("id")).isNotEqualTo(question.get("id"));
        carol.answer(again, "reject");
        assertThat(alice.call("refund_charge", Map.of("charge", 1)).meta())
                .containsEntry("dev.toolpolicy/code", "APPROVAL_REJECTED");

        // What a tool itself cannot do is its own answer, and no refusal.
        refused(alice.call("read_note", Map.of("title", "none")), "there is no note of that title", null);
        assertThat(told(alice.call("list_charges", Map.of())))
                .isEqualTo("1: 450.55 usd from Acme, refunded\n2: 450.55 usd from Acme");
    }

    /** A call that asks shows the person the very arguments, and the agent the question's id. */
    private static JsonNode asks(Agent alice, Person carol, int charge) throws Exception {
        CallToolResult asked = alice.call("refund_charge", Map.of("charge", charge));
        JsonNode question = carol.questions().get(0);
        refused(
                asked,
                "refunds are approved by a person; call again later",
                Map.of(
                        "dev.toolpolicy/code", "NEEDS_APPROVAL",
                        "dev.toolpolicy/rule", "/tools/refund_charge/action",
                        "dev.toolpolicy/approvalId", question.get("id").asText()));
        assertThat(question.get("asker").asText()).isEqualTo("alice-laptop");
        assertThat(question.get("arguments").asText()).isEqualTo("{\"charge\":" + charge + "}");
        return question;
    }

    private static void everyOutcomeIsRecorded(Premises premises) throws IOException {
        try (Stream<String> lines = Files.lines(premises.auditLog())) {
            List<String> text = lines.toList();
            assertThat(text)
                    .filteredOn(line -> line.contains("\"type\":\"decision\""))
                    .extracting(line -> line.replaceFirst(".*\"outcome\":\"(\\w+)\"(,\"code\":\"(\\w+)\")?.*", "$1 $3"))
                    .containsExactly(
                            "ALLOW ",
                            "DENY REQUIREMENT_NOT_MET",
                            "DENY INVALID_ARGUMENTS",
                            "DENY HIDDEN",
                            "ALLOW ",
                            "RATE_LIMITED ",
                            "NEEDS_APPROVAL ",
                            "ALLOW ",
                            "NEEDS_APPROVAL ",
                            "DENY APPROVAL_REJECTED",
                            "ALLOW ",
                            "ALLOW ");
            assertThat(text)
                    .filteredOn(line -> line.contains("\"result\":\"FAILED\""))
                    .hasSize(1);
            assertThat(String.join("\n", text)).doesNotContain("Acme");
        }
        assertThat(AuditVerifier.verify(premises.auditLog(), Files.readAllBytes(premises.auditKey()))
                        .ok())
                .isTrue();
    }

    private static void refused(CallToolResult result, String text, Map<String, Object> meta) {
        assertThat(result.isError()).isTrue();
        assertThat(((TextContent) result.content().get(0)).text()).isEqualTo(text);
        assertThat(result.meta()).isEqualTo(meta);
    }

    private static String told(CallToolResult result) {
        assertThat(result.isError()).as("%s", result).isNotEqualTo(true);
        return ((TextContent) result.content().get(0)).text();
    }
}
