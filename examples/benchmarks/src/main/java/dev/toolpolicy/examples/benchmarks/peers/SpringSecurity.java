package dev.toolpolicy.examples.benchmarks.peers;

import dev.toolpolicy.examples.benchmarks.peers.Rules.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Spring Security's managers, which judge the role; a hand-written map finds them, and hand-written Java judges the amount. */
final class SpringSecurity implements Engine {
    private final Map<String, AuthorizationManager<Question>> managers = new HashMap<>();
    private final Question[] questions;
    private final List<Supplier<Authentication>> callers;

    SpringSecurity(Rules rules) {
        for (String tool : rules.tools()) {
            managers.put(
                    tool,
                    AuthorizationManagers.allOf(
                            AuthorityAuthorizationManager.hasRole(Rules.ROLE),
                            (who, question) -> new AuthorizationDecision(question.isSmall())));
        }
        questions = rules.questions().toArray(Question[]::new);
        callers = rules.questions().stream()
                .map(question -> caller(question.role()))
                .toList();
    }

    private static Supplier<Authentication> caller(String role) {
        Authentication caller = UsernamePasswordAuthenticationToken.authenticated(
                "alice", "", List.of(new SimpleGrantedAuthority("ROLE_" + role)));
        return () -> caller;
    }

    @Override
    public boolean allows(int call) {
        AuthorizationManager<Question> manager = managers.get(questions[call].tool());
        if (manager == null) return false;
        AuthorizationResult result = manager.authorize(callers.get(call), questions[call]);
        return result != null && result.isGranted();
    }
}
