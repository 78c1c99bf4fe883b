package dev.toolpolicy.examples.gateway.peers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.examples.gateway.Golden;
import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a policy that hides, denies, limits and asks, exactly those calls come to something else, and as it says. */
class RestrictedTest {
    private static final String EVERYTHING = "@modelcontextprotocol/server-everything/dist/index.js";
    /** Of the script {@code everything.mjs}. */
    private static final List<String> REFUSED =
            List.of("environment", "image", "annotated", "sum of words", "echo, third");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void packages() throws Exception {
        NodePackages.require();
    }

    @Test
    void onlyWhatThePolicySaysIsRefused() throws Exception {
        List<String> server = NodePackages.node(EVERYTHING);
        CompletableFuture<Transcript> direct = Transcript.begin("everything", Connection.to(server));
        CompletableFuture<Transcript> overHttp = CompletableFuture.supplyAsync(this::overHttp);
        Path log = folder.resolve("audit.jsonl");
        Transcript restricted = Transcript.of("everything", Connection.through(restrictedWith(log), server));
        Set<String> different = new TreeSet<>(REFUSED);
        different.add("tools");
        assertThat(otherSteps(direct.get(), restricted)).isEqualTo(different);
        assertThat(tools(restricted)).isEqualTo(without("get-env", tools(direct.get())));
        Golden.check("refused-to-peers.txt", refusals(restricted));
        Golden.check("refused-to-peers.txt", refusals(overHttp.get()));
        assertThat(AuditVerifier.verify(log).ok()).isTrue();
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("\"type\":\"decision\"") && !line.contains("\"outcome\":\"ALLOW\""))
                .hasSameSizeAs(REFUSED);
    }

    private Transcript overHttp() {
        try (Started server = Started.command(NodePackages.onLoopback(EVERYTHING, "streamableHttp"));
                HttpFront gateway = HttpFront.of(
                        HttpFront.listening(server), folder, restrictedWith(folder.resolve("http.jsonl")))) {
            return Transcript.of("everything", Connection.to(gateway));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> restrictedWith(Path log) {
        String policy = "src/test/resources/policies/everything.json";
        return List.of(
                "--policy",
                policy,
                "--approvals",
                "127.0.0.1:0",
                "--approvals-token-file",
                folder.resolve("token").toString(),
                "--audit",
                log.toString());
    }

    /** The steps that came to something else; what differs by chance does so within texts, ids and times that no policy touches. */
    private static Set<String> otherSteps(Transcript direct, Transcript restricted) {
        Set<String> steps = new TreeSet<>();
        for (String place : direct.differences(restricted)) {
            boolean byChance =
                    place.matches(".*/(taskId|createdAt|lastUpdatedAt|elicitationId|contents/0/text|resource/text)");
            if (place.startsWith("/steps/") && !byChance) steps.add(place.split("/", -1)[2]);
        }
        return steps;
    }

    private static List<?> tools(Transcript transcript) {
        List<?> pages = (List<?>) requireNonNull(transcript.step("tools").get("result"));
        return (List<?>) requireNonNull(((Map<?, ?>) pages.get(0)).get("tools"));
    }

    private static List<?> without(String tool, List<?> tools) {
        return tools.stream()
                .filter(each -> !tool.equals(((Map<?, ?>) each).get("name")))
                .toList();
    }

    private static String refusals(Transcript transcript) {
        StringBuilder text = new StringBuilder();
        for (String step : REFUSED) {
            text.append(step).append("\n    ");
            text.append(Json.canonical(transcript.step(step))
                    .replaceAll("[0-9a-f]{32}", "<id>")
                    .replaceAll("(retryAfterSeconds\":)\\d+", "$1\"<seconds>\""));
            text.append('\n');
        }
        return text.toString();
    }
}
