package dev.toolpolicy.examples.mcpserver;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the SDK reads and writes JSON here: one reading of every text, numbers with all their digits, and no words of a parser or an
 * exception to the outside. Every message passes here, whichever transport brings it.
 */
final class StrictJson implements McpJsonMapper {
    /** Stands for arguments that are no object: no call can be made of it, so the guard refuses the call, and records it. */
    private static final Map<String, Object> NO_ARGUMENTS = Map.of("arguments", new Object());

    /** No tool's name, for calls that have none. */
    private static final String NO_TOOL = "(none)";

    /** A message has one of these. */
    private static final Set<String> MESSAGE = Set.of("method", "result", "error");

    private final McpJsonMapper json = new JacksonMcpJsonMapper(JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build());

    @Override
    public <T> T readValue(String text, Class<T> type) throws IOException {
        return read(() -> json.readValue(text, type));
    }

    @Override
    public <T> T readValue(byte[] text, Class<T> type) throws IOException {
        return read(() -> json.readValue(text, type));
    }

    /** Messages, as they come. */
    @Override
    public <T> T readValue(String text, TypeRef<T> type) throws IOException {
        T value = read(() -> json.readValue(text, type));
        // The SDK would say the same, and log the text with it.
        if (value instanceof Map<?, ?> message && MESSAGE.stream().noneMatch(message::containsKey))
            throw new IOException("not a message");
        return value;
    }

    @Override
    public <T> T readValue(byte[] text, TypeRef<T> type) throws IOException {
        return read(() -> json.readValue(text, type));
    }

    private static <T> T read(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) {
            // The parser's message quotes what it read. Some numbers throw what is no IOException.
            throw new IOException("not JSON, or not what belongs here");
        }
    }

    /** Messages. */
    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        try {
            return json.convertValue(value, type);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a message");
        }
    }

    /** Parameters of a request. */
    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        boolean isCall = type.getType() == CallToolRequest.class;
        try {
            T params = json.convertValue(value, type);
            if (params != null || !isCall) return params;
        } catch (RuntimeException e) {
            if (!isCall)
                throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                        .message("Invalid params")
                        .build();
        }
        @SuppressWarnings("unchecked") // T is this, as was just seen
        T unjudged = (T)
                CallToolRequest.builder(toolOf(value)).arguments(NO_ARGUMENTS).build();
        return unjudged;
    }

    private static String toolOf(@Nullable Object call) {
        if (call instanceof Map<?, ?> params && params.get("name") instanceof String name && !name.isBlank())
            return name;
        return NO_TOOL;
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return json.writeValueAsString(told(value));
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return json.writeValueAsBytes(told(value));
    }

    /** What goes out, without the messages and stack traces of exceptions. */
    private static Object told(Object value) {
        if (value instanceof McpError thrown) return answer(null, fixed(thrown.getJsonRpcError()));
        if (value instanceof JSONRPCResponse response
                && response.error() != null
                && response.error().code() == ErrorCodes.INTERNAL_ERROR) {
            return answer(response.id(), new JSONRPCError(ErrorCodes.INTERNAL_ERROR, "Internal error", null));
        }
        return value;
    }

    private static Object answer(@Nullable Object id, JSONRPCError error) {
        // Not the SDK's record, which takes no null: an answer to what could not be read has no id.
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", id);
        answer.put("error", error);
        return answer;
    }

    /** The SDK appends what was thrown after a colon. */
    private static JSONRPCError fixed(JSONRPCError error) {
        return new JSONRPCError(error.code(), error.message().replaceFirst("(?s):.*", ""), null);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }
}
