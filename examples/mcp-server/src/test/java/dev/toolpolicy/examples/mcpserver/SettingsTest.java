package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator gets wrong is said, and nothing starts. */
class SettingsTest {
    private static final List<String> OPTIONS =
            List.of("--data", "d", "--callers", "c", "--audit-key", "k", "--policy", "p");
    private static final String TOKEN = "a".repeat(64);

    @Test
    void optionsAreWhatTheUsageSays() {
        assertThat(Settings.of(with("stdio", "--as", "alice")).grant()).contains("alice");
        Settings http = Settings.of(with("http", "--port", "1", "--approvals-port", "2"));
        assertThat(http.grant()).isEmpty();
        assertThat(List.of(http.port(), http.approvalsPort())).isEqualTo(List.of(1, 2));
    }

    @Test
    void nothingIsIgnored() {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("http"),
                List.of("stdio", "--as"),
                with("stdio"),
                with("stdio", "--as", "alice", "--port", "1"),
                with("http", "--as", "alice"),
                with("http", "--portt", "1"),
                with("http", "--data", "twice"),
                with("ftp"))) {
            assertThatThrownBy(() -> Settings.of(wrong))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("usage: ");
        }
    }

    @Test
    void callersAreKnownByTheDigestOfTheirTokens(@TempDir Path folder) throws IOException {
        Callers callers = callers(folder, agent(Callers.sha256("secret")), "");
        assertThat(callers.agent("Bearer secret").orElseThrow().grant()).isEqualTo("a");
        assertThat(callers.agent("bearer secret")).isPresent();
        for (String header :
                new String[] {null, "", "secret", "Bearer", "Bearer ", "Bearer " + Callers.sha256("secret")}) {
            assertThat(callers.agent(header)).as(header).isEmpty();
        }
        assertThat(callers.person("Bearer secret")).isEmpty();
    }

    @Test
    void aFileOfCallersThatCouldBeMisreadIsRefused(@TempDir Path folder) throws IOException {
        assertRefused(folder, agent(TOKEN) + "," + agent(TOKEN), "");
        assertRefused(folder, agent(TOKEN), "{\"name\":\"carol\",\"token_sha256\":\"" + TOKEN + "\"}");
        assertRefused(folder, agent("A".repeat(64)), "");
        assertRefused(folder, agent("secret"), "");
        assertRefused(folder, "{\"grant\":\"a\",\"token_sha256\":\"" + TOKEN + "\"}", "");
        assertRefused(folder, agent(TOKEN).replace("\"grant\"", "\"grand\":\"b\",\"grant\""), "");
        assertRefused(folder, agent(TOKEN).replace("\"a\"", "\" \""), "");
    }

    private static void assertRefused(Path folder, String agents, String people) {
        assertThatThrownBy(() -> callers(folder, agents, people))
                .as("%s %s", agents, people)
                .isInstanceOf(Exception.class);
    }

    private static Callers callers(Path folder, String agents, String people) throws IOException {
        return Callers.in(Files.writeString(
                folder.resolve("callers.json"), "{\"agents\":[" + agents + "],\"people\":[" + people + "]}"));
    }

    private static String agent(String digest) {
        return "{\"grant\":\"a\",\"token_sha256\":\"" + digest + "\",\"attributes\":{}}";
    }

    private static List<String> with(String mode, String... more) {
        List<String> all = new ArrayList<>(List.of(mode));
        all.addAll(OPTIONS);
        all.addAll(List.of(more));
        return all;
    }
}
