package dev.toolpolicy.examples.gateway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a policy that allows everything, a client sees through the gateway what it sees without it. */
class SameThroughTheGatewayTest {
    private static final String EVERYTHING = "@modelcontextprotocol/server-everything/dist/index.js";

    /** What a server makes anew each time: no two runs have it in common, with or without a gateway. */
    private static final List<Pattern> CHANCE_OF_EVERYTHING =
            patterns("/(taskId|createdAt|lastUpdatedAt)$", "/elicitationId$", "/contents/0/text$", "/resource/text$");

    /** The text of three answers and of two notes says which session they belong to. */
    private static final List<Pattern> CHANCE_OVER_HTTP = patterns(
            "^/steps/updates (on|off)/result/content/0/text$",
            "^/received/answer \\d+/0/result/content/0/text$",
            "^/received/notifications~1message/\\d/params/data$");

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void packages() throws Exception {
        NodePackages.require();
    }

    @Test
    void theServerOfEverythingOverStandardStreams() throws Exception {
        List<String> server = NodePackages.node(EVERYTHING);
        // The two that are held against it begin later, so that whatever tells the time tells another one.
        Transcript direct = Transcript.of("everything", Connection.to(server));
        CompletableFuture<Transcript> again = Transcript.begin("everything", Connection.to(server));
        CompletableFuture<Transcript> through =
                Transcript.begin("everything", Connection.through(allowingAll(), server));
        isTheSame(direct, again.get(), through.get(), CHANCE_OF_EVERYTHING);
        assertThat(direct.steps()).hasSizeGreaterThan(55);
        assertThat(direct.step("cancelled").containsKey("error")).isTrue();
    }

    @Test
    void theServerOfEverythingOverHttp() throws Exception {
        try (Started server = Started.command(NodePackages.onLoopback(EVERYTHING, "streamableHttp"))) {
            String url = HttpFront.listening(server);
            try (HttpFront gateway = HttpFront.of(url, folder, allowingAll())) {
                Transcript direct = Transcript.of("everything", Connection.to(url));
                CompletableFuture<Transcript> again = Transcript.begin("everything", Connection.to(url));
                CompletableFuture<Transcript> through = Transcript.begin("everything", Connection.to(gateway));
                isTheSame(direct, again.get(), through.get(), joined(CHANCE_OF_EVERYTHING, CHANCE_OVER_HTTP));
            }
        }
    }

    @Test
    void theServerOfFiles() throws Exception {
        Transcript direct = files(List.of());
        untilAnotherSecond();
        Transcript again = files(List.of());
        untilAnotherSecond();
        Transcript through = files(allowingAll());
        isTheSame(direct, again, through, patterns("/result/(content/0/text|structuredContent/content)$"));
        assertThat(direct.differences(again)).allMatch(place -> place.matches("/(received/\\d+|steps/about)/.*"));
    }

    /** The times of files are told to the second. */
    private static void untilAnotherSecond() {
        long second = Instant.now().getEpochSecond();
        while (Instant.now().getEpochSecond() == second) Thread.onSpinWait();
    }

    /** In a folder of the same name, which is new each time. */
    private static Transcript files(List<String> gateway) throws IOException {
        Path root = folder.resolve("files");
        List<String> server =
                NodePackages.node("@modelcontextprotocol/server-filesystem/dist/index.js", root.toString());
        Files.createDirectories(root);
        Connection connection = gateway.isEmpty() ? Connection.to(server) : Connection.through(gateway, server);
        Transcript seen = Transcript.of("filesystem", connection.with("folder", root.toString()));
        for (String name : List.of("sub/b.txt", "sub/deeper", "sub", "")) Files.delete(root.resolve(name));
        return seen;
    }

    @Test
    void theServerThatRemembers() throws Exception {
        List<String> server = NodePackages.node("@modelcontextprotocol/server-memory/dist/index.js");
        isTheSame(
                Transcript.of("memory", remembering(Connection.to(server))),
                Transcript.of("memory", remembering(Connection.to(server))),
                Transcript.of("memory", remembering(Connection.through(allowingAll(), server))),
                List.of());
    }

    private static Connection remembering(Connection connection) throws IOException {
        Path file = Files.createTempDirectory(folder, "memory").resolve("memory.jsonl");
        return connection.with("env", Map.of("MEMORY_FILE_PATH", file.toString()));
    }

    /** Where two runs without a gateway agree, a run with it agrees with both; and nothing else is left out of the comparison. */
    private static void isTheSame(Transcript direct, Transcript again, Transcript through, List<Pattern> chance) {
        Set<String> byChance = direct.differences(again);
        assertThat(byChance).as("by chance").allMatch(place -> isOneOf(chance, place));
        assertThat(chance).allMatch(each -> byChance.stream().anyMatch(place -> isOneOf(List.of(each), place)));
        assertThat(direct.differences(through)).as("through the gateway").isSubsetOf(byChance);
    }

    private static boolean isOneOf(List<Pattern> patterns, String place) {
        return patterns.stream().anyMatch(each -> each.matcher(place).find());
    }

    private static List<String> allowingAll() throws IOException {
        Path policy = folder.resolve("allow-all.json");
        Files.writeString(policy, "{\"version\":\"1\",\"default\":\"allow\"}");
        return List.of("--policy", policy.toString());
    }

    private static List<Pattern> patterns(String... texts) {
        return Stream.of(texts).map(Pattern::compile).toList();
    }

    private static List<Pattern> joined(List<Pattern> some, List<Pattern> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
