package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.examples.mcpserver.demo.Person;
import dev.toolpolicy.examples.mcpserver.demo.Premises;
import dev.toolpolicy.examples.mcpserver.demo.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients that others wrote see of this server, over both transports: the same. */
class PeersTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void packages() throws Exception {
        NodePackages.require();
    }

    @Test
    void aClientOfTheTypeScriptSdkOverStdio() throws Exception {
        Premises premises = premises();
        List<String> server = premises.command("stdio", "--as", "alice-laptop");
        try (NodePeer client = NodePeer.client(Map.of("command", server))) {
            check("peer-sdk.txt", sdk(client, client.door(), premises));
        }
        assertThat(AuditVerifier.verify(premises.auditLog(), Files.readAllBytes(premises.auditKey()))
                        .ok())
                .isTrue();
    }

    @Test
    void aClientOfTheTypeScriptSdkOverHttp() throws Exception {
        Premises premises = premises();
        try (ServerProcess server = ServerProcess.start(premises);
                NodePeer client = NodePeer.client(Map.of("url", server.mcp(), "token", premises.alice()))) {
            check("peer-sdk.txt", sdk(client, server.questions(), premises));
        }
    }

    @Test
    void theInspectorOverStdio() throws Exception {
        Premises premises = premises();
        // The inspector takes a server's options for its own.
        Path script = folder.resolve("server.sh");
        String command = String.join("' '", premises.command("stdio", "--as", "alice-laptop"));
        Files.writeString(script, "exec '" + command + "'\n");
        check("peer-inspector.txt", inspector(List.of("sh", script.toString())));
    }

    @Test
    void theInspectorOverHttp() throws Exception {
        Premises premises = premises();
        try (ServerProcess server = ServerProcess.start(premises)) {
            String header = "Authorization: Bearer " + premises.alice();
            check("peer-inspector.txt", inspector(List.of(server.mcp(), "--transport", "http", "--header", header)));
        }
    }

    /** With a limit that no midnight renews. */
    private Premises premises() throws IOException {
        Premises premises = Premises.in(folder);
        String policy = Files.readString(premises.policy());
        assertThat(policy).contains("\"window\": \"day\"");
        Files.writeString(premises.policy(), policy.replace("\"window\": \"day\"", "\"window\": 2678400"));
        return premises;
    }

    private static String sdk(NodePeer client, String door, Premises premises) throws Exception {
        Transcript seen = new Transcript();
        JsonNode tools = client.request("tools/list", Map.of());
        seen.add("tools/list", tools.path("result").path("tools").findValuesAsText("name"));
        Map<String, Object> charge = Map.of("customer", "Acme", "amount", 450.25, "currency", "usd");
        List<Map<String, Object>> calls = List.of(
                call("write_note", Map.of("title", "today", "text", "Zoë – 漢 🎈")),
                call("read_note", Map.of("title", "today")),
                call("create_charge", charge),
                call("create_charge", Map.of("customer", "Acme", "amount", 450.25, "currency", "gbp")),
                call("create_charge", Map.of("customer", "Acme", "amount", "450", "currency", "usd")),
                call("create_charge", charge),
                call("create_charge", charge),
                call("delete_note", Map.of("title", "today")),
                call("no_such_tool", Map.of("title", "today")),
                call("refund_charge", Map.of("charge", 1)));
        for (Map<String, Object> call : calls) seen.add(call, client.request("tools/call", call));
        Person carol = new Person(door, premises.carol());
        carol.answer(carol.questions().get(0), "approve");
        Map<String, Object> refund = call("refund_charge", Map.of("charge", 1));
        seen.add(refund, client.request("tools/call", refund));
        seen.add(refund, client.request("tools/call", refund));
        return seen.text();
    }

    private static Map<String, Object> call(String tool, Map<String, Object> arguments) {
        return Map.of("name", tool, "arguments", arguments);
    }

    private static String inspector(List<String> at) throws Exception {
        Transcript seen = new Transcript();
        List<List<String>> calls = List.of(
                List.of("--method", "tools/list"),
                called("write_note", "title=today", "text=call Acme"),
                called("create_charge", "customer=Acme", "amount=450", "currency=gbp"),
                called("refund_charge", "charge=1"),
                called("delete_note", "title=today"),
                called("no_such_tool", "title=today"));
        for (List<String> call : calls) {
            List<String> args = new ArrayList<>(at);
            args.addAll(call);
            String printed = NodePeer.inspector(args);
            Object came = printed.startsWith("{") ? Site.JSON.readTree(printed) : printed;
            if (came instanceof JsonNode json && json.has("tools"))
                came = json.get("tools").findValuesAsText("name");
            seen.add(String.join(" ", call), came);
        }
        return seen.text();
    }

    private static List<String> called(String tool, String... arguments) {
        List<String> args = new ArrayList<>(List.of("--method", "tools/call", "--tool-name", tool));
        for (String argument : arguments) args.addAll(List.of("--tool-arg", argument));
        return args;
    }

    private static void check(String name, String text) throws IOException {
        Path golden = RESOURCES.resolve(name);
        if (System.getProperty("golden", "").equals("write")) Files.writeString(golden, text);
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    /** What was asked, and what came of it. */
    private static final class Transcript {
        private static final ObjectWriter SORTED = Site.JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

        private final StringBuilder text = new StringBuilder();

        void add(Object asked, Object came) throws IOException {
            text.append(asked instanceof Map<?, ?> call ? SORTED.writeValueAsString(call) : asked);
            text.append("\n    ").append(SORTED.writeValueAsString(came)).append('\n');
        }

        String text() {
            return text.toString()
                    .replaceAll("\"dev.toolpolicy/approvalId\":\"[^\"]+\"", "\"dev.toolpolicy/approvalId\":\"<id>\"")
                    .replaceAll("(retryAfterSeconds\":)\\d+", "$1\"<seconds>\"");
        }
    }
}
