package dev.toolpolicy.examples.gateway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.Golden;
import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client and a server of the revision of 2026-07-28, which has no sessions, with the gateway between them. */
class ModernTest {
    /** Of the script {@code modern.mjs}. */
    private static final List<String> REFUSED =
            List.of("secret", "failing", "in a region", "in a region of other letters", "progress", "echo, wrong type");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void packages() throws Exception {
        NodePackages.require();
    }

    @Test
    void overStandardStreams() throws Exception {
        List<String> server = NodePackages.node("modern-server.mjs", "stdio");
        Transcript direct = Transcript.modern(Connection.to(server));
        assertThat(direct.differences(Transcript.modern(Connection.to(server)))).isEmpty();
        Transcript through = Transcript.modern(Connection.through(allowingAll(), server));
        onlyTheLifeOfTheListDiffers(direct, through);
        Transcript restricted = Transcript.modern(Connection.through(restricted(), server));
        onlyWhatThePolicySaysIsRefused(direct, restricted);
    }

    @Test
    void overHttp() throws Exception {
        try (Started server = Started.command(NodePackages.node("modern-server.mjs", "http"))) {
            String url = HttpFront.listening(server);
            Transcript direct = Transcript.modern(Connection.to(url));
            assertThat(direct.differences(Transcript.modern(Connection.to(url))))
                    .isEmpty();
            try (HttpFront gateway = HttpFront.of(url, folder, allowingAll())) {
                onlyTheLifeOfTheListDiffers(direct, Transcript.modern(Connection.to(gateway)));
            }
            try (HttpFront gateway = HttpFront.of(url, folder, restricted())) {
                onlyWhatThePolicySaysIsRefused(direct, Transcript.modern(Connection.to(gateway)));
            }
            // What the server, and so the gateway, must say of a head that says another thing than its body.
            assertThat(Json.canonical(direct.step("by hand, another tool")))
                    .contains("\"code\":-32020", "\"status\":400");
        }
    }

    /** A list made for one reader is not for a shared cache, nor for long. */
    private static void onlyTheLifeOfTheListDiffers(Transcript direct, Transcript through) {
        assertThat(direct.differences(through))
                .hasSize(4)
                .allMatch(place -> place.matches("/(steps/tools|received/.*)/result/(ttlMs|cacheScope)"));
        assertThat(Json.canonical(through.step("tools"))).contains("\"cacheScope\":\"private\"", "\"ttlMs\":10000");
    }

    private static void onlyWhatThePolicySaysIsRefused(Transcript direct, Transcript restricted) {
        Set<String> different = new TreeSet<>();
        for (String place : direct.differences(restricted)) {
            if (place.startsWith("/steps/")) different.add(place.split("/", -1)[2]);
        }
        Set<String> expected = new TreeSet<>(REFUSED);
        expected.add("tools");
        // By the same limit as the call of a wrong type, and only over HTTP.
        expected.addAll(direct.steps().containsKey("by hand") ? List.of("by hand", "by hand, encoded") : List.of());
        assertThat(different).isEqualTo(expected);
        assertThat(Json.canonical(restricted.step("tools"))).doesNotContain("\"secret\"");
        StringBuilder text = new StringBuilder();
        for (String step : REFUSED) {
            text.append(step).append("\n    ");
            text.append(Json.canonical(restricted.step(step))
                            .replaceAll("[0-9a-f]{32}", "<id>")
                            .replaceAll("(retryAfterSeconds\":)\\d+", "$1\"<seconds>\""))
                    .append('\n');
        }
        Golden.check("refused-to-modern-peers.txt", text.toString());
    }

    private List<String> allowingAll() throws Exception {
        Path policy = Files.writeString(folder.resolve("allow-all.json"), "{\"version\":\"1\",\"default\":\"allow\"}");
        return List.of("--policy", policy.toString());
    }

    private List<String> restricted() {
        return List.of(
                "--policy",
                "src/test/resources/policies/modern.json",
                "--approvals",
                "127.0.0.1:0",
                "--approvals-token-file",
                folder.resolve("token").toString());
    }
}
