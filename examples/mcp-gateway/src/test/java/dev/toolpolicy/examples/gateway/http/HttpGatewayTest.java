package dev.toolpolicy.examples.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.spi.AuditRecord;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is heard over HTTP, and what of it reaches the server. */
class HttpGatewayTest extends OverHttp {
    @Test
    void whatIsAllowedRunsAndWhatIsDeniedDoesNotReachTheServer() throws Exception {
        HttpResponse<String> allowed = send(post(ALICE, call("write_x", "{\"amount\":99.000000000000000001}")));
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.body()).contains("99.000000000000000001", "\"unknown\":1.50");
        HttpResponse<String> denied = send(post(ALICE, call("write_x", "{\"amount\":101}")));
        assertThat(denied.statusCode()).isEqualTo(200);
        assertThat(denied.headers().firstValue("content-type")).contains("application/json");
        assertThat(denied.body()).contains("at most 100 at once");
        assertThat(server.received()).hasSize(1);
        send(post(ALICE, call("fail", "{}")));
        server.records(records, 2);
        assertThat(records)
                .filteredOn(AuditRecord.Run.class::isInstance)
                .extracting(record -> ((AuditRecord.Run) record).result().name())
                .containsExactly("DONE", "FAILED");
    }

    @Test
    void whatTheClientSaysOfItselfStaysHere() throws Exception {
        send(post(
                ALICE, request(1, "ping", "{}"), "Cookie", "a=b", "X-Forwarded-For", "10.0.0.1", "Mcp-Method", "ping"));
        assertThat(server.headers().get(0))
                .containsEntry("authorization", "Bearer token-of-the-gateway")
                .containsEntry("mcp-method", "ping")
                .doesNotContainKeys("cookie", "x-forwarded-for", "accept-encoding");
    }

    @Test
    void nobodyWithoutATokenIsHeard() throws Exception {
        for (String token : List.of("", "token-of-mallory", ALICE + "x")) {
            HttpResponse<String> refused = send(post(token, call("read_x", "{}")));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
        }
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aTokenIsWorthNothingOnceItsLineIsGone() throws Exception {
        assertThat(send(post(BOB, call("read_x", "{}"))).statusCode()).isEqualTo(200);
        Files.writeString(folder.resolve("grants"), "broken");
        assertThat(grants.look()).hasValueSatisfying(why -> assertThat(why).contains("line 1"));
        assertThat(send(post(BOB, call("read_x", "{}"))).statusCode()).isEqualTo(200);
        Files.writeString(folder.resolve("grants"), GrantFile.line("alice-laptop", ALICE, Map.of()) + "\n");
        assertThat(grants.look()).isEmpty();
        assertThat(send(post(BOB, call("read_x", "{}"))).statusCode()).isEqualTo(401);
    }

    @Test
    void aPageInABrowserIsNotHeard() throws Exception {
        assertThat(raw("Host: evil.example\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("Host: 127.0.0.1:1\r\n")).startsWith("HTTP/1.1 421");
        String ours = "Host: localhost:" + gateway.port() + "\r\n";
        assertThat(raw(ours + "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(ours + "Origin: null\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(ours + "Origin: http://localhost:" + gateway.port() + "\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw(ours)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aHeadThatSaysAnotherThingThanTheBodyIsRefused() throws Exception {
        String message = request(
                1,
                "tools/call",
                "{\"name\":\"read_x\",\"arguments\":{\"region\":\"eu\",\"n\":1.0},"
                        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}");
        List<String[]> bad = List.of(
                new String[] {"Mcp-Method", "tools/list"},
                new String[] {"Mcp-Name", "write_x"},
                new String[] {"Mcp-Name", "=?base64?d3JpdGVfeA==?="},
                new String[] {"Mcp-Name", "read_x", "Mcp-Name", "write_x"},
                new String[] {"Mcp-Param-Region", "us"},
                new String[] {"MCP-Protocol-Version", "2025-11-25"},
                new String[] {"Content-Encoding", "gzip"});
        for (String[] headers : bad) {
            HttpResponse<String> refused = send(post(ALICE, message, headers));
            assertThat(refused.statusCode()).as(String.join(" ", headers)).isIn(400, 415);
        }
        assertThat(send(post(ALICE, message, "Mcp-Name", "write_x")).body()).contains("-32020", "\"id\":1");
        assertThat(server.received()).isEmpty();
        HttpResponse<String> good = send(post(
                ALICE,
                message,
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "=?base64?cmVhZF94?=",
                "Mcp-Param-Region",
                "eu",
                "Mcp-Param-N",
                "1",
                "MCP-Protocol-Version",
                "2026-07-28"));
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(records)
                .filteredOn(AuditRecord.Malformed.class::isInstance)
                .extracting(record -> ((AuditRecord.Malformed) record).tool())
                .contains("read_x");
    }

    @Test
    void whatIsBrokenIsRefused() throws Exception {
        for (String broken :
                List.of("[]", "{", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}")) {
            assertThat(send(post(ALICE, broken)).statusCode()).as(broken).isEqualTo(400);
        }
        assertThat(send(post(ALICE, "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"read_x\"}}"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(send(post(ALICE, call("read_x", "[]"))).body()).contains("-32602");
        assertThat(send(to(ALICE).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(to(ALICE).PUT(BodyPublishers.ofString("{}"))).statusCode())
                .isEqualTo(405);
        assertThat(send(post(ALICE, "{}").uri(URI.create("http://127.0.0.1:" + gateway.port() + "/admin")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aHiddenToolIsAnsweredByTheServerAsOneThatItHasNot() throws Exception {
        HttpResponse<String> hidden = send(post(ALICE, call("delete_x", "{\"id\":\"7\"}"), "Mcp-Name", "delete_x"));
        HttpResponse<String> unknown = send(post(ALICE, call("delete_y", "{\"id\":\"7\"}"), "Mcp-Name", "delete_y"));
        assertThat(hidden.body())
                .isEqualTo(unknown.body().replace("delete_y", "delete_x"))
                .contains("Tool delete_x not found");
        assertThat(server.received()).noneMatch(line -> line.contains("delete_x") || line.contains("\"7\""));
        assertThat(server.headers())
                .allSatisfy(head -> assertThat(head.get("mcp-name")).hasSize(24));
    }

    @Test
    void theHeadDoesNotTellThatAnAnswerWasHeldBack() throws Exception {
        for (String tool : List.of("read_x", "delete_x")) {
            assertThat(raw("Host: localhost:" + gateway.port() + "\r\nMcp-Test: chunked\r\n", call(tool, "{}")))
                    .as(tool)
                    .contains("transfer-encoding: chunked")
                    .doesNotContain("content-length");
        }
    }

    @Test
    void aHeaderThatServersTakeForAnotherStaysHere() throws Exception {
        send(post(ALICE, request(1, "ping", "{}"), "Mcp-Session_Id", "of-bob", "Mcp-Name_", "x", "Mcp-Vendor", "y"));
        assertThat(server.headers().get(0)).containsKey("mcp-vendor").doesNotContainKeys("mcp-session_id", "mcp-name_");
    }

    @Test
    void listsAreFilteredAsOneAnswerAndAsEvents() throws Exception {
        String json = send(post(ALICE, request(1, "tools/list", "{}"))).body();
        assertThat(json).contains("read_x", "forbidden", "nextCursor").doesNotContain("delete_x");
        assertThat(send(post(ALICE, request(2, "tools/list", "{\"cursor\":\"no-json\"}")))
                        .body())
                .contains("cannot be read")
                .doesNotContain("secret");
        HttpResponse<String> events = send(post(ALICE, request(3, "tools/list", "{}"), "Mcp-Test", "events"));
        assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(events.body())
                .startsWith(
                        "id: 0\ndata: \n\n: hello\n\nevent: message\nid: 1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n")
                .contains("event: message\nid: 2\ndata: ", "read_x")
                .doesNotContain("delete_x");
        HttpResponse<String> call = send(post(ALICE, call("echo", "{\"a\":1.50}"), "Mcp-Test", "events"));
        assertThat(call.body()).contains("event: message\nid: 2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,");
        // A task may be of any request, and what comes of it is asked for by another.
        assertThat(send(post(ALICE, request(5, "tasks/result", "{\"taskId\":\"a\"}")))
                        .body())
                .contains("read_x")
                .doesNotContain("delete_x");
        HttpResponse<String> broken =
                send(post(ALICE, request(4, "tools/list", "{\"cursor\":\"no-json\"}"), "Mcp-Test", "events"));
        assertThat(broken.body()).contains("cannot be read").doesNotContain("secret");
    }

    @Test
    void aSessionIsItsOpenersAlone() throws Exception {
        String session = openSession(ALICE);
        assertThat(send(post(ALICE, request(1, "ping", "{}"), "Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(200);
        int before = server.received().size();
        assertThat(send(post(BOB, request(1, "ping", "{}"), "Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(to(BOB).header("Mcp-Session-Id", session).GET()).statusCode())
                .isEqualTo(404);
        assertThat(send(to(BOB).header("Mcp-Session-Id", session).DELETE()).statusCode())
                .isEqualTo(404);
        assertThat(send(post(ALICE, request(1, "ping", "{}"), "Mcp-Session-Id", "made-up"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.received()).hasSize(before);
        assertThat(send(to(ALICE).header("Mcp-Session-Id", session).DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(send(post(ALICE, request(1, "ping", "{}"), "Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void twoSessionsOfOneTokenShareItsLimits() throws Exception {
        String one = openSession(ALICE);
        String two = openSession(ALICE);
        assertThat(one).isNotEqualTo(two);
        assertThat(send(post(ALICE, call("limited", "{}"), "Mcp-Session-Id", one))
                        .body())
                .contains("unknown");
        assertThat(send(post(ALICE, call("limited", "{}"), "Mcp-Session-Id", two))
                        .body())
                .contains("unknown");
        assertThat(send(post(ALICE, call("limited", "{}"), "Mcp-Session-Id", two))
                        .body())
                .contains("two a day");
        assertThat(send(post(BOB, call("limited", "{}"))).body()).contains("unknown");
    }

    @Test
    void theLimitHoldsUnderManyAtOnce() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(16);
        List<Future<String>> bodies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            bodies.add(many.submit(() -> send(post(BOB, call("limited", "{}"))).body()));
        }
        int allowed = 0;
        for (Future<String> body : bodies) if (body.get(30, TimeUnit.SECONDS).contains("unknown")) allowed++;
        many.shutdown();
        assertThat(allowed).isEqualTo(2);
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void anIdIsNotTakenTwiceAtATimeInOneSession() throws Exception {
        String session = openSession(ALICE);
        Future<HttpResponse<String>> slow = server.whileHolding(
                () -> client.sendAsync(
                        post(ALICE, request(5, "tools/list", "{}"), "Mcp-Session-Id", session, "Mcp-Test", "hold")
                                .build(),
                        BodyHandlers.ofString()),
                () -> assertThat(send(post(ALICE, request(5, "ping", "{}"), "Mcp-Session-Id", session))
                                .body())
                        .contains("the `id` is that of a request without an answer"));
        assertThat(slow.get(30, TimeUnit.SECONDS).body()).contains("read_x").doesNotContain("delete_x");
        assertThat(send(post(ALICE, request(5, "ping", "{}"), "Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(200);
        assertThat(records)
                .filteredOn(AuditRecord.Malformed.class::isInstance)
                .extracting(record -> ((AuditRecord.Malformed) record).why())
                .containsExactly("the `id` is that of a request without an answer");
    }
}
