package dev.toolpolicy;

import dev.toolpolicy.spi.Approvals.Claim;
import java.util.concurrent.atomic.AtomicBoolean;

/** An approval that is held for one call: it is used, or let go of, whichever comes first. */
final class Hold {
    private final Claim claim;
    private final AtomicBoolean held = new AtomicBoolean(true);

    Hold(Claim claim) {
        this.claim = claim;
    }

    /** Uses it up; throws if that fails, and then it is held on, or if it was let go of. */
    void use() {
        if (!held.compareAndSet(true, false)) throw new IllegalStateException("the approval was let go of meanwhile");
        boolean used = false;
        try {
            claim.use();
            used = true;
        } finally {
            if (!used) held.set(true);
        }
    }

    /** Lets go of it, unless it was used. */
    void release() {
        if (held.compareAndSet(true, false)) claim.release();
    }
}
