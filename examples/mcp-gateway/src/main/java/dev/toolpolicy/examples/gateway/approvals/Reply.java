package dev.toolpolicy.examples.gateway.approvals;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with, before the headers that every answer has. */
record Reply(int status, String type, String body, Map<String, String> headers) {
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self';"
                            + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Frame-Options", "DENY",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            // Not no-referrer: a browser would then send `Origin: null` with our own forms, as it does with forms of a
            // stranger.
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    static Reply html(int status, String page) {
        return new Reply(status, "text/html; charset=utf-8", page, Map.of());
    }

    static Reply json(int status, JsonObject json) {
        return new Reply(status, "application/json", json.encode(), Map.of());
    }

    static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text + "\n", Map.of());
    }

    static Reply notFound() {
        return text(404, "There is no such page.");
    }

    static Reply onlyBy(String method) {
        return text(405, "Only " + method + ".").with("Allow", method);
    }

    /** On to another page; the browser gets it with GET, whatever brought it here. */
    static Reply seeOther(String path) {
        return text(303, "See " + path).with("Location", path);
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, type, body, more);
    }

    Future<Void> send(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", type);
        ALWAYS.forEach(response::putHeader);
        headers.forEach(response::putHeader);
        return response.end(body);
    }
}
