package dev.toolpolicy.examples.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import dev.toolpolicy.spi.AuditRecord;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpGatewayTest {
    private static final String ALICE = "token-of-alice";
    private static final String BOB = "token-of-bob";

    @TempDir
    private Path folder;

    private final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Runnable onceDecided = () -> {};
    private Vertx vertx;
    private ScriptedHttpServer server;
    private Evaluator evaluator;
    private GrantFile grants;
    private HttpGateway gateway;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = ScriptedHttpServer.open(vertx);
        Policy policy = PolicyParser.standard()
                .parse(Path.of("src/test/resources/policies/gate.json"))
                .orThrow();
        evaluator = Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().build())
                .audit(record -> {
                    records.add(record);
                    if (record instanceof AuditRecord.Decided) onceDecided.run();
                })
                .build();
        Path file = Files.writeString(
                folder.resolve("grants"),
                GrantFile.line("alice-laptop", ALICE, Map.of()) + "\n# somebody else\n\n"
                        + GrantFile.line("bob-phone", BOB, Map.of("tenant", "acme")) + "\n");
        grants = GrantFile.read(file);
        HttpGateway.Upstream up = new HttpGateway.Upstream(
                URI.create("http://127.0.0.1:" + server.port() + "/mcp"), Optional.of("token-of-the-gateway"));
        gateway = HttpGateway.open(vertx, Gate.of(evaluator), grants, up, "127.0.0.1", 0, List.of());
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        evaluator.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private HttpRequest.Builder to(String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/mcp"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String token, String message, String... headers) {
        HttpRequest.Builder request =
                to(token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(message));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String call(String tool, String arguments) {
        return request(1, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private String openSession(String token) throws Exception {
        HttpResponse<String> opened = send(post(token, request(0, "initialize", "{}")));
        assertThat(opened.statusCode()).isEqualTo(200);
        return opened.headers().firstValue("mcp-session-id").orElseThrow();
    }

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

    private String raw(String headers) throws IOException {
        return raw(headers, request(1, "ping", "{}"));
    }

    private String raw(String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(30_000);
            String head = "POST /mcp HTTP/1.1\r\n" + headers + "Authorization: Bearer " + ALICE
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
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
    void moreThanFitsIsRefusedAndOthersAreServed() throws Exception {
        String message = call("read_x", "{\"a\":\"" + "x".repeat(17 << 20) + "\"}");
        try {
            assertThat(send(post(ALICE, message)).statusCode()).isEqualTo(400);
        } catch (IOException e) {
            // The connection may be closed while the client still writes.
            assertThat(e).isNotNull();
        }
        assertThat(send(post(ALICE, call("read_x", "{}"))).statusCode()).isEqualTo(200);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void noGrantTakesAll() throws Exception {
        List<HttpResponse<InputStream>> streams = new ArrayList<>();
        for (int i = 0; i < Load.MOST_REQUESTS; i++) {
            streams.add(client.send(to(ALICE).GET().build(), BodyHandlers.ofInputStream()));
        }
        assertThat(streams).allSatisfy(stream -> assertThat(stream.statusCode()).isEqualTo(200));
        assertThat(send(post(ALICE, call("read_x", "{}"))).statusCode()).isEqualTo(429);
        assertThat(send(post(BOB, call("read_x", "{}"))).statusCode()).isEqualTo(200);
        for (HttpResponse<InputStream> stream : streams) stream.body().close();
        // When the gateway hears of it is not ours to say.
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (send(post(ALICE, call("read_x", "{}"))).statusCode() == 429) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void noGrantHoldsMoreThanItsShareOfMemory() {
        Load load = new Load();
        Identity alice = Identity.of("alice-laptop");
        Identity bob = Identity.of("bob-phone");
        assertThat(load.begin(alice)).isTrue();
        assertThat(load.hold(alice, Load.MOST_BYTES)).isTrue();
        assertThat(load.hold(alice, 1)).isFalse();
        assertThat(load.begin(bob)).isTrue();
        assertThat(load.hold(bob, 1)).isTrue();
        load.end(alice, Load.MOST_BYTES);
        assertThat(load.begin(alice)).isTrue();
        assertThat(load.hold(alice, 1)).isTrue();
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

    @Test
    void whatTheServerStreamsComesAsItComes() throws Exception {
        HttpResponse<InputStream> stream =
                client.send(post(ALICE, call("echo", "{}"), "Mcp-Test", "steps").build(), BodyHandlers.ofInputStream());
        InputStream body = stream.body();
        for (int step = 0; step < 3; step++) {
            // The server takes the next step only when it is told that this one has come.
            assertThat(new String(body.readNBytes(("part " + step + "\n").length()), UTF_8))
                    .isEqualTo("part " + step + "\n");
            server.step();
        }
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void aClientThatGoesTakesItsCallWithIt() throws Exception {
        HttpResponse<InputStream> stream =
                client.send(post(ALICE, call("echo", "{}"), "Mcp-Test", "steps").build(), BodyHandlers.ofInputStream());
        stream.body().close();
        server.closedByPeer();
    }

    @Test
    void aClientThatIsGoneBeforeItsCallRunsLeavesNoneOpen() throws Exception {
        String body = call("echo", "{}");
        String head = "POST /mcp HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\nAuthorization: Bearer " + ALICE
                + "\r\nContent-Type: application/json\r\nMcp-Test: never\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        onceDecided = () -> {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
                // The event loop has seen that by the time it has answered others.
                for (int i = 0; i < 3; i++)
                    assertThat(raw("Host: evil.example\r\n")).startsWith("HTTP/1.1 421");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        server.records(records, 1);
        assertThat(records)
                .last()
                .isInstanceOfSatisfying(
                        AuditRecord.Run.class,
                        run -> assertThat(run.result().name()).isEqualTo("FAILED"));
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aServerThatDiesMidCallIsAFailedCall() throws Exception {
        HttpResponse<String> dead = send(post(ALICE, call("echo", "{}"), "Mcp-Test", "die"));
        assertThat(dead.statusCode()).isEqualTo(502);
        assertThat(dead.body()).contains("\"id\":1", "does not answer");
        assertThatThrownBy(() -> send(post(ALICE, call("echo", "{}"), "Mcp-Test", "die-within")))
                .isInstanceOf(IOException.class);
        server.records(records, 2);
        assertThat(records)
                .filteredOn(AuditRecord.Run.class::isInstance)
                .extracting(record -> ((AuditRecord.Run) record).result().name())
                .containsExactly("FAILED", "FAILED");
    }

    @Test
    void aServerThatIsAwayIsABadGateway() throws Exception {
        server.close();
        assertThat(send(post(ALICE, request(1, "ping", "{}"))).statusCode()).isEqualTo(502);
    }

    @Test
    void aClientThatSendsSlowlyHoldsUpNobody() throws Exception {
        String body = call("read_x", "{}");
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            slow.setSoTimeout(30_000);
            String head = "POST /mcp HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\nAuthorization: Bearer "
                    + ALICE
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            slow.getOutputStream().write((head + body.substring(0, 10)).getBytes(UTF_8));
            slow.getOutputStream().flush();
            for (int i = 0; i < 20; i++)
                assertThat(send(post(BOB, call("read_x", "{}"))).statusCode()).isEqualTo(200);
            slow.getOutputStream().write(body.substring(10).getBytes(UTF_8));
            assertThat(new String(slow.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        HttpResponse<InputStream> bobs = client.send(to(BOB).GET().build(), BodyHandlers.ofInputStream());
        HttpResponse<InputStream> alices = client.send(to(ALICE).GET().build(), BodyHandlers.ofInputStream());
        Files.writeString(folder.resolve("grants"), GrantFile.line("alice-laptop", ALICE, Map.of()) + "\n");
        assertThat(grants.look()).isEmpty();
        gateway.grantsChanged();
        assertThatThrownBy(() -> bobs.body().readAllBytes()).isInstanceOf(IOException.class);
        assertThat(new String(alices.body().readNBytes(7), UTF_8)).isEqualTo(": hello");
        alices.body().close();
    }

    @Test
    void openStreamsAreToldOfAnotherPolicy() throws Exception {
        String session = openSession(ALICE);
        HttpResponse<InputStream> stream =
                client.send(to(ALICE).header("Mcp-Session-Id", session).GET().build(), BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        String hello = ": hello\n\n";
        assertThat(new String(stream.body().readNBytes(hello.length()), UTF_8)).isEqualTo(hello);
        gateway.policyChanged();
        String told = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n";
        assertThat(new String(stream.body().readNBytes(told.length()), UTF_8)).isEqualTo(told);
        stream.body().close();
    }
}
