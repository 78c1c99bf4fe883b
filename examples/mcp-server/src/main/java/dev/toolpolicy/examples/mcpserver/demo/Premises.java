package dev.toolpolicy.examples.mcpserver.demo;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.examples.mcpserver.NotesServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What an operator prepares: the policy, who may come in, and a key for the audit log. Alice and Bob have agents, Carol answers
 * questions.
 *
 * @param alice her token, and so on: the files know only their digests
 */
public record Premises(Path folder, String alice, String bob, String carol) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Prepares it all in a folder, with the policy that the server brings along. */
    public static Premises in(Path folder) throws IOException {
        Premises premises = new Premises(folder, token(), token(), token());
        try (InputStream policy = requireNonNull(NotesServer.class.getResourceAsStream("/policy.json"))) {
            Files.write(premises.policy(), policy.readAllBytes());
        }
        Files.writeString(premises.callers(), premises.callersJson());
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        Files.write(premises.auditKey(), key);
        return premises;
    }

    /** The command that starts the server, on the Java and the class path of this process. */
    public List<String> command(String... mode) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // It lives for seconds: what starts quickly counts.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NotesServer.class.getName()));
        command.addAll(List.of(mode));
        command.addAll(List.of("--data", data().toString(), "--policy", policy().toString()));
        command.addAll(List.of(
                "--callers", callers().toString(), "--audit-key", auditKey().toString()));
        return command;
    }

    public Path policy() {
        return folder.resolve("policy.json");
    }

    public Path callers() {
        return folder.resolve("callers.json");
    }

    public Path auditKey() {
        return folder.resolve("audit.key");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path auditLog() {
        return data().resolve("audit.jsonl");
    }

    private String callersJson() {
        return """
                {
                  "agents": [
                    { "grant": "alice-laptop", "token_sha256": "%s", "attributes": { "roles": ["editor"] } },
                    { "grant": "bob-ci", "token_sha256": "%s", "attributes": { "roles": ["reader"] } }
                  ],
                  "people": [ { "name": "carol", "token_sha256": "%s" } ]
                }
                """.formatted(sha256(alice), sha256(bob), sha256(carol));
    }

    private static String token() {
        byte[] token = new byte[32];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
