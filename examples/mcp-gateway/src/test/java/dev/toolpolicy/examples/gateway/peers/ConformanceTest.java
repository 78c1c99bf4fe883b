package dev.toolpolicy.examples.gateway.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's own suite says the same of a server behind the gateway as of the server. */
class ConformanceTest {
    private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";
    private static final int MOST_BYTES = 64 << 20;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void packages() throws Exception {
        NodePackages.require();
    }

    @Test
    void everyCheckPassesThroughTheGatewayToo() throws Exception {
        Path policy = Files.writeString(folder.resolve("allow-all.json"), "{\"version\":\"1\",\"default\":\"allow\"}");
        try (Started server = Started.command(NodePackages.node("conformance-server.mjs"))) {
            String url = HttpFront.listening(server);
            SortedMap<String, String> direct = checks("direct", url, "");
            assertThat(direct)
                    .hasSize(40)
                    .allSatisfy((check, status) -> assertThat(status).isEqualTo("SUCCESS"));
            try (HttpFront gateway = HttpFront.of(url, folder, List.of("--policy", policy.toString()))) {
                assertThat(checks("through", gateway.url(), gateway.token())).isEqualTo(direct);
            }
        }
    }

    /** What became of each check of each scenario. */
    private SortedMap<String, String> checks(String name, String url, String token) throws Exception {
        Path results = folder.resolve(name);
        List<String> command = NodePackages.node(SUITE, "server", "--url", url, "--output-dir", results.toString());
        command.addAll(1, List.of("--require", NodePackages.path("bearer.cjs").toString()));
        ProcessBuilder suite = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        suite.environment().put("BEARER", token);
        Process running = suite.start();
        try {
            assertThat(running.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            running.destroyForcibly();
        }
        SortedMap<String, String> checks = new TreeMap<>();
        try (Stream<Path> scenarios = Files.list(results)) {
            for (Path scenario : scenarios.toList()) read(scenario, checks);
        }
        return checks;
    }

    private static void read(Path scenario, SortedMap<String, String> checks) throws IOException {
        String json = Files.readString(scenario.resolve("checks.json"), UTF_8);
        String name = scenario.getFileName().toString().replaceFirst("-\\d{4}-\\d\\d-\\d\\dT.*", "");
        if (!(JsonText.read(json, MOST_BYTES).value() instanceof List<?> list))
            throw new IOException("no list: " + json);
        for (Object check : list) {
            Map<?, ?> members = (Map<?, ?>) check;
            checks.put(name + "/" + members.get("id"), String.valueOf(members.get("status")));
        }
    }
}
