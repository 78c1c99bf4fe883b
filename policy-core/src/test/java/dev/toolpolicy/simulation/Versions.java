package dev.toolpolicy.simulation;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.PolicyParser;
import java.util.List;
import java.util.stream.Stream;

/** The versions of a policy between which machines are reloaded: they differ in what may be used, and in who is asked. */
final class Versions {
    /** Calls of more than this are asked about, by version. */
    static final List<Integer> ASKS_OVER = List.of(5, 4, 5);

    static final List<Policy> ALL = Stream.of(version(0, 12, 30, 3), version(1, 9, 40, 2), version(2, 16, 24, 4))
            .toList();

    private Versions() {}

    private static Policy version(int version, int spend, int total, int pings) {
        return PolicyParser.standard()
                .parse("""
                        { "version": "1", "default": "deny", "tools": {
                          "ping": { "limits": [ { "counter": "pings", "window": "second", "max": %4$d, "scope": "grant" } ] },
                          "wire": { "action": "require_approval" },
                          "pay": {
                            "require_approval_if": [ { "path": "args.amount", "op": "gt", "value": %1$d } ],
                            "limits": [
                              { "counter": "spend", "window": 10, "max": %2$d, "scope": "grant", "amount": "args.amount" },
                              { "counter": "total", "window": "minute", "max": %3$d, "scope": "global", "amount": "args.amount" }
                            ] } } }""".formatted(ASKS_OVER.get(version), spend, total, pings))
                .orThrow();
    }

    /** Whether a person is asked about such a call. */
    static boolean asks(int version, String tool, long amount) {
        return tool.equals("wire") || (tool.equals("pay") && amount > ASKS_OVER.get(version));
    }
}
