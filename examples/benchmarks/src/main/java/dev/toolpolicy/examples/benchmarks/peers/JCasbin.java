package dev.toolpolicy.examples.benchmarks.peers;

import java.util.List;
import java.util.stream.Collectors;
import org.casbin.jcasbin.main.CoreEnforcer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/** jCasbin: a policy line for each tool, and a matcher that asks for the tool first, for it is asked of every line. */
final class JCasbin implements Engine {
    private static final String MODEL = """
            [request_definition]
            r = role, tool, amount
            [policy_definition]
            p = role, tool, most
            [policy_effect]
            e = some(where (p.eft == allow))
            [matchers]
            m = r.tool == p.tool && r.role == p.role && r.amount <= long(p.most)
            """;

    private final Enforcer enforcer;
    private final List<Object[]> questions;

    JCasbin(Rules rules) {
        Model model = CoreEnforcer.newModel(MODEL);
        enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        enforcer.addPolicies(rules.tools().stream()
                .map(tool -> List.of(Rules.ROLE, tool, Long.toString(Rules.MOST)))
                .collect(Collectors.toList()));
        questions = rules.questions().stream()
                .map(question -> new Object[] {question.role(), question.tool(), question.amount()})
                .toList();
    }

    @Override
    public boolean allows(int call) {
        return enforcer.enforce(questions.get(call));
    }
}
