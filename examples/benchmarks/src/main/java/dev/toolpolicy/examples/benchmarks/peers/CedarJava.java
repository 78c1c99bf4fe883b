package dev.toolpolicy.examples.benchmarks.peers;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import dev.toolpolicy.examples.benchmarks.peers.Rules.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cedar, in Rust, by way of its binding for Java: a policy for each tool, all of them read once and kept on the other side. */
final class CedarJava implements Engine {
    private static final EntityUID CALLS = uid("Action::\"call\"");

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final Entities entities;
    private final List<AuthorizationRequest> requests;

    CedarJava(Rules rules) throws CacheException {
        policies = new PolicySet(rules.tools().stream().map(CedarJava::policy).collect(Collectors.toSet()));
        policies.cache();
        entities = new Entities(Set.of(user(Rules.ROLE), user("support")));
        requests = rules.questions().stream().map(CedarJava::request).toList();
    }

    /** False where its native library has no form for this machine, or cannot be loaded. */
    static boolean loads() {
        try {
            return !AuthorizationEngine.getCedarLangVersion().isEmpty();
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    private static Policy policy(String tool) {
        String text =
                "permit(principal in Role::\"" + Rules.ROLE + "\", action == Action::\"call\", resource == Tool::\""
                        + tool + "\") when { context.amount <= " + Rules.MOST + " };";
        return new Policy(text, tool);
    }

    /** For each role one who has it. */
    private static Entity user(String role) {
        return new Entity(uid("User::\"" + role + "\""), Set.of(uid("Role::\"" + role + "\"")));
    }

    private static AuthorizationRequest request(Question question) {
        return new AuthorizationRequest(
                uid("User::\"" + question.role() + "\""),
                CALLS,
                uid("Tool::\"" + question.tool() + "\""),
                Map.of("amount", new PrimLong(question.amount())));
    }

    private static EntityUID uid(String text) {
        return EntityUID.parse(text).orElseThrow();
    }

    @Override
    public boolean allows(int call) {
        try {
            AuthorizationResponse response = engine.isAuthorized(requests.get(call), policies, entities);
            return response.success.orElseThrow().isAllowed();
        } catch (AuthException e) {
            throw new IllegalStateException(e);
        }
    }
}
