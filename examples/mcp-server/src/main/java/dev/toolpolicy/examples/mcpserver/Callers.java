package dev.toolpolicy.examples.mcpserver;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.toolpolicy.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, from a file that the operator writes: agents, each a grant with its attributes, and the people who answer
 * questions. The file knows their tokens by SHA-256 alone, so whoever reads it has none of them.
 */
final class Callers {
    private static final String BEARER = "Bearer ";

    /** In the order of the file: where a grant is there twice, the first stands for it. */
    private final Map<String, Identity> agents = new LinkedHashMap<>();

    private final Map<String, String> people = new HashMap<>();

    private Callers(Content content) {
        for (Agent agent : content.agents()) {
            Identity who = Identity.of(agent.grant());
            for (Map.Entry<String, List<String>> attribute : agent.attributes().entrySet())
                who = who.with(attribute.getKey(), attribute.getValue());
            if (agents.put(checked(agent.digest()), who) != null)
                throw new IllegalArgumentException("a token is there twice");
        }
        for (Person person : content.people()) {
            String digest = checked(person.digest());
            // An agent that could answer questions would approve its own.
            if (agents.containsKey(digest) || people.put(digest, person.name()) != null)
                throw new IllegalArgumentException("a token is there twice");
        }
    }

    static Callers in(Path file) throws IOException {
        return new Callers(JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build()
                .readValue(Files.readString(file), new TypeReference<Content>() {}));
    }

    /** The agent that has the token of an {@code Authorization} header. */
    Optional<Identity> agent(@Nullable String authorization) {
        return Optional.ofNullable(agents.get(tokenDigest(authorization)));
    }

    /** The person who has it. */
    Optional<String> person(@Nullable String authorization) {
        return Optional.ofNullable(people.get(tokenDigest(authorization)));
    }

    /** The agent of a grant, for a transport that has no tokens. */
    Optional<Identity> granted(String grant) {
        return agents.values().stream().filter(who -> who.grant().equals(grant)).findFirst();
    }

    private static String tokenDigest(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) return "";
        return sha256(authorization.substring(BEARER.length()).strip());
    }

    static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String checked(String digest) {
        if (!digest.matches("[0-9a-f]{64}"))
            throw new IllegalArgumentException("token_sha256 must be 64 hexadecimal digits, in lower case");
        return digest;
    }

    private record Content(List<Agent> agents, List<Person> people) {}

    private record Agent(
            String grant, @JsonProperty("token_sha256") String digest, Map<String, List<String>> attributes) {}

    private record Person(
            String name, @JsonProperty("token_sha256") String digest) {}
}
