package dev.toolpolicy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Choices;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Fuzzing;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.analysis.PolicyLint;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.ParseResult.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents that are policies, but for a few values and keys: deeper in the grammar than bytes get. */
class PolicyTreeFuzz {
    private static final Identity WHO =
            Identity.of("g").with("tenant", "acme").with("a", List.of("a", "b")).withSession("s");

    @FuzzTest
    void anyDocumentIsAPolicyThatCanBeUsedOrItIsSaidWhyItIsNone(byte[] input) {
        Choices choices = new Choices(input);
        Object tree = RandomPolicies.policy(choices);
        for (int edits = choices.nextInt(4); edits > 0; edits--) tree = edited(tree, choices);
        String text = JsonSpelling.of(tree, choices);
        byte[] document = text.getBytes(UTF_8);

        ParseResult result = Fuzzing.bounded(() -> ParserLaws.PARSER.parse(document));
        ParserLaws.assertLawful(result, text);
        if (!(result instanceof Parsed parsed)) return;
        PolicyDocument read = PolicyDocument.of("fuzz.json", text, ParserLaws.PARSER);
        assertThat(Fuzzing.bounded(() -> PolicyLint.of(read).report())).endsWith("\n");
        decide(parsed.policy(), choices);
    }

    private static void decide(Policy policy, Choices choices) {
        try (Evaluator evaluator = Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().build())
                .build()) {
            for (String entry :
                    policy.tools().keySet().stream().map(String::valueOf).toList()) {
                // No more than eight stars in a pattern: something is left of what is longer.
                String tool = entry.replace("*", choices.nextBoolean() && entry.length() > 8 ? "" : "x");
                Map<String, Object> arguments = new LinkedHashMap<>();
                for (String name : List.of("a", "naïve", "b")) arguments.put(name, value(choices, 2));
                ToolCall call = ToolCall.of(WHO, tool, arguments);
                assertThat(Fuzzing.bounded(() -> evaluator.explain(call))).isNotNull();
                assertThat(Fuzzing.bounded(() -> evaluator.evaluate(call))).isNotNull();
            }
        }
    }

    /** The tree with something else in one place of it, or without it. */
    private static Object edited(Object tree, Choices choices) {
        boolean here = choices.nextInt(6) == 0;
        if (!here && tree instanceof Map<?, ?> map && !map.isEmpty()) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Object key = keys.get(choices.nextInt(keys.size()));
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            switch (choices.nextInt(8)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put(soundText(choices), copy.remove(key));
                case 2 -> copy.put(key, map.get(keys.get(choices.nextInt(keys.size()))));
                default -> copy.put(key, edited(map.get(key), choices));
            }
            return copy;
        }
        if (!here && tree instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = choices.nextInt(list.size());
            if (choices.nextInt(6) == 0) copy.add(list.get(at));
            else copy.set(at, edited(list.get(at), choices));
            return copy;
        }
        if (tree instanceof String text && choices.nextBoolean()) return text + soundText(choices);
        return value(choices, 2);
    }

    private static Object value(Choices choices, int depth) {
        return switch (choices.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> choices.nextBoolean();
            case 2 -> choices.nextLong();
            case 3 -> (long) choices.nextInt(4);
            case 4, 5 -> soundText(choices);
            case 6 -> new ArrayList<>(List.of(1L, soundText(choices)));
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int n = choices.nextInt(3); n > 0; n--) map.put(soundText(choices), value(choices, depth - 1));
                yield map;
            }
        };
    }

    /** Half a pair cannot be written in UTF-8. */
    private static String soundText(Choices choices) {
        return new String(choices.text(12).getBytes(UTF_8), UTF_8);
    }
}
