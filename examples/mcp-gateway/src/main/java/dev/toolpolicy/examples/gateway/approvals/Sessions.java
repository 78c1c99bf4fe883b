package dev.toolpolicy.examples.gateway.approvals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who has signed in with the token, and is known by a cookie since. */
final class Sessions {
    /** A working day; the token is asked for again after it. */
    static final Duration LIFE = Duration.ofHours(10);

    private static final int MOST = 16;
    private static final int PLACE_BYTES = 16;

    private final InstantSource clock;
    private final Deque<Session> sessions = new ArrayDeque<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Somebody who has signed in.
     *
     * @param place the first part of every path of this session, and so of the cookie's. Browsers send a cookie to every port of
     *     an address: a page that an agent serves on this machine would be sent it too, were the path not one that nobody else knows
     * @param cookie what the browser keeps; not the token
     * @param formToken stands in every form, so that no other page can make one
     * @param notice what came of the last answer, until it is shown
     */
    record Session(
            String place,
            String cookie,
            String formToken,
            Instant until,
            AtomicReference<Answers.@Nullable Outcome> notice) {
        String path() {
            return "/" + place + "/";
        }
    }

    /** Begins a session; of too many the oldest ends. */
    synchronized Session begin() {
        Session session = new Session(
                ApprovalToken.random(PLACE_BYTES),
                ApprovalToken.fresh(),
                ApprovalToken.fresh(),
                clock.instant().plus(LIFE),
                new AtomicReference<>());
        if (sessions.size() == MOST) sessions.removeFirst();
        sessions.addLast(session);
        return session;
    }

    /** The session of this place, if the cookie is its own. */
    synchronized Optional<Session> find(String place, String cookie) {
        Instant now = clock.instant();
        sessions.removeIf(session -> !now.isBefore(session.until()));
        return sessions.stream()
                .filter(session -> ApprovalToken.same(session.place(), place))
                .filter(session -> ApprovalToken.same(session.cookie(), cookie))
                .findFirst();
    }

    synchronized void end(Session session) {
        sessions.remove(session);
    }
}
