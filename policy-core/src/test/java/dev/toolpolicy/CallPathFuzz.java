package dev.toolpolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.PolicyParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths into a call, as bytes and as steps. */
class CallPathFuzz {
    static Stream<byte[]> paths() {
        return Fuzzing.seeds(() -> Stream.of(
                        "targs.a[0][\"x y\"].b-c", "tidentity.tenant", "ttool", "targs[\"\\ud83d\\ude00\"]", "sabcdef")
                .map(input -> input.getBytes(UTF_8)));
    }

    /** The first byte says which of the two it is. */
    @MethodSource("paths")
    @FuzzTest
    void aPathLeadsWhereItsStepsLead(byte[] input) {
        if (input.length == 0) return;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] == 't') readsOrSaysWhyNot(new String(rest, UTF_8));
        else leadsWhereItsStepsLead(new Choices(rest));
    }

    private static void readsOrSaysWhyNot(String path) {
        if (!(parse(path) instanceof Parsed parsed)) return;
        String printed = parsed.policy().toJson();
        Policy again = PolicyParser.standard().parse(printed).orThrow();
        assertThat(again).isEqualTo(parsed.policy());
        Evaluator.builder(again).build().evaluate(ToolCall.of(Judged.WHO, "t", Map.of("a", List.of(1))));
    }

    private static void leadsWhereItsStepsLead(Choices choices) {
        StringBuilder path = new StringBuilder("args");
        List<Object> steps = new ArrayList<>();
        for (int n = 1 + choices.nextInt(5); n > 0; n--) {
            boolean key = steps.isEmpty() || choices.nextInt(3) > 0;
            Object step = key ? new String(choices.text(6).getBytes(UTF_8), UTF_8) : (Object) choices.nextInt(4);
            steps.add(step);
            boolean bare = step instanceof String name && name.matches("[A-Za-z_][A-Za-z0-9_-]*");
            path.append(bare ? "." + step : "[" + PlainJson.write(step) + "]");
        }
        Policy policy = parse(path.toString()).orThrow();
        try (Evaluator evaluator = Evaluator.builder(policy).build()) {
            assertThat(allowed(evaluator, nested(steps, 7L))).as("%s", path).isTrue();
            assertThat(allowed(evaluator, nested(steps, 8L))).as("%s", path).isFalse();
            steps.set(steps.size() - 1, steps.get(steps.size() - 1) instanceof String name ? name + "x" : (Object) "x");
            assertThat(allowed(evaluator, nested(steps, 7L))).as("%s", path).isFalse();
        }
    }

    private static ParseResult parse(String path) {
        Map<String, Object> rule = Map.of("path", path, "op", "eq", "value", 7L);
        Map<String, Object> tools = Map.of("t", Map.of("require", List.of(rule)));
        String document = PlainJson.write(Map.of("version", "1", "default", "deny", "tools", tools));
        return Fuzzing.bounded(() -> PolicyParser.standard().parse(document));
    }

    /** Arguments in which the steps lead to this value, and nowhere else to any. */
    @SuppressWarnings("unchecked") // the first step is a key
    private static Map<String, Object> nested(List<Object> steps, Object value) {
        Object inner = value;
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof Integer index) {
                List<Object> list = new ArrayList<>(Collections.nCopies(index, null));
                list.add(inner);
                inner = list;
            } else inner = Collections.singletonMap((String) steps.get(i), inner);
        }
        return (Map<String, Object>) inner;
    }

    private static boolean allowed(Evaluator evaluator, Map<String, Object> arguments) {
        return evaluator.evaluate(ToolCall.of(Judged.WHO, "t", arguments)).allowed();
    }
}
