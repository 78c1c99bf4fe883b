package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Arguments that are checked against the schema of their tool. */
final class CheckedArguments {
    private static final Identity ALICE = Identity.of("alice-laptop");
    private static final List<String> CALLS = List.of(
            "{\"customer\": \"cus_0001\", \"amount\": 19.99, \"currency\": \"usd\", \"note\": null}",
            "{\"customer\": \"cus_1\", \"amount\": \"19.99\", \"sudo\": true}");

    private CheckedArguments() {}

    static void show(Path file, PrintStream out) {
        // README from here
        Policy policy = PolicyParser.with(JsonSchema.validator()).parse(file).orThrow();
        Evaluator evaluator = Evaluator.builder(policy).build();
        // README to here
        for (String arguments : CALLS) {
            out.println(arguments);
            ToolCall call = ToolCall.parse(ALICE, "create_charge", arguments);
            out.print(evaluator.explain(call).toString().indent(2));
        }
    }
}
