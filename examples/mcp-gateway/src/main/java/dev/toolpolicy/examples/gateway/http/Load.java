package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.Identity;
import java.util.HashMap;
import java.util.Map;

/** What each grant has under way: bounded, so that none takes all connections or all memory. Safe for any number of threads. */
final class Load {
    static final int MOST_REQUESTS = 100;
    /** Of messages that are being read, or are on their way. */
    static final int MOST_BYTES = 16 << 20;

    private final Map<String, int[]> byGrant = new HashMap<>();

    /** One more request; false if there are too many. */
    synchronized boolean begin(Identity who) {
        int[] own = byGrant.computeIfAbsent(who.grant(), grant -> new int[2]);
        if (own[0] >= MOST_REQUESTS) return false;
        own[0]++;
        return true;
    }

    /** So many more bytes of a request that has begun; false if they are too many. */
    synchronized boolean hold(Identity who, int bytes) {
        int[] own = byGrant.computeIfAbsent(who.grant(), grant -> new int[2]);
        if (own[1] + bytes > MOST_BYTES) return false;
        own[1] += bytes;
        return true;
    }

    /** A request is over, and the bytes that it held are free. */
    synchronized void end(Identity who, int bytes) {
        int[] own = byGrant.get(who.grant());
        if (own == null) return;
        own[0]--;
        own[1] -= bytes;
        if (own[0] == 0) byGrant.remove(who.grant());
    }
}
