package dev.toolpolicy.examples.quarkus;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** What a host brings along: an evaluator, and whatever authenticates. */
@Singleton
class Host implements HttpAuthenticationMechanism {
    static final PolicySource POLICY = PolicySource.of(PolicyParser.standard()
            .parse(Path.of("src/test/resources/policy.json"))
            .orThrow());
    static final PolicySource ALL_HIDDEN = PolicySource.of(PolicyParser.standard()
            .parse("{ \"version\": \"1\", \"default\": \"deny\", \"hide\": [\"*\"] }")
            .orThrow());
    static final PolicySource UNREACHABLE = who -> {
        throw new IllegalStateException("the policies cannot be reached");
    };

    /** What is in force. */
    static volatile PolicySource policies = POLICY;

    @Produces
    @Singleton
    Evaluator evaluator() {
        PolicySource now = who -> policies.policyFor(who);
        return Evaluator.builder(now)
                .counters(Bucket4jCounters.inMemory())
                .clock(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")))
                .build();
    }

    /** Of a bearer token it makes the principal whose name that is. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        String token = request.request().getHeader("Authorization");
        if (token == null) return Uni.createFrom().nullItem();
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(token.substring("Bearer ".length())))
                        .build());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }
}
