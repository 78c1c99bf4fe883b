package dev.toolpolicy.examples.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.ScriptedServer;
import dev.toolpolicy.spi.AuditRecord;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@link ScriptedServer} over HTTP; the header {@code Mcp-Test} says in which way to answer. */
final class ScriptedHttpServer {
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    private final Semaphore steps = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private ScriptedHttpServer(Vertx vertx) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    static ScriptedHttpServer open(Vertx vertx) throws Exception {
        ScriptedHttpServer server = new ScriptedHttpServer(vertx);
        server.server
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return server;
    }

    int port() {
        return server.actualPort();
    }

    List<String> received() {
        return received;
    }

    List<Map<String, String>> headers() {
        return headers;
    }

    void step() {
        steps.release();
    }

    void closedByPeer() throws InterruptedException {
        assertThat(closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits until this many runs are on record. */
    void records(List<AuditRecord> records, int runs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (List.copyOf(records).stream()
                        .filter(AuditRecord.Run.class::isInstance)
                        .count()
                < runs) {
            assertThat(System.nanoTime()).as("%s runs on record", runs).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Does the second while the first, which says {@code hold}, has reached the server and has no answer. */
    <T> Future<T> whileHolding(Callable<? extends Future<T>> first, Callable<?> second) throws Exception {
        Future<T> begun = first.call();
        assertThat(held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        second.call();
        released.countDown();
        return begun;
    }

    void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void handle(HttpServerRequest request) {
        Map<String, String> head = new TreeMap<>();
        request.headers().forEach((name, value) -> head.put(name.toLowerCase(Locale.ROOT), value));
        headers.add(head);
        request.body().onSuccess(body -> {
            received.add(body.toString());
            if (HttpMethod.GET.equals(request.method())) listen(request.response());
            else answer(request, String.valueOf(head.get("mcp-test")), body.toString());
        });
    }

    private static void listen(HttpServerResponse response) {
        response.putHeader("content-type", "text/event-stream").setChunked(true).write(": hello\n\n");
    }

    private void answer(HttpServerRequest request, String way, String message) {
        HttpServerResponse response = request.response();
        List<String> answers = new ArrayList<>(ScriptedServer.answer(message));
        if (message.contains("\"initialize\"")) {
            response.putHeader("mcp-session-id", UUID.randomUUID().toString());
        }
        switch (way) {
            case "events" -> {
                response.putHeader("content-type", "text/event-stream").setChunked(true);
                // What some servers begin with, so that a client whose connection breaks knows where to go on.
                response.write("id: 0\ndata: \n\n");
                response.write(": hello\n\nevent: message\nid: 1\n");
                response.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n");
                response.write("event: message\nid: 2\ndata: ");
                response.end(answers.get(0) + "\n\n");
            }
            case "hold" -> {
                held.countDown();
                vertx.executeBlocking(() -> released.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .onComplete(done -> end(response, answers));
            }
            case "steps" -> {
                response.closeHandler(gone -> closed.countDown());
                response.putHeader("content-type", "application/json").setChunked(true);
                part(response, 0);
            }
            case "never" -> {}
            case "chunked" ->
                response.setChunked(true)
                        .putHeader("content-type", "application/json")
                        .end(answers.get(0));
            case "die" -> request.connection().close();
            case "die-within" -> {
                response.setChunked(true).putHeader("content-type", "application/json");
                response.write("{\"half\":")
                        .onComplete(sent -> request.connection().close());
            }
            default -> end(response, answers);
        }
    }

    private void part(HttpServerResponse response, int step) {
        if (step == 3) {
            response.end();
            return;
        }
        response.write("part " + step + "\n");
        vertx.executeBlocking(() -> steps.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .onSuccess(stepped -> part(response, step + 1));
    }

    private static void end(HttpServerResponse response, List<String> answers) {
        if (answers.isEmpty()) response.end();
        else response.putHeader("content-type", "application/json").end(answers.get(0));
    }
}
