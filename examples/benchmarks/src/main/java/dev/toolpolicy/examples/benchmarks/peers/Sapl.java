package dev.toolpolicy.examples.benchmarks.peers;

import static java.util.function.UnaryOperator.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toolpolicy.examples.benchmarks.peers.Rules.Question;
import io.sapl.api.pdp.AuthorizationDecision;
import io.sapl.api.pdp.AuthorizationSubscription;
import io.sapl.api.pdp.Decision;
import io.sapl.interpreter.DefaultSAPLInterpreter;
import io.sapl.interpreter.combinators.PolicyDocumentCombiningAlgorithm;
import io.sapl.interpreter.functions.AnnotationFunctionContext;
import io.sapl.interpreter.pip.AnnotationAttributeContext;
import io.sapl.pdp.EmbeddedPolicyDecisionPoint;
import io.sapl.pdp.PolicyDecisionPointFactory;
import java.util.List;
import java.util.Map;

/**
 * SAPL's decision point in this process: a policy for each tool, all of it in the target, which is judged first. With the index that
 * it has by default; the other, for many policies, is no faster here and overflows the stack with a thousand.
 */
final class Sapl implements Engine {
    private final EmbeddedPolicyDecisionPoint pdp;
    private final List<AuthorizationSubscription> subscriptions;

    Sapl(Rules rules) {
        pdp = PolicyDecisionPointFactory.fixedInRamPolicyDecisionPoint(
                new DefaultSAPLInterpreter(),
                rules.tools().stream().map(Sapl::policy).toList(),
                PolicyDocumentCombiningAlgorithm.DENY_UNLESS_PERMIT,
                Map.of(),
                new AnnotationAttributeContext(),
                new AnnotationFunctionContext(),
                identity(),
                identity());
        ObjectMapper mapper = new ObjectMapper();
        subscriptions = rules.questions().stream()
                .map(question -> subscription(question, mapper))
                .toList();
    }

    private static String policy(String tool) {
        return "policy \"" + tool + "\" permit resource == \"" + tool + "\" & subject.role == \"" + Rules.ROLE
                + "\" & environment.amount <= " + Rules.MOST;
    }

    private static AuthorizationSubscription subscription(Question question, ObjectMapper mapper) {
        return AuthorizationSubscription.of(
                Map.of("role", question.role()), "call", question.tool(), Map.of("amount", question.amount()), mapper);
    }

    @Override
    public boolean allows(int call) {
        AuthorizationDecision decision = pdp.decideOnce(subscriptions.get(call)).block();
        return decision != null && decision.getDecision() == Decision.PERMIT;
    }
}
