package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** How a question stands. */
public sealed interface Standing {
    /**
     * It waits for a person, or its approval is held by another call at this moment.
     *
     * @param id under which it can be answered; {@code ""} if it was only looked at, and nobody has asked it yet
     */
    record Waiting(String id, Instant lapses) implements Standing {
        public Waiting {
            requireNonNull(id, "id");
            requireNonNull(lapses, "lapses");
        }
    }

    /** A person said yes, and no call has used that. */
    record Approved(String id, Instant lapses) implements Standing {
        public Approved {
            requireNonNull(id, "id");
            requireNonNull(lapses, "lapses");
        }
    }

    /** A person said no, not long ago. */
    record Rejected(String id) implements Standing {
        public Rejected {
            requireNonNull(id, "id");
        }
    }

    /** It cannot be asked: too many wait already. */
    record TooMany() implements Standing {}
}
