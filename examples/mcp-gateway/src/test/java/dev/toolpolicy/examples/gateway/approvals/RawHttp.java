package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests byte for byte as a test wants them: no client library sends a wrong Host. */
final class RawHttp {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

    RawHttp(int port) {
        this.port = port;
        with("Host", "127.0.0.1:" + port);
        with("Connection", "close");
    }

    record Response(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Sets a header; to none at all, if there are no values. */
    RawHttp with(String name, String... values) {
        headers.put(name, List.of(values));
        return this;
    }

    RawHttp fromOwnPage() {
        return with("Origin", "http://127.0.0.1:" + port);
    }

    Response get(String path) {
        return send("GET", path, "");
    }

    Response post(String path, Map<String, String> form) {
        return with("Content-Type", "application/x-www-form-urlencoded").send("POST", path, encoded(form));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    Response send(String method, String path, String body) {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
        headers.forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        boolean chunked = headers.containsKey("Transfer-Encoding");
        if (!body.isEmpty() && !chunked) lines.add("Content-Length: " + body.getBytes(UTF_8).length);
        return exchange(String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    private Response exchange(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return read(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response read(byte[] bytes) {
        String all = new String(bytes, ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        String[] lines = all.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, other) -> one + "\n" + other);
        }
        String body = new String(bytes, end + 4, bytes.length - end - 4, UTF_8);
        return new Response(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, body);
    }
}
