package dev.toolpolicy.examples.quarkus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A client that sees every byte of an answer. */
final class RawClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String who;
    private String session = "";

    RawClient(URI server, String who) throws IOException, InterruptedException {
        this.server = server;
        this.who = who;
        JsonObject me = new JsonObject().put("name", "test").put("version", "1");
        HttpResponse<String> opened = send(new JsonObject()
                .put("method", "initialize")
                .put("id", 1)
                .put(
                        "params",
                        new JsonObject()
                                .put("protocolVersion", "2025-11-25")
                                .put("capabilities", new JsonObject())
                                .put("clientInfo", me)));
        session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
        send(new JsonObject().put("method", "notifications/initialized"));
    }

    private RawClient(RawClient opened, String who) {
        this.server = opened.server;
        this.who = who;
        this.session = opened.session;
    }

    /** Somebody else in the same session. */
    RawClient as(String other) {
        return new RawClient(this, other);
    }

    /** The whole answer to a call. */
    JsonObject call(String tool, JsonObject arguments) throws IOException, InterruptedException {
        JsonObject params = new JsonObject().put("name", tool).put("arguments", arguments);
        return ask("tools/call", params);
    }

    JsonObject call(String tool) throws IOException, InterruptedException {
        return call(tool, new JsonObject());
    }

    List<String> listed() throws IOException, InterruptedException {
        JsonArray tools =
                ask("tools/list", new JsonObject()).getJsonObject("result").getJsonArray("tools");
        return tools.stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .sorted()
                .toList();
    }

    private JsonObject ask(String method, JsonObject params) throws IOException, InterruptedException {
        JsonObject request = new JsonObject().put("method", method).put("id", 2).put("params", params);
        return new JsonObject(send(request).body());
    }

    private HttpResponse<String> send(JsonObject message) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server)
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        message.put("jsonrpc", "2.0").encode()));
        if (who != null) request.header("Authorization", "Bearer " + who);
        if (!session.isEmpty()) request.header("Mcp-Session-Id", session);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
