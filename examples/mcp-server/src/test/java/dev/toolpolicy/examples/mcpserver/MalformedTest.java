package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are wrong in themselves are refused, and recorded; what is no call at all is answered with fixed texts. */
class MalformedTest {
    /** Calls that no handler should run, and what the log says of each. */
    private static final Map<String, String> CALLS = new LinkedHashMap<>();

    static {
        CALLS.put("{\"name\":\"write_note\"}", "DENY INVALID_ARGUMENTS write_note");
        CALLS.put("{\"name\":\"write_note\",\"arguments\":null}", "DENY INVALID_ARGUMENTS write_note");
        CALLS.put("{\"name\":\"write_note\",\"arguments\":{\"title\":\"a\"}}", "DENY INVALID_ARGUMENTS write_note");
        CALLS.put(
                "{\"name\":\"write_note\",\"arguments\":{\"title\":\"a\",\"text\":7}}",
                "DENY INVALID_ARGUMENTS write_note");
        CALLS.put(
                "{\"name\":\"write_note\",\"arguments\":{\"title\":\"a\",\"text\":\"b\",\"c\":1}}",
                "DENY INVALID_ARGUMENTS write_note");
        CALLS.put("{\"name\":\"write_note\",\"arguments\":\"secret\"}", "DENY MALFORMED_CALL write_note");
        CALLS.put("{\"name\":\"write_note\",\"arguments\":[\"secret\"]}", "DENY MALFORMED_CALL write_note");
        CALLS.put("{\"name\":\"write_note\",\"arguments\":7}", "DENY MALFORMED_CALL write_note");
        CALLS.put(
                "{\"name\":\"write_note\",\"arguments\":{\"title\":\"\\ud800\",\"text\":\"b\"}}",
                "DENY MALFORMED_CALL write_note");
        CALLS.put(
                "{\"name\":\"refund_charge\",\"arguments\":{\"charge\":1e4000}}", "DENY MALFORMED_CALL refund_charge");
        CALLS.put(
                "{\"name\":\"refund_charge\",\"arguments\":{\"charge\":1.00000000000000000001}}",
                "DENY INVALID_ARGUMENTS refund_charge");
    }

    private static final String[] NO_CALLS = {
        "{\"arguments\":{\"a\":\"secret\"}}", "{\"name\":null,\"arguments\":{\"a\":\"secret\"}}", "\"secret\"", "null",
    };

    @Test
    void overHttpEveryCallIsRecorded(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp client = RawHttp.begun(server.address, server.site.premises.alice());
            everyCallIsRecorded(server.site, client::call);
        }
    }

    @Test
    void overStdioEveryCallIsRecorded(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            everyCallIsRecorded(site, client::call);
        }
    }

    private static void everyCallIsRecorded(Site site, Call call) throws Exception {
        for (Map.Entry<String, String> wrong : CALLS.entrySet()) {
            JsonNode result = Site.JSON.readTree(call.of(wrong.getKey())).get("result");
            assertThat(result.get("isError").asBoolean()).as(wrong.getKey()).isTrue();
            assertThat(result.toString()).doesNotContain("secret", "jackson", "Exception");
            assertThat(site.lastDecision()).as(wrong.getKey()).isEqualTo(wrong.getValue());
        }
        assertThat(site.recorded("decision")).hasSize(CALLS.size());
        for (String wrong : NO_CALLS) {
            String answer = call.of(wrong);
            assertThat(answer)
                    .as(wrong)
                    .contains("\"code\":-32602", "Unknown tool")
                    .doesNotContain("secret");
        }
        assertThat(call.of("{\"name\":\"list_notes\"}")).contains("none");
    }

    @Test
    void overHttpWhatIsNoMessageIsAnsweredWithoutStackTraceOrParserText(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp client = RawHttp.begun(server.address, server.site.premises.alice());
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_notes\"";
            for (String body : new String[] {
                "",
                "secret",
                "{\"secret\":1}",
                "[" + call + "}}]",
                call + "}} {}",
                call + ",\"name\":\"list_charges\"}}",
                call + ",\"arguments\":{\"a\":1,\"\\u0061\":2}}}",
                "{\"jsonrpc\":\"1.0\",\"id\":[],\"method\":\"secret\"}",
            }) {
                var answer = client.post(body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(answer.body())
                        .as(body)
                        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,"
                                + "\"message\":\"Invalid message format\"}}");
            }
            assertThat(client.post(" ".repeat(3 << 20)).statusCode()).isEqualTo(413);
            assertThat(server.site.recorded("decision")).isEmpty();
        }
    }

    @Test
    void whatFailsInsideTheSdkIsAnsweredWithAFixedText(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            client.write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"logging/setLevel\"}");
            assertThat(client.read())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,"
                            + "\"message\":\"Internal error\"}}");
            client.write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"logging/setLevel\",\"params\":\"secret\"}");
            assertThat(client.read())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32602,"
                            + "\"message\":\"Invalid params\"}}");
        }
    }

    @Test
    void overHttpACallThatWantsNoAnswerIsNotRun(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp client = RawHttp.begun(server.address, server.site.premises.alice());
            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"write_note\","
                    + "\"arguments\":{\"title\":\"a\",\"text\":\"b\"}}}");
            assertThat(client.call("{\"name\":\"list_notes\"}")).contains("none");
        }
    }

    @FunctionalInterface
    private interface Call {
        String of(String params) throws Exception;
    }
}
