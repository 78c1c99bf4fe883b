package dev.toolpolicy.examples.mcpserver.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.toolpolicy.audit.AuditVerifier;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What becomes of calls: allowed, denied, limited, approved by a person; and what the audit log says of it all. */
public final class Demo {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Premises premises;
    private final PrintStream out;

    private Demo(Premises premises, PrintStream out) {
        this.premises = premises;
        this.out = out;
    }

    /** Shows it, and leaves nothing behind. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("toolpolicy");
        try {
            show(folder, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } finally {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
        // The clients of the SDK leave threads behind.
        System.exit(0);
    }

    /** Shows it with servers whose files lie in this folder. */
    public static void show(Path folder, PrintStream out) throws Exception {
        new Demo(Premises.in(Files.createDirectory(folder.resolve("http"))), out).overHttp();
        new Demo(Premises.in(Files.createDirectory(folder.resolve("stdio"))), out).overStdio();
    }

    private void overHttp() throws Exception {
        out.println("A server over HTTP, in a process of its own. Alice's agent lists its tools:");
        try (ServerProcess server = ServerProcess.start(premises);
                Agent alice = Agent.overHttp(server.mcp(), premises.alice())) {
            out.println("  " + String.join(", ", alice.tools()));
            out.println("There is another, delete_note, which the policy hides. She calls:");
            call(alice, "write_note", given("title", "today", "text", "call Acme"));
            call(alice, "create_charge", charge(450, "usd"));
            call(alice, "create_charge", charge(450, "gbp"));
            call(alice, "create_charge", charge("450", "usd"));
            call(alice, "read_note", given("name", "today"));
            call(alice, "delete_note", given("title", "today"));
            call(alice, "no_such_tool", given("title", "today"));
            call(alice, "create_charge", charge(450, "eur"));
            call(alice, "create_charge", charge(450, "usd"));
            call(alice, "refund_charge", given("charge", 1));
            answer(new Person(server.questions(), premises.carol()));
            call(alice, "refund_charge", given("charge", 1));
            call(alice, "refund_charge", given("charge", 1));
        }
        log();
    }

    private void overStdio() {
        out.println();
        out.println("The same server over stdio, started by Bob's agent, whose grant is for reading:");
        try (Agent bob = Agent.overStdio(premises.command("stdio", "--as", "bob-ci"), line -> {})) {
            call(bob, "list_charges", given());
            call(bob, "write_note", given("title", "today", "text", "call Acme"));
        }
    }

    private void call(Agent agent, String tool, Map<String, Object> arguments) {
        out.println("  " + tool + " " + json(arguments));
        try {
            out.println("      " + told(agent.call(tool, arguments)));
        } catch (McpError e) {
            JSONRPCError error = e.getJsonRpcError();
            out.println("      error " + error.code() + ": " + error.message() + "; " + error.data());
        }
    }

    private static String told(CallToolResult result) {
        String text = ((TextContent) result.content().get(0)).text();
        if (!Boolean.TRUE.equals(result.isError())) return text;
        Map<String, Object> meta = result.meta();
        if (meta == null) return "failed: " + text;
        Object retry = meta.get("dev.toolpolicy/retryAfterSeconds");
        return meta.get("dev.toolpolicy/code") + " by " + meta.get("dev.toolpolicy/rule") + ": " + text
                + (retry == null ? "" : " (retry after " + retry + " s)");
    }

    private void answer(Person carol) throws IOException, InterruptedException {
        out.println("Carol looks at what waits for her, at a port that no tool leads to:");
        for (JsonNode question : carol.questions()) {
            out.println("  " + question.get("asker").asText() + " asks for "
                    + question.get("tool").asText() + " "
                    + question.get("arguments").asText());
            carol.answer(question, "approve");
            out.println("      approved");
        }
        out.println("Alice's agent calls again, and once more:");
    }

    private void log() throws IOException {
        out.println("The audit log has a line for each of these, and no argument's value:");
        for (String line : Files.readAllLines(premises.auditLog())) out.println("  " + shown(JSON.readTree(line)));
        AuditVerifier.Result result =
                AuditVerifier.verify(premises.auditLog(), Files.readAllBytes(premises.auditKey()));
        out.println(result.sentence());
    }

    /** What a person looks for in a line; the ids, hashes and digests are for programs. */
    private static String shown(JsonNode line) {
        StringBuilder shown = new StringBuilder(
                line.get("seq").asText() + " " + line.get("type").asText());
        for (String name : new String[] {"kind", "result", "outcome", "code", "rule", "grant", "tool"}) {
            if (line.hasNonNull(name)) shown.append(' ').append(line.get(name).asText());
        }
        if (line.hasNonNull("who")) shown.append(", by ").append(line.get("who").asText());
        JsonNode names = line.at("/arguments/names");
        return names.isMissingNode() ? shown.toString() : shown + " " + names;
    }

    private static Map<String, Object> charge(Object amount, String currency) {
        return given("customer", "Acme", "amount", amount, "currency", currency);
    }

    /** In this order, for they are shown. */
    private static Map<String, Object> given(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return arguments;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException("these arguments are JSON", e);
        }
    }
}
