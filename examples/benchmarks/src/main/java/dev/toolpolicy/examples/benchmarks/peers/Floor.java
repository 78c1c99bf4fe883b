package dev.toolpolicy.examples.benchmarks.peers;

import dev.toolpolicy.examples.benchmarks.peers.Rules.Question;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The least Java that answers the same: a look into a {@code HashMap}, and a compiled lambda. */
final class Floor implements Engine {
    private final Map<String, Predicate<Question>> rules = new HashMap<>();
    private final Question[] questions;

    Floor(Rules rules) {
        for (String tool : rules.tools()) {
            this.rules.put(tool, question -> question.role().equals(Rules.ROLE) && question.isSmall());
        }
        questions = rules.questions().toArray(Question[]::new);
    }

    @Override
    public boolean allows(int call) {
        Question question = questions[call];
        Predicate<Question> rule = rules.get(question.tool());
        return rule != null && rule.test(question);
    }
}
