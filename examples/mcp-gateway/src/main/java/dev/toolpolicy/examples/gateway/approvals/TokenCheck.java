package dev.toolpolicy.examples.gateway.approvals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares what is offered as the token. A wrong one is answered late, and while many are, none is compared. */
final class TokenCheck {
    private static final int MOST_WAITING = 16;
    private static final long WAIT_MILLIS = 1_000;

    private final Vertx vertx;
    private final String token;
    private final AtomicInteger waiting = new AtomicInteger();

    TokenCheck(Vertx vertx, String token) {
        this.vertx = vertx;
        this.token = ApprovalToken.checked(token);
    }

    /** What was found; {@code BUSY} says nothing of the token. */
    enum Found {
        RIGHT,
        WRONG,
        BUSY
    }

    Future<Found> of(String offered) {
        if (waiting.get() >= MOST_WAITING) return Future.succeededFuture(Found.BUSY);
        if (ApprovalToken.same(token, offered)) return Future.succeededFuture(Found.RIGHT);
        waiting.incrementAndGet();
        return vertx.timer(WAIT_MILLIS, TimeUnit.MILLISECONDS).map(late -> {
            waiting.decrementAndGet();
            return Found.WRONG;
        });
    }
}
