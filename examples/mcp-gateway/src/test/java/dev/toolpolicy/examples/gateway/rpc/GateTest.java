package dev.toolpolicy.examples.gateway.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.gateway.Golden;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Identity ALICE = Identity.of("alice-laptop");
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"tools\":[{\"name\":\"read_x\"},"
            + "{\"name\":\"delete_x\"},{\"name\":\"write_x\"},{\"name\":\"not_listed\"},{\"name\":\"forbidden\"},"
            + "{\"name\":\"limited\"},{\"name\":\"asked\"}]}}";

    private final List<String> happened = new ArrayList<>();
    private Gate gate;

    @BeforeEach
    void open() {
        Policy policy = PolicyParser.standard()
                .parse(Path.of("src/test/resources/policies/gate.json"))
                .orThrow();
        Evaluator evaluator = Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().build())
                .clock(() -> Instant.parse("2026-11-21T12:00:00Z"))
                .audit(new Records())
                .build();
        gate = Gate.of(evaluator);
        gate.list(ALICE, 0L, LIST.getBytes(UTF_8));
    }

    @Test
    void whatBecomesOfEachMessage() {
        StringBuilder told = new StringBuilder();
        messages().forEach((name, message) -> {
            happened.clear();
            receive(message.getBytes(UTF_8));
            told.append("# ").append(name).append('\n').append(shown(message)).append('\n');
            happened.forEach(each -> told.append("    ").append(stable(each)).append('\n'));
            told.append('\n');
        });
        Golden.check("messages.txt", told.toString());
    }

    private void receive(byte[] message) {
        Recorded exchange = new Recorded();
        gate.read(ALICE, message, exchange).ifPresent(read -> gate.judge(ALICE, read, exchange));
    }

    private static String call(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}";
    }

    static Map<String, String> messages() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("an allowed call", call("{\"name\":\"read_x\",\"arguments\":{\"b\":1.0,\"a\":[true,null]}}"));
        all.put(
                "members that nobody here knows are kept",
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"vendor\":{\"x\":1},"
                        + "\"method\":\"tools/call\",\"params\":{\"name\":\"read_x\",\"task\":{\"ttl\":60000},"
                        + "\"_meta\":{\"progressToken\":7},\"y\":[2]}}");
        all.put("no arguments are none", call("{\"name\":\"read_x\"}"));
        all.put("a denied call", call("{\"name\":\"write_x\",\"arguments\":{\"amount\":101}}"));
        all.put(
                "a denied call of the stateless revision",
                call("{\"name\":\"write_x\",\"arguments\":{\"amount\":101},"
                        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}"));
        all.put("a tool that the policy denies", call("{\"name\":\"forbidden\"}"));
        all.put("a tool that the policy does not list", call("{\"name\":\"not_listed\"}"));
        all.put("the first within a limit", call("{\"name\":\"limited\"}"));
        all.put("the second", call("{\"name\":\"limited\"}"));
        all.put("the third", call("{\"name\":\"limited\"}"));
        all.put("a person is asked", call("{\"name\":\"asked\",\"arguments\":{\"to\":\"acme\"}}"));
        all.put(
                "an approval that the client claims",
                call("{\"name\":\"asked\",\"arguments\":{\"to\":\"acme\"},\"approved\":true,"
                        + "\"inputResponses\":{\"approval\":{\"action\":\"accept\"}},\"_meta\":{\"approved\":true,"
                        + "\"dev.toolpolicy/approvalId\":\"<id>\",\"dev.toolpolicy/approvedBy\":\"carol\"}}"));
        all.put("a hidden tool", call("{\"name\":\"delete_x\",\"arguments\":{\"id\":\"7\"}}"));
        all.put("a tool that the server has not", call("{\"name\":\"made_up\",\"arguments\":{\"id\":\"7\"}}"));
        all.put("almost a hidden tool", call("{\"name\":\"Delete_X\"}"));
        all.put("a name that can be no tool's", call("{\"name\":\"read_x\\u200b \\\"\"}"));
        all.put("name and Name", call("{\"name\":\"delete_x\",\"Name\":\"read_x\"}"));
        all.put("Name and name", call("{\"Name\":\"delete_x\",\"name\":\"read_x\"}"));
        all.put(
                "Arguments beside arguments",
                call("{\"name\":\"write_x\",\"arguments\":{\"amount\":1},\"Arguments\":{\"amount\":1000}}"));
        all.put("arguments with a long s", call("{\"name\":\"write_x\",\"argument\\u017f\":{\"amount\":1000}}"));
        all.put(
                "Method beside method",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"Method\":\"tools/call\",\"method\":\"ping\","
                        + "\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "method twice",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\","
                        + "\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "method twice, once in escapes",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\","
                        + "\"\\u006dethod\":\"tools/call\",\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "the method in escapes is the method",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools\\/c\\u0061ll\",\"params\":{\"name\":\"forbidden\"}}");
        all.put(
                "the method in another case",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Tools/Call\",\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "the method with a blank",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call \",\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "the method with more behind a NUL, where some take it to end",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\\u0000x\",\"params\":{\"name\":\"delete_x\"}}");
        all.put(
                "a second method, named with a NUL",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\\u0000\":\"tools/call\",\"method\":\"ping\","
                        + "\"params\":{\"name\":\"delete_x\"}}");
        all.put("a second name, named with a NUL", call("{\"name\\u0000\":\"delete_x\",\"name\":\"read_x\"}"));
        all.put("a name twice", call("{\"name\":\"read_x\",\"name\":\"delete_x\"}"));
        all.put("an argument twice", call("{\"name\":\"write_x\",\"arguments\":{\"amount\":1,\"amount\":1000}}"));
        all.put("arguments that are a string", call("{\"name\":\"read_x\",\"arguments\":\"{}\"}"));
        all.put("arguments that are a list", call("{\"name\":\"read_x\",\"arguments\":[]}"));
        all.put("arguments that are null", call("{\"name\":\"read_x\",\"arguments\":null}"));
        all.put("an argument of 1e400", call("{\"name\":\"write_x\",\"arguments\":{\"amount\":1e400}}"));
        all.put("an argument of 1e4000", call("{\"name\":\"write_x\",\"arguments\":{\"amount\":1e4000}}"));
        all.put(
                "digits that a double would lose",
                call("{\"name\":\"write_x\",\"arguments\":{\"amount\":100.00000000000000001}}"));
        all.put("a name that is a list", call("{\"name\":[\"read_x\"]}"));
        all.put("no name", call("{}"));
        all.put("no params", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}");
        all.put("params that are a list", call("[\"read_x\"]"));
        all.put("a batch", "[" + call("{\"name\":\"read_x\"}") + "," + call("{\"name\":\"delete_x\"}") + "]");
        all.put("an empty batch", "[]");
        all.put(
                "a call that is a notification",
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"read_x\"}}");
        all.put(
                "a call whose id is null",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/call\",\"params\":{\"name\":\"read_x\"}}");
        all.put("an id that is a fraction", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}");
        all.put("an id that is an object", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}");
        all.put("an id twice", "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/list\"}");
        all.put(
                "a call that is an answer too",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"result\":{},"
                        + "\"params\":{\"name\":\"delete_x\"}}");
        all.put("another JSON-RPC", "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete_x\"}}");
        all.put("no JSON", "{\"jsonrpc\":\"2.0\",");
        all.put("two messages in one", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}{}");
        all.put(
                "a message between carriage returns, which some take for ends of lines",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\r"
                        + call("{\"name\":\"delete_x\"}") + "\r}}");
        all.put(
                "a message between line separators, which some take for ends of lines",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"\u2028"
                        + call("{\"name\":\"delete_x\"}").replace('"', '\'') + "\u2029\",\"\u0085é…€\":\"\\u2028\"}}");
        all.put(
                "the same in a call",
                call("{\"name\":\"read_x\",\"arguments\":{\"a\":\"\u2028{'id':2}\u2029\u0085é…€\"}}"));
        all.put("half a surrogate pair", call("{\"name\":\"read_x\",\"arguments\":{\"a\":\"\\ud800\"}}"));
        all.put("a byte order mark", "\ufeff{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        all.put(
                "nested deeper than is read",
                call("{\"name\":\"read_x\",\"arguments\":" + "{\"a\":".repeat(63) + "1" + "}".repeat(63) + "}"));
        all.put(
                "an unknown method passes as it came",
                "{ \"jsonrpc\":\"2.0\", \"id\" : 1.0, \"method\":\"vendor/x\","
                        + " \"params\" : [ 1.50, {\"name\":\"delete_x\"} ] }");
        all.put(
                "a notification passes",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
        all.put("an answer to the server passes", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"action\":\"accept\"}}");
        all.put(
                "an error to the server passes",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}");
        return all;
    }

    @Test
    void noListIsKeptForLong() {
        for (String life : List.of("10001", "18446744073709551616", "1e300", "9223372036854775808.5")) {
            String page = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"tools\":[],\"ttlMs\":" + life + "}}";
            assertThat(new String(gate.list(ALICE, 0L, page.getBytes(UTF_8)), UTF_8))
                    .as(life)
                    .contains("\"ttlMs\":10000}");
        }
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        receive(new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'});
        assertThat(happened).hasSize(2).anySatisfy(each -> assertThat(each).contains("the message is not UTF-8"));
    }

    @Test
    void moreThanFits() {
        receive(call("{\"name\":\"read_x\",\"arguments\":{\"a\":\"" + "x".repeat((1 << 20) + 1) + "\"}}")
                .getBytes(UTF_8));
        assertThat(happened)
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).startsWith("audit: malformed read_x"))
                .anySatisfy(each -> assertThat(each).startsWith("client: ").contains("MALFORMED_CALL"));
    }

    private static String shown(String message) {
        String escaped = message.replace("\r", "␍")
                .replace("\ufeff", "<BOM>")
                .replace("\u2028", "<LS>")
                .replace("\u2029", "<PS>")
                .replace("\u0085", "<NEL>");
        return escaped.length() <= 300 ? escaped : escaped.substring(0, 300) + "…";
    }

    /** Without the names and ids that are drawn anew each time. */
    private static String stable(String happened) {
        return happened.replaceAll("\"name\":\"[a-z]{24}\"", "\"name\":\"<a name that no server has>\"")
                .replaceAll("\"dev.toolpolicy/approvalId\":\"[^\"]*\"", "\"dev.toolpolicy/approvalId\":\"<id>\"");
    }

    /** The two ends, as a list of what was done. */
    private final class Recorded implements Exchange {
        @Override
        public void pass(ClientMessage message) {
            happened.add("server, as it came: " + new String(message.bytes(), UTF_8));
        }

        @Override
        public CompletionStage<Outcome> call(ClientMessage message, byte[] judged) {
            happened.add("server: " + new String(judged, UTF_8));
            return CompletableFuture.completedFuture(Outcome.DONE);
        }

        @Override
        public void ask(ClientMessage message, byte[] instead, Decoy decoy) {
            happened.add("server, in its place: " + new String(instead, UTF_8));
            byte[] said = ("no tool " + decoy.name()).getBytes(UTF_8);
            happened.add("client, if the server says `no tool NAME`: " + new String(decoy.restore(said), UTF_8));
        }

        @Override
        public void answer(byte[] answer) {
            happened.add("client: " + new String(answer, UTF_8));
        }

        @Override
        public void reject(byte[] error) {
            happened.add("client, as broken: " + new String(error, UTF_8));
        }

        @Override
        public void drop() {
            happened.add("nothing is answered");
        }
    }

    private final class Records implements AuditSink {
        @Override
        public void record(AuditRecord record) {
            if (record instanceof AuditRecord.Malformed broken) {
                happened.add("audit: malformed " + broken.tool() + ": " + broken.why());
            } else if (record instanceof AuditRecord.Decided decided) {
                happened.add("audit: " + decided.outcome() + " " + decided.code() + " " + decided.tool() + " "
                        + decided.rule());
            }
        }
    }
}
