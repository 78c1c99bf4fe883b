package dev.toolpolicy.examples.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Policy;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import dev.toolpolicy.spi.AuditRecord;
import io.vertx.core.Vertx;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway between clients of two grants and a server that answers by a script. */
abstract class OverHttp {
    static final String ALICE = "token-of-alice";
    static final String BOB = "token-of-bob";

    @TempDir
    Path folder;

    final List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
    final HttpClient client = HttpClient.newHttpClient();
    volatile Runnable onceDecided = () -> {};
    Vertx vertx;
    ScriptedHttpServer server;
    Evaluator evaluator;
    GrantFile grants;
    HttpGateway gateway;

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

    HttpRequest.Builder to(String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/mcp"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder post(String token, String message, String... headers) {
        HttpRequest.Builder request =
                to(token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(message));
        return headers.length == 0 ? request : request.headers(headers);
    }

    static String call(String tool, String arguments) {
        return request(1, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    String openSession(String token) throws Exception {
        HttpResponse<String> opened = send(post(token, request(0, "initialize", "{}")));
        assertThat(opened.statusCode()).isEqualTo(200);
        return opened.headers().firstValue("mcp-session-id").orElseThrow();
    }

    String raw(String headers) throws IOException {
        return raw(headers, request(1, "ping", "{}"));
    }

    String raw(String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(30_000);
            String head = "POST /mcp HTTP/1.1\r\n" + headers + "Authorization: Bearer " + ALICE
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
