package dev.toolpolicy.examples.gateway.rpc;

import dev.toolpolicy.Refusal;
import dev.toolpolicy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the gateway itself says to a client. */
public final class Answers {
    private Answers() {}

    /** That a call may not run: a result, so that the model reads it, with the same as data. */
    static byte[] refused(ClientMessage call, Refusal refusal) {
        Map<String, @Nullable Object> result = new TreeMap<>();
        result.put("content", List.of(Map.of("type", "text", "text", refusal.message())));
        result.put("isError", true);
        result.put("_meta", refusal.asMeta());
        if (call.isStateless()) result.put("resultType", "complete");
        Map<String, @Nullable Object> answer = envelope(call.id());
        answer.put("result", result);
        return bytes(answer);
    }

    /** A JSON-RPC error. */
    public static byte[] error(@Nullable Object id, int code, String message) {
        Map<String, @Nullable Object> answer = envelope(id);
        answer.put("error", Map.of("code", code, "message", message));
        return bytes(answer);
    }

    static byte[] error(BrokenMessage broken) {
        return error(broken.id(), broken.code(), String.valueOf(broken.getMessage()));
    }

    /** That the request cannot be answered, for a reason that is not the client's. */
    public static byte[] failed(@Nullable Object id, String message) {
        return error(id, BrokenMessage.INTERNAL_ERROR, message);
    }

    /** That other tools may be visible now. */
    public static byte[] toolsChanged() {
        return bytes(new TreeMap<>(Map.of("jsonrpc", "2.0", "method", "notifications/tools/list_changed")));
    }

    private static Map<String, @Nullable Object> envelope(@Nullable Object id) {
        Map<String, @Nullable Object> answer = new TreeMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", id);
        return answer;
    }

    private static byte[] bytes(Map<String, @Nullable Object> message) {
        return Json.canonical(message).getBytes(StandardCharsets.UTF_8);
    }
}
