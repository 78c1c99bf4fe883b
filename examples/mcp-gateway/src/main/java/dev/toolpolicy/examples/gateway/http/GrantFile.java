package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.json.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who has which bearer token, by its hash: a line is {@code NAME sha256:HEX [attribute=value …]}. Read anew when told to look; a file
 * that is broken changes nothing. Safe for any number of threads.
 */
public final class GrantFile {
    private static final String HASH = "sha256:";
    private static final Pattern SPACE = Pattern.compile("[ \\t]+");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final Path file;
    private volatile Map<String, Identity> byHash;
    private byte[] read;

    private GrantFile(Path file, byte[] read, Map<String, Identity> byHash) {
        this.file = file;
        this.read = read;
        this.byHash = byHash;
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read, or a line of it is not what it must be: the message says which
     */
    public static GrantFile read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        return new GrantFile(file, bytes, parse(bytes));
    }

    /** Looks again; what is wrong, if anything. */
    public synchronized Optional<String> look() {
        try {
            byte[] bytes = bytes(file);
            if (Arrays.equals(bytes, read)) return Optional.empty();
            read = bytes;
            byHash = parse(bytes);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // Its own message is often no more than the name.
            throw new IOException("grants: the file cannot be read: " + file, e);
        }
    }

    /** Who has this token. */
    Optional<Identity> holder(@Nullable String token) {
        if (token == null) return Optional.empty();
        return Optional.ofNullable(byHash.get(hash(token)));
    }

    /** The line for a token. */
    public static String line(String name, String token, Map<String, String> attributes) {
        StringBuilder line = new StringBuilder(name).append(' ').append(HASH).append(hash(token));
        attributes.forEach(
                (key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.toString();
    }

    private static String hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Identity> parse(byte[] bytes) throws IOException {
        Map<String, Identity> byHash = new HashMap<>();
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            String problem = add(List.of(SPACE.split(line)), byHash);
            if (!problem.isEmpty()) throw new IOException("grants, line " + (i + 1) + ": " + problem);
        }
        return Map.copyOf(byHash);
    }

    private static String add(List<String> words, Map<String, Identity> byHash) {
        if (words.size() < 2 || !words.get(1).startsWith(HASH)) return "expected NAME sha256:HEX [attribute=value …]";
        String hash = words.get(1).substring(HASH.length());
        if (!HEX.matcher(hash).matches()) return "a hash is 64 of 0-9 and a-f";
        try {
            Identity holder = Identity.of(words.get(0));
            for (String attribute : words.subList(2, words.size())) {
                int equals = attribute.indexOf('=');
                if (equals < 1) return "an attribute is name=value";
                String name = attribute.substring(0, equals);
                if (holder.attributes().containsKey(name)) return "an attribute is written twice";
                holder = holder.with(name, attribute.substring(equals + 1));
            }
            return byHash.put(hash, holder) == null ? "" : "this token is another line's, too";
        } catch (MalformedCallException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
