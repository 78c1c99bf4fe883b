package dev.toolpolicy.examples.gateway.rpc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names that two parsers might read as one. */
final class Names {
    private static final Set<String> ENVELOPE = Set.of("jsonrpc", "id", "method", "params", "result", "error");
    private static final Set<String> CALL =
            Set.of("name", "arguments", "_meta", "task", "inputResponses", "requestState");
    private static final Set<String> GOVERNED = Set.of("toolscall", "toolslist");

    private Names() {}

    /** A member of the envelope that is written in another case: some servers match names without regard to it. */
    static Optional<String> variantInEnvelope(Map<String, ?> message) {
        return variant(message, ENVELOPE);
    }

    /** The same of a member of the params of {@code tools/call}. */
    static Optional<String> variantInCall(Map<String, ?> params) {
        return variant(params, CALL);
    }

    private static Optional<String> variant(Map<String, ?> object, Set<String> exact) {
        for (String key : object.keySet()) {
            if (exact.contains(key)) continue;
            for (String name : exact) {
                if (fold(key).equals(fold(name))) return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** A method that is almost one of those we judge: no server needs it, and a lenient one might take it for that. */
    static boolean isAlmostGoverned(String method) {
        if (method.equals(ClientMessage.TOOLS_CALL) || method.equals(ClientMessage.TOOLS_LIST)) return false;
        StringBuilder letters = new StringBuilder();
        fold(method).chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> letters.append((char) c));
        return GOVERNED.contains(letters.toString());
    }

    /**
     * Both ways, for the long s has only an upper case, and the Kelvin sign only a lower one, in common with a letter. Up to the first
     * NUL, for that is where a server written in C takes a name to end.
     */
    private static String fold(String name) {
        int end = name.indexOf('\0');
        return (end < 0 ? name : name.substring(0, end))
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
