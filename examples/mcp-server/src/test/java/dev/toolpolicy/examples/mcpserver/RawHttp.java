package dev.toolpolicy.examples.mcpserver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that sends whatever bytes it is told to, under one token. */
final class RawHttp {
    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"raw","version":"1"}}}""";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String address;
    private final String token;
    String session = "";

    /** One that has begun no session. */
    RawHttp(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** One that has. */
    static RawHttp begun(String address, String token) throws IOException, InterruptedException {
        RawHttp client = new RawHttp(address, token);
        client.session =
                client.post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return client;
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send("POST", body);
    }

    HttpResponse<String> send(String method, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (!session.isEmpty()) request.header("Mcp-Session-Id", session);
        if (headers.length > 0) request.headers(headers);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** What a request of {@code tools/call} is answered, as it came. */
    String call(String params) throws IOException, InterruptedException {
        String stream = post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":" + params + "}")
                .body();
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .findFirst()
                .orElseThrow(() -> new IOException("no answer in: " + stream));
    }
}
