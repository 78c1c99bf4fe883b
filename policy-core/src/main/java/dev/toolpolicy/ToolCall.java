package dev.toolpolicy;

import dev.toolpolicy.json.FrozenJson;
import dev.toolpolicy.json.FrozenMap;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool: who calls, which tool, with which arguments. Deeply immutable: what is judged is what is run.
 *
 * <p>Arguments are frozen when the call is made. A number is a {@code Long}, else a {@code BigInteger}, else a
 * {@code BigDecimal}, exact and in one form, so that equal JSON values are equal here; null is a value.
 */
public final class ToolCall {
    /** The most bytes that arguments may have: 1 MiB. */
    public static final int MAX_BYTES = 1024 * 1024;

    private final Identity identity;
    private final String tool;
    private final FrozenMap<@Nullable Object> arguments;
    /** How many bytes of UTF-8 their text came to; negative if they did not come as text. */
    private final int givenBytes;
    // Both made when first asked for: two threads may each make the same text, and either will do.
    private @Nullable String json;
    private @Nullable String digest;

    private ToolCall(
            @Nullable Identity who, @Nullable String tool, FrozenMap<@Nullable Object> arguments, int givenBytes) {
        if (who == null) throw new MalformedCallException("the identity must not be null");
        if (tool == null || !ToolPattern.isName(tool)) {
            throw new MalformedCallException("the tool's name must be 1 to " + ToolPattern.MAX_LENGTH
                    + " of the characters A-Z, a-z, 0-9, _, . and -");
        }
        this.identity = who;
        this.tool = tool;
        this.arguments = arguments;
        this.givenBytes = givenBytes;
    }

    /**
     * A call with arguments that were read elsewhere; null means none.
     *
     * @throws MalformedCallException if the identity is null, the name none of a tool, or the arguments are not JSON values
     *     within the bounds: depth 64, 1 MiB, numbers of 1000 digits and exponents within ±1000
     */
    public static ToolCall of(@Nullable Identity who, @Nullable String tool, @Nullable Map<String, ?> arguments) {
        return new ToolCall(who, tool, frozen(arguments), -1);
    }

    /**
     * A call with arguments as JSON text: one object, strictly read.
     *
     * @throws MalformedCallException as {@link #of}, and if the text is not JSON, repeats a key, or is no object
     */
    public static ToolCall parse(@Nullable Identity who, @Nullable String tool, @Nullable String argumentsJson) {
        if (argumentsJson == null) throw new MalformedCallException("the arguments must not be null");
        return new ToolCall(who, tool, read(argumentsJson), Json.utf8Bytes(argumentsJson));
    }

    private static FrozenMap<@Nullable Object> frozen(@Nullable Map<String, ?> arguments) {
        if (arguments == null) return FrozenMap.empty();
        try {
            return FrozenJson.object(arguments, MAX_BYTES);
        } catch (IllegalArgumentException e) {
            throw new MalformedCallException("the arguments are not JSON: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has JSON values
    private static FrozenMap<@Nullable Object> read(String argumentsJson) {
        JsonText text = JsonText.read(argumentsJson, MAX_BYTES);
        if (!text.sound()) {
            throw new MalformedCallException("the arguments cannot be read as JSON: "
                    + faultName(text.faults().get(0)));
        }
        if (!(text.value() instanceof FrozenMap<?> object)) {
            throw new MalformedCallException("the arguments must be a JSON object");
        }
        return (FrozenMap<@Nullable Object>) object;
    }

    /** Which sort of fault it is; its message may quote what was written. */
    private static String faultName(JsonText.Fault fault) {
        return switch (fault.kind()) {
            case TOO_LARGE -> "over 1 MiB";
            case NOT_UTF8, LONE_SURROGATE -> "half a surrogate pair";
            case BYTE_ORDER_MARK -> "a byte order mark";
            case NOT_JSON -> "the grammar is broken";
            case TOO_DEEP -> "nested more than 64 deep";
            case DUPLICATE_KEY -> "a key is written twice";
            case BAD_NUMBER -> "a number has too many digits or too large an exponent";
        };
    }

    /** Who calls. */
    public Identity identity() {
        return identity;
    }

    /** The tool's name. */
    public String tool() {
        return tool;
    }

    /** The arguments: deeply unmodifiable. */
    public Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    /** The arguments as canonical JSON text: the same for every way to write the same value. */
    public String argumentsJson() {
        String text = json;
        if (text == null) json = text = Json.canonical(arguments);
        return text;
    }

    /** SHA-256 of {@link #argumentsJson()}: two calls have the same if and only if their arguments are the same JSON value. */
    public String digest() {
        String hash = digest;
        if (hash == null) digest = hash = Digests.sha256(argumentsJson());
        return hash;
    }

    /** How many bytes the arguments are, as they came; as canonical JSON if they did not come as text. */
    int bytes() {
        return givenBytes >= 0 ? givenBytes : Json.utf8Bytes(argumentsJson());
    }

    /** Who calls what; no arguments, for this may end up in a log. */
    @Override
    public String toString() {
        return "ToolCall[" + identity + ", " + tool + "]";
    }
}
