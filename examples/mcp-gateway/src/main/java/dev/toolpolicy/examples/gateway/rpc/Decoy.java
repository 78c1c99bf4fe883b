package dev.toolpolicy.examples.gateway.rpc;

import dev.toolpolicy.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;

/**
 * A tool that no server has, asked for in the place of one that the agent must not know of: so the server itself says what it says of
 * unknown tools, word for word, and nothing of the call reaches it.
 *
 * @param name that no server has
 * @param instead which the agent called
 */
public record Decoy(String name, String instead) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LETTERS = 24;

    static Decoy instead(String tool) {
        StringBuilder name = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS; i++) name.append((char) ('a' + RANDOM.nextInt(26)));
        return new Decoy(name.toString(), tool);
    }

    byte[] call(ClientMessage message) {
        return message.calling(name, Map.of());
    }

    /** What the server said, which is JSON, with the name that the agent gave. */
    public byte[] restore(byte[] said) {
        String quoted = Json.canonical(instead);
        return new String(said, StandardCharsets.UTF_8)
                .replace(name, quoted.substring(1, quoted.length() - 1))
                .getBytes(StandardCharsets.UTF_8);
    }
}
