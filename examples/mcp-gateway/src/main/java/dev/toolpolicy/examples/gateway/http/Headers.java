package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.json.Json;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What passes of the heads of requests and answers, and whether a head says what its body says. */
final class Headers {
    static final String SESSION = "mcp-session-id";
    private static final String METHOD = "mcp-method";
    private static final String NAME = "mcp-name";
    private static final String PARAM = "mcp-param-";
    private static final String VERSION = "mcp-protocol-version";
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    /** The client's own credentials are not among them, nor what belongs to one connection. */
    private static final Set<String> TO_SERVER =
            Set.of("accept", "content-type", "last-event-id", "user-agent", "traceparent", "tracestate");

    private static final Set<String> TO_CLIENT = Set.of(
            SESSION,
            VERSION,
            "content-type",
            "cache-control",
            "www-authenticate",
            "retry-after",
            "allow",
            "x-accel-buffering");
    private static final Set<String> ONCE = Set.of("content-type", "authorization", "host", "origin");

    private Headers() {}

    static void toServer(MultiMap from, MultiMap to) {
        copy(from, to, name -> TO_SERVER.contains(name) || (name.startsWith("mcp-") && isPlain(name)));
    }

    static void toClient(MultiMap from, MultiMap to) {
        copy(from, to, TO_CLIENT::contains);
    }

    private static void copy(MultiMap from, MultiMap to, Predicate<String> passes) {
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (passes.test(name)) to.add(name, header.getValue());
        }
    }

    /** Many servers read {@code Mcp-Session_Id} as {@code Mcp-Session-Id}, of which only the latter was looked at. */
    private static boolean isPlain(String name) {
        return name.startsWith(PARAM) || name.indexOf('_') < 0;
    }

    /** The same for a tool that is asked for in another's place. */
    static void nameInstead(MultiMap headers, String name) {
        if (headers.contains(NAME)) headers.set(NAME, name);
        List.copyOf(headers.names()).stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(PARAM))
                .forEach(headers::remove);
    }

    /** Whether something is said twice of which there can be one. */
    static boolean repeats(MultiMap headers) {
        return headers.names().stream()
                .filter(name -> ONCE.contains(name.toLowerCase(Locale.ROOT))
                        || name.toLowerCase(Locale.ROOT).startsWith("mcp-"))
                .anyMatch(name -> headers.getAll(name).size() > 1);
    }

    /** Whether the head says of the message what the message says: who decides by the one must not be told another thing by the other. */
    static boolean agree(MultiMap headers, ClientMessage message) {
        return isOrAbsent(headers.get(METHOD), message.method())
                && isOrAbsent(headers.get(NAME), message.target())
                && (message.version() == null || isOrAbsent(headers.get(VERSION), message.version()))
                && paramsAgree(headers, message);
    }

    private static boolean isOrAbsent(@Nullable String header, @Nullable String said) {
        return header == null || decoded(header).equals(said);
    }

    /** Which argument a header repeats is in the tool's schema; here it has to be one of them. */
    private static boolean paramsAgree(MultiMap headers, ClientMessage message) {
        for (Map.Entry<String, String> header : headers) {
            if (!header.getKey().toLowerCase(Locale.ROOT).startsWith(PARAM)) continue;
            if (!isWithin(message.arguments(), decoded(header.getValue()))) return false;
        }
        return true;
    }

    private static boolean isWithin(@Nullable Object value, String text) {
        if (value instanceof Map<?, ?> object) return object.values().stream().anyMatch(each -> isWithin(each, text));
        if (value instanceof List<?> list) return list.stream().anyMatch(each -> isWithin(each, text));
        if (value instanceof Number number) return isNumber(text, Json.decimal(number));
        return text.equals(String.valueOf(value));
    }

    private static boolean isNumber(String text, BigDecimal number) {
        try {
            return new BigDecimal(text).compareTo(number) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String decoded(String header) {
        boolean encoded = header.startsWith(ENCODED)
                && header.endsWith(ENCODED_END)
                && header.length() >= ENCODED.length() + ENCODED_END.length();
        if (!encoded) return header;
        String base64 = header.substring(ENCODED.length(), header.length() - ENCODED_END.length());
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return header;
        }
    }
}
