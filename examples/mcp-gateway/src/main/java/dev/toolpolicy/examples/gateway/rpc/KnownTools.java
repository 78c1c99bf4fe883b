package dev.toolpolicy.examples.gateway.rpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names that the server has shown in its lists, to whomever. A name that is not among them is answered by the server itself, as one
 * that it has not: else a refusal would tell which of the other names are hidden.
 */
final class KnownTools {
    private static final int MOST = 10_000;

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    void add(String name) {
        if (names.size() < MOST) names.add(name);
    }

    boolean has(String name) {
        // Of a server with more tools than are kept, all are taken for known: refused, in so many words.
        return names.contains(name) || names.size() >= MOST;
    }
}
