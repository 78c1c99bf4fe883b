package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The first lines of Java that a user writes; the README shows them, and what they print. */
public final class FirstMinute {
    private static final List<String> CALLS = List.of(
            "{\"currency\": \"usd\", \"tenant\": \"acme\", \"amount\": 120}",
            "{\"currency\": \"usd\", \"tenant\": \"acme\", \"amount\": 10000.01}",
            "{\"currency\": \"usd\", \"tenant\": \"other\", \"amount\": 120}",
            "{\"currency\": \"usd\", \"tenant\": \"acme\", \"amount\": \"120\"}");

    private FirstMinute() {}

    /** Takes a policy file, and a document that is none. */
    public static void main(String[] files) {
        show(Path.of(files[0]), System.out);
        CheckPolicies.check(List.of(files), System.out);
    }

    static void show(Path file, PrintStream out) {
        for (String call : CALLS) {
            out.println(call);
            out.println("  " + decide(file, call));
        }
    }

    private static String decide(Path file, String argumentsJson) {
        // README from here
        Policy policy = PolicyParser.standard().parse(file).orThrow();
        Evaluator evaluator = Evaluator.builder(policy).build();

        Identity alice = Identity.of("alice-laptop").with("tenant", "acme");
        ToolCall call = ToolCall.parse(alice, "create_charge", argumentsJson);
        return evaluator
                .evaluate(call)
                .match(
                        allow -> "allowed: run it with " + call.argumentsJson(),
                        deny -> "denied by " + deny.rule() + ": "
                                + deny.reason().message(),
                        limited -> "try again in " + limited.retryAfter(),
                        asked -> "ask a person: " + asked.question());
        // README to here
    }
}
