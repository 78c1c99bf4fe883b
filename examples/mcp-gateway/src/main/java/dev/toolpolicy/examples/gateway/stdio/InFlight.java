package dev.toolpolicy.examples.gateway.stdio;

import dev.toolpolicy.examples.gateway.rpc.ServerMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests that the server has not answered yet, by their ids, and what to do with each answer. Safe for two threads. */
final class InFlight {
    /** What happens to an answer on its way to the client. */
    interface Waiting {
        /** What the client gets for this line of the server's. */
        byte[] answered(byte[] line, ServerMessage seen);

        /** What the client gets where there is an answer that nobody can read; null if that is passed on. */
        default byte @Nullable [] unreadable() {
            return null;
        }

        /** The server is gone. */
        default void abandoned() {}
    }

    private static final int MOST = 10_000;
    /** Of those that nobody waits for any more a server need not answer any. */
    private static final int MOST_CANCELLED = 1_000;

    private final Map<Object, Waiting> waiting = new LinkedHashMap<>();
    private final Set<Object> cancelled = new LinkedHashSet<>();

    synchronized boolean has(Object id) {
        return waiting.containsKey(id);
    }

    synchronized boolean isFull() {
        return waiting.size() >= MOST;
    }

    synchronized void add(Object id, Waiting request) {
        waiting.put(id, request);
    }

    /** What waits for the answer to this request; null if nothing does. */
    synchronized @Nullable Waiting take(Object id) {
        cancelled.remove(id);
        return waiting.remove(id);
    }

    /** Nobody waits for this one any more; should it be answered all the same, it is known for a while what it was. */
    synchronized void cancelled(Object id) {
        if (!waiting.containsKey(id)) return;
        cancelled.add(id);
        if (cancelled.size() <= MOST_CANCELLED) return;
        Iterator<Object> oldest = cancelled.iterator();
        Waiting forgotten = waiting.remove(oldest.next());
        oldest.remove();
        if (forgotten != null) forgotten.abandoned();
    }

    /** Takes all those whose answers may not be passed on unread, and gives what to tell the client instead. */
    synchronized List<byte[]> takeUnreadable() {
        List<byte[]> told = new ArrayList<>();
        waiting.values().removeIf(request -> {
            byte[] instead = request.unreadable();
            if (instead != null) told.add(instead);
            return instead != null;
        });
        return told;
    }

    synchronized void abandonAll() {
        waiting.values().forEach(Waiting::abandoned);
        waiting.clear();
    }
}
