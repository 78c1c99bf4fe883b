package dev.toolpolicy.examples.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Identity;
import dev.toolpolicy.spi.AuditRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of connections that are slow, many, cut off, or stay open. */
class HttpConnectionsTest extends OverHttp {
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
