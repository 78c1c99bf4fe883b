package dev.toolpolicy.examples.benchmarks.peers;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import java.util.stream.Collectors;

/** This library. */
final class Toolpolicy implements Engine {
    private static final String RULES = """
            { "require": [ { "conditions": [
                { "path": "identity.role", "op": "eq", "value": "finance" },
                { "path": "args.amount", "op": "lte", "value": 100 } ] } ] }""";

    private final Evaluator evaluator;
    private final ToolCall[] calls;

    Toolpolicy(Rules rules) {
        String document = rules.tools().stream()
                .map(tool -> "\"" + tool + "\": " + RULES)
                .collect(Collectors.joining(",\n", "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": {", "} }"));
        evaluator = Evaluator.builder(PolicyParser.standard().parse(document).orThrow())
                .build();
        calls = rules.questions().stream()
                .map(question -> ToolCall.of(
                        Identity.of("alice").with("role", question.role()), question.tool(), question.arguments()))
                .toArray(ToolCall[]::new);
    }

    @Override
    public boolean allows(int call) {
        return evaluator.evaluate(calls[call]).allowed();
    }
}
