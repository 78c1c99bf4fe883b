package dev.toolpolicy.examples.gateway.rpc;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message from a client, read once and strictly: what another parser might read differently is no message.
 *
 * <p>The bytes of a message that is not judged may be passed on as they came, because there is one way to read them.
 */
public final class ClientMessage {
    /** No message may be longer, as with the protocol's own SDK over HTTP; the arguments of a call may have 1 MiB. */
    public static final int MAX_BYTES = 4 << 20;

    static final String TOOLS_CALL = "tools/call";
    static final String TOOLS_LIST = "tools/list";
    private static final String TASKS = "tasks/";
    private static final String CANCELLED = "notifications/cancelled";
    private static final String INITIALIZE = "initialize";
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    /** From this revision on there is no handshake, and every result says of which type it is. */
    private static final String STATELESS = "2026-07-28";

    private final byte[] bytes;
    private final Map<String, @Nullable Object> members;
    private final @Nullable Object id;
    private final @Nullable String method;

    private ClientMessage(
            byte[] bytes, Map<String, @Nullable Object> members, @Nullable Object id, @Nullable String method) {
        this.bytes = bytes;
        this.members = members;
        this.id = id;
        this.method = method;
    }

    /** Reads a message; throws what is to be answered if these bytes are none. */
    public static ClientMessage read(byte[] utf8) throws BrokenMessage {
        JsonText text = JsonText.read(utf8, MAX_BYTES);
        if (!text.readable()) {
            throw new BrokenMessage(
                    BrokenMessage.PARSE_ERROR, null, fault(text.faults().get(0)));
        }
        Map<String, @Nullable Object> members = object(text.value());
        Object id = text.faults().stream().anyMatch(fault -> fault.pointer().equals("/id")) ? null : members.get("id");
        Object known = isId(id) ? id : null;
        if (!text.sound()) {
            throw new BrokenMessage(
                    BrokenMessage.INVALID_REQUEST, known, fault(text.faults().get(0)));
        }
        return of(OneLine.of(utf8), members, known);
    }

    @SuppressWarnings("unchecked") // a JSON object has string keys
    private static Map<String, @Nullable Object> object(@Nullable Object value) throws BrokenMessage {
        if (value instanceof Map<?, ?> object) return (Map<String, @Nullable Object>) object;
        String message = value instanceof Iterable<?>
                ? "batches are not taken: send one message at a time"
                : "a message is a JSON object";
        throw new BrokenMessage(BrokenMessage.INVALID_REQUEST, null, message);
    }

    private static ClientMessage of(byte[] utf8, Map<String, @Nullable Object> members, @Nullable Object id)
            throws BrokenMessage {
        Optional<String> variant = Names.variantInEnvelope(members);
        if (variant.isPresent()) throw invalid(id, "a member must be written `" + variant.get() + "`, in this case");
        if (!"2.0".equals(members.get("jsonrpc"))) throw invalid(id, "`jsonrpc` must be \"2.0\"");
        if (members.containsKey("id") && id == null) throw invalid(null, "`id` must be a string or a whole number");
        boolean answers = members.containsKey("result") || members.containsKey("error");
        if (!members.containsKey("method")) {
            if (id == null || !answers) throw invalid(id, "a message has a `method`, or answers by `id`");
            return new ClientMessage(utf8, members, id, null);
        }
        if (answers) throw invalid(id, "a message has a `method`, or a `result` or an `error`, and not both");
        if (!(members.get("method") instanceof String method)) throw invalid(id, "`method` must be a string");
        if (Names.isAlmostGoverned(method)) {
            throw new BrokenMessage(BrokenMessage.UNKNOWN_METHOD, id, "unknown method");
        }
        return new ClientMessage(utf8, members, id, method);
    }

    private static BrokenMessage invalid(@Nullable Object id, String message) {
        return new BrokenMessage(BrokenMessage.INVALID_REQUEST, id, message);
    }

    private static boolean isId(@Nullable Object id) {
        return id instanceof String || id instanceof Long || id instanceof BigInteger;
    }

    private static String fault(JsonText.Fault fault) {
        return switch (fault.kind()) {
            case TOO_LARGE -> "the message has more than " + (MAX_BYTES >> 20) + " MiB";
            case NOT_UTF8 -> "the message is not UTF-8";
            case BYTE_ORDER_MARK -> "the message begins with a byte order mark";
            case NOT_JSON -> "the message is not JSON";
            case TOO_DEEP -> "the message is nested more than " + JsonText.MAX_DEPTH + " deep";
            case DUPLICATE_KEY -> "the message writes a key twice";
            case BAD_NUMBER -> "the message has a number with too many digits or too large an exponent";
            case LONE_SURROGATE -> "the message has half a surrogate pair";
        };
    }

    /** As it came, but on one line. */
    public byte[] bytes() {
        return bytes;
    }

    /** Of a request, or of what it answers: a string or a whole number. Null for a notification. */
    public @Nullable Object id() {
        return id;
    }

    /** Whether somebody waits for an answer to it. */
    public boolean isRequest() {
        return method != null && id != null;
    }

    /** What it asks for; {@code ""} if it answers. */
    public String method() {
        return method == null ? "" : method;
    }

    boolean isCall() {
        return method().equals(TOOLS_CALL);
    }

    /** Whether the answer is a list of tools. */
    public boolean isList() {
        return isRequest() && method().equals(TOOLS_LIST);
    }

    /** Whether the answer may turn out to be such a list: a task may be of any request. */
    public boolean mayGetList() {
        return isList() || (isRequest() && method().startsWith(TASKS));
    }

    /** Whether it opens a session. */
    public boolean isInitialize() {
        return isRequest() && method().equals(INITIALIZE);
    }

    /** The request that nobody waits for any more, if this says so of one. */
    public Optional<Object> cancels() {
        if (!method().equals(CANCELLED)) return Optional.empty();
        return Optional.ofNullable(params().get("requestId"));
    }

    /** Its params; empty if there are none, or if they are no object. */
    @SuppressWarnings("unchecked") // a JSON object has string keys
    Map<String, @Nullable Object> params() {
        return members.get("params") instanceof Map<?, ?> params ? (Map<String, @Nullable Object>) params : Map.of();
    }

    /** The tool that it names, as far as it does. */
    @Nullable
    Object name() {
        return params().get("name");
    }

    /** What a header that repeats the name of what is asked for has to say: a tool, a prompt, a resource. */
    public @Nullable String target() {
        Object target = params().containsKey("name") ? name() : params().get("uri");
        return target instanceof String text ? text : null;
    }

    /** The revision of the protocol that it says it is of, if it does. */
    public @Nullable String version() {
        return params().get("_meta") instanceof Map<?, ?> meta && meta.get(VERSION) instanceof String version
                ? version
                : null;
    }

    /** The arguments that it gives, whatever they are. */
    public @Nullable Object arguments() {
        return params().get("arguments");
    }

    /** Whether the sender speaks a revision in which every result says of which type it is. */
    boolean isStateless() {
        String version = version();
        return version != null && version.compareTo(STATELESS) >= 0;
    }

    /** The same call with this name and these arguments: everything else as it is, written anew. */
    byte[] calling(String name, Map<String, @Nullable Object> arguments) {
        Map<String, @Nullable Object> params = new LinkedHashMap<>(params());
        params.put("name", name);
        params.put("arguments", arguments);
        Map<String, @Nullable Object> written = new LinkedHashMap<>(members);
        written.put("params", params);
        return OneLine.of(Json.canonical(written).getBytes(StandardCharsets.UTF_8));
    }
}
