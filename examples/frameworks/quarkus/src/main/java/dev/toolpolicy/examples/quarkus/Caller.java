package dev.toolpolicy.examples.quarkus;

import dev.toolpolicy.Identity;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Who calls: whom Quarkus has authenticated for the request that is being answered. */
@Singleton
class Caller {
    private final SecurityIdentity current;

    Caller(SecurityIdentity current) {
        this.current = current;
    }

    /** Null where nobody was. */
    @Nullable
    Identity identity() {
        return current.isAnonymous() ? null : Identity.of(current.getPrincipal().getName());
    }
}
