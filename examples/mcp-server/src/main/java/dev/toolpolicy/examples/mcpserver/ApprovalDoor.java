package dev.toolpolicy.examples.mcpserver;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.AskedQuestion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where people answer what agents ask: a port of its own on the loopback interface, for tokens that no agent has. No tool leads here.
 *
 * <p>{@code GET /questions} shows what waits; {@code POST /questions/ID/approve} and {@code POST /questions/ID/reject} answer.
 */
final class ApprovalDoor implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 0;

    static {
        // In seconds; unless this is set, whoever sends half a request holds a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ApprovalDesk desk;
    private final Callers callers;
    private final HttpServer server;

    ApprovalDoor(ApprovalDesk desk, Callers callers, int port) throws IOException {
        this.desk = desk;
        this.callers = callers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
        server.createContext("/", this::handle);
        // Its own thread would wait for the rest of a request that never comes, and nobody could answer.
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = callers.person(exchange.getRequestHeaders().getFirst("Authorization"))
                        .map(who -> reply(
                                who,
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getPath()))
                        .orElseGet(() -> new Reply(401, Map.of("error", "who are you?")));
            } catch (AnswerRefused.Unknown e) {
                reply = new Reply(404, Map.of("error", "there is no such question"));
            } catch (AnswerRefused e) {
                reply = new Reply(409, Map.of("error", String.valueOf(e.getMessage())));
            }
            byte[] body = JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(String who, String method, String path) {
        List<String> parts = List.of(path.split("/"));
        if (method.equals("GET") && path.equals("/questions"))
            return new Reply(
                    200, desk.pending().stream().map(ApprovalDoor::shown).toList());
        if (!method.equals("POST") || parts.size() != 4 || !parts.get(1).equals("questions"))
            return new Reply(404, Map.of("error", "there is nothing here"));
        String id = parts.get(2);
        return switch (parts.get(3)) {
            case "approve" -> {
                desk.approve(id, who);
                yield new Reply(200, Map.of("approved", id));
            }
            case "reject" -> {
                desk.reject(id, who, "");
                yield new Reply(200, Map.of("rejected", id));
            }
            default -> new Reply(404, Map.of("error", "there is nothing here"));
        };
    }

    private static Map<String, Object> shown(AskedQuestion question) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", question.id());
        shown.put("asker", question.asker().grant());
        shown.put("attributes", question.asker().attributes());
        shown.put("tool", question.tool());
        // As text: the very bytes that were judged, and no second reading of them.
        shown.put("arguments", question.argumentsJson());
        shown.put("reasons", question.rules().stream().map(rule -> rule.text()).toList());
        shown.put("lapses", question.lapses().toString());
        return shown;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private record Reply(int status, Object body) {}
}
