package dev.toolpolicy.examples.gateway.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the gateway may be called; of web pages, none but its own may call it: a page in somebody's browser must not reach it
 * by a name that was made to lead here.
 */
final class Origins {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();

    /**
     * @param host it listens on
     * @param allowedHosts more names for it, with their ports
     */
    Origins(String host, int port, Collection<String> allowedHosts) {
        addHost(host, port);
        if (LOOPBACK.contains(host)) LOOPBACK.forEach(name -> addHost(name, port));
        allowedHosts.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    }

    private void addHost(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        hosts.add(name + ":" + port);
        if (port == 80) hosts.add(name);
        origins.add("http://" + name + (port == 80 ? "" : ":" + port));
    }

    boolean isOurs(@Nullable String host) {
        return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    /** No origin is not a page. */
    boolean mayCall(@Nullable String origin) {
        return origin == null || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}
