package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that is no message is answered, and the server goes on. */
class StdioTest {
    private static final String PARSE =
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}";
    private static final String INVALID =
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"}}";
    private static final String LIST =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_notes\"}}";

    @Test
    void aLineThatIsNoMessageEndsNothing(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            Map<String, String> lines = Map.of(
                    "{bad",
                    PARSE,
                    "[" + LIST + "]",
                    PARSE,
                    LIST + LIST,
                    PARSE,
                    LIST.replace("\"id\":7", "\"id\":7,\"id\":8"),
                    PARSE,
                    "{}",
                    PARSE,
                    LIST.replace("\"id\":7", "\"id\":null"),
                    INVALID,
                    LIST.replace("\"id\":7", "\"id\":{}"),
                    INVALID,
                    " ".repeat(3 << 20) + LIST,
                    INVALID);
            for (Map.Entry<String, String> line : lines.entrySet()) {
                client.write(line.getKey());
                assertThat(client.read()).isEqualTo(line.getValue());
            }
            client.write(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}', '\n'});
            assertThat(client.read()).isEqualTo(PARSE);
            assertThat(client.call("{\"name\":\"list_notes\"}")).contains("none");
            assertThat(site.recorded("decision")).hasSize(1);
        }
    }

    @Test
    void notesAndEmptyLinesAreDropped(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            client.write("");
            client.write("  ");
            client.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}");
            client.write(LIST.replace("\"id\":7,", "").replace("list_notes", "delete_note"));
            assertThat(client.call("{\"name\":\"list_notes\"}")).contains("none");
            assertThat(site.recorded("decision")).hasSize(1);
        }
    }

    @Test
    void carriageReturnsAreWhiteSpace(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            client.write(LIST.replace(",\"method", ",\r\"method") + "\r");
            assertThat(client.read()).contains("none");
        }
    }

    @Test
    void nothingRunsBeforeTheClientHasBegun(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = new RawStdio(site, "alice-laptop")) {
            client.write(LIST);
            client.write("{bad");
            // What is answered first was sent last: the call waits.
            assertThat(client.read()).isEqualTo(PARSE);
            assertThat(site.recorded("decision")).isEmpty();
        }
    }

    @Test
    void theServerEndsWithItsInput(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            client.write("{\"not\":\"ended\"".getBytes(StandardCharsets.UTF_8));
            client.end();
            assertThat(site.stop.getCount()).isZero();
        }
    }

    @Test
    void whatAToolThrowsStaysHere(@TempDir Path folder) throws Exception {
        Tool throwing = Tool.builder("list_more", Map.of("type", "object")).build();
        try (Site site = new Site(folder, Map.of("\"list_notes\":", "\"list_more\": {}, \"list_notes\":"));
                RawStdio client = RawStdio.begun(
                        site.with(new GuardedTools.Offer(throwing, (who, arguments) -> {
                            throw new StackOverflowError("secret");
                        })),
                        site.callers.granted("alice-laptop").orElseThrow())) {
            assertThat(client.call("{\"name\":\"list_more\"}"))
                    .contains("\"text\":\"the tool failed\"", "\"isError\":true")
                    .doesNotContain("secret");
            assertThat(site.recorded("run").get(0).get("result").asText()).isEqualTo("FAILED");
        }
    }
}
