package dev.toolpolicy.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A server of our own, for what no well-behaved one does: it writes down each line that reaches it, and answers oddly when it is asked
 * to. Over standard streams as a program, {@code ScriptedServer FILE}; over HTTP by {@link #answer}.
 */
public final class ScriptedServer {
    private static final String TOOLS =
            "[{\"name\":\"read_x\",\"vendor\":{\"z\":1,\"a\":[1.50]}},{\"name\":\"delete_x\"},"
                    + "{\"name\":\"write_x\",\"annotations\":{\"readOnlyHint\":false}},{\"name\":\"forbidden\"}]";
    private static final String MORE_TOOLS = "[{\"name\":\"secret_key\"}]";

    private ScriptedServer() {}

    public static void main(String[] args) throws IOException {
        Path log = Path.of(args[0]);
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            for (String answer : answer(line)) {
                if (answer.equals("die")) {
                    System.err.println("the server says farewell");
                    System.exit(7);
                }
                out.println(answer);
            }
        }
    }

    /** What it says to a message: none, one or several, one of which may be to die. */
    public static List<String> answer(String line) {
        JsonText text = JsonText.read(line, 64 << 20);
        if (!text.readable() || !(text.value() instanceof Map<?, ?> message)) return List.of();
        if (!(message.get("method") instanceof String method) || message.get("id") == null) return List.of();
        String id = Json.canonical(message.get("id"));
        Map<?, ?> params = message.get("params") instanceof Map<?, ?> given ? given : Map.of();
        return switch (method) {
            case "initialize" ->
                List.of(
                        result(
                                id,
                                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
                                        + "{\"tools\":{\"listChanged\":true}},\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}"));
            case "tools/list", "tasks/result" -> List.of(list(id, String.valueOf(params.get("cursor"))));
            case "tools/call" -> call(id, String.valueOf(params.get("name")), params);
            case "ping" -> List.of(result(id, "{}"));
            case "odd" -> List.of(String.valueOf(params.get("line")));
            case "silence" -> List.of();
            default ->
                List.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32601,\"message\":\"no\"}}");
        };
    }

    private static String list(String id, String cursor) {
        return switch (cursor) {
            case "null" ->
                result(
                        id,
                        "{\"tools\":" + TOOLS + ",\"nextCursor\":\"two\",\"_meta\":{\"x\":1},"
                                + "\"ttlMs\":3600000,\"cacheScope\":\"public\"}");
            case "two" -> result(id, "{\"tools\":" + MORE_TOOLS + ",\"nextCursor\":\"three\"}");
            case "twice" -> result(id, "{\"tools\":[],\"tools\":" + MORE_TOOLS + "}");
            case "nameless" -> result(id, "{\"tools\":[{\"title\":\"secret_key\"}]}");
            case "no-list" -> result(id, "{\"tools\":{\"a\":{\"name\":\"secret_key\"}}}");
            case "no-json" -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"tools\":" + MORE_TOOLS + "}";
            case "error" ->
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32602,\"message\":\"bad cursor\"}}";
            case "both" ->
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":1,\"message\":\"no\"},\"result\":{"
                        + "\"tools\":" + MORE_TOOLS + "}}";
            default -> result(id, "{\"tools\":[]}");
        };
    }

    private static List<String> call(String id, String tool, Map<?, ?> params) {
        return switch (tool) {
            case "die" -> List.of("die");
            case "fail" -> List.of(result(id, "{\"content\":[],\"isError\":true}"));
            case "ask" ->
                List.of(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{\"x\":1.50}}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1}}",
                        result(id, "{\"content\":[]}"));
            case "read_x", "write_x", "echo", "limited", "asked", "progress", "say" ->
                List.of(result(
                        id,
                        "{\"content\":[{\"type\":\"text\",\"text\":"
                                + Json.canonical(Json.canonical(params.get("arguments"))) + "}],\"unknown\":1.50}"));
            default ->
                List.of("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32602,\"message\":\"Tool " + tool
                        + " not found\",\"data\":{\"tool\":\"" + tool + "\"}}}");
        };
    }

    private static String result(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    }
}
