package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the server's sessions belongs to which grant: servers do not ask who it is that uses one, and would let another read along.
 * Safe for any number of threads.
 */
final class Sessions {
    /** Of one grant; of more, the one that was used least recently is forgotten, and its client has to open another. */
    private static final int MOST = 1_000;

    private final Map<String, LinkedHashMap<String, Session>> byGrant = new HashMap<>();

    /** A session that the server has opened for this caller. */
    synchronized Session opened(Identity who, String id) {
        LinkedHashMap<String, Session> own =
                byGrant.computeIfAbsent(who.grant(), grant -> new LinkedHashMap<>(16, 0.75f, true));
        Session session = own.computeIfAbsent(id, opened -> new Session());
        if (own.size() > MOST) own.remove(own.keySet().iterator().next());
        return session;
    }

    /** The session of this id, if it is this caller's. */
    synchronized Optional<Session> of(Identity who, String id) {
        return Optional.ofNullable(
                byGrant.getOrDefault(who.grant(), new LinkedHashMap<>()).get(id));
    }

    synchronized void closed(Identity who, String id) {
        Map<String, Session> own = byGrant.get(who.grant());
        if (own != null) own.remove(id);
    }

    /** What has to be known of a session. */
    static final class Session {
        /** A server finds the way back for its answers by these. */
        private final Set<Object> inFlight = new HashSet<>();

        private volatile boolean tellsOfChanges;

        /** False if there is a request with this id that is not answered yet. */
        synchronized boolean begin(Object id) {
            return inFlight.add(id);
        }

        synchronized void end(Object id) {
            inFlight.remove(id);
        }

        void tellOfChanges() {
            tellsOfChanges = true;
        }

        boolean tellsOfChanges() {
            return tellsOfChanges;
        }
    }
}
