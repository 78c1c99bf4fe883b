package dev.toolpolicy.examples.gateway.peers;

import dev.toolpolicy.examples.gateway.GatewayProgram;
import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a client of {@code transcript.mjs} comes to its server. */
record Connection(Map<String, Object> members) {
    /** It starts the server. */
    static Connection to(List<String> server) {
        return new Connection(Map.of("command", server));
    }

    /** It starts the gateway, which starts the server. */
    static Connection through(List<String> gatewayArgs, List<String> server) {
        List<String> args = new ArrayList<>(gatewayArgs);
        args.add("--");
        args.addAll(server);
        return to(Started.javaCommand(GatewayProgram.class, args));
    }

    static Connection to(String url) {
        return new Connection(Map.of("url", url));
    }

    static Connection to(HttpFront gateway) {
        return to(gateway.url()).with("token", gateway.token());
    }

    /** With something that the script wants to know. */
    Connection with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Connection(more);
    }

    String json() {
        return Json.canonical(members);
    }
}
