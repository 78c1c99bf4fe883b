package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Explanation;
import dev.toolpolicy.Explanation.Said;
import dev.toolpolicy.Golden;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much of a policy is exercised in all, and what is said of the rest. */
class CoverageTest {
    private static final Path GOLDEN = Path.of("src/test/resources/coverage");
    static final String MIDDLING = """
            {
              "version": "1",
              "default": "deny",
              "hide": ["secret_*"],
              "groups": [
                { "tools": ["pay_*"], "require": [ { "path": "args.tenant", "op": "eq", "value_from": "identity.tenant" } ] }
              ],
              "tools": {
                "list_payments": {},
                "drop_database": { "action": "deny", "reason": "never from an agent" },
                "pay_out": {
                  "deny_if": [ { "path": "args.amount", "op": "gt", "value": 100, "if_missing": false } ],
                  "require_approval_if": [
                    { "id": "large", "path": "args.amount", "op": "gt", "value": 10, "reason": "payments over 10 are approved by a person" }
                  ],
                  "arguments_schema": { "required": ["a"] },
                  "limits": [ { "counter": "payments", "window": "minute", "max": 2, "scope": "grant" } ]
                }
              }
            }
            """;

    /** A call, and all that only it exercises, or only after it can be exercised. */
    private record Made(String tool, String arguments, boolean approved, List<String> alone) {}

    private static Made made(String tool, String arguments, String... alone) {
        return new Made(tool, arguments, false, List.of(alone));
    }

    private static final List<Made> SUITE = List.of(
            made("nothing_known", "{}", "/default it decided no call"),
            made("secret_key", "{}", "/hide/0 no call was denied by it"),
            made(
                    "list_payments",
                    "{}",
                    "/tools/list_payments it governed no call",
                    "/tools/list_payments no call that it governed was allowed"),
            made("drop_database", "{}", "/tools/drop_database it governed no call"),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":5}",
                    "/tools/pay_out/limits/0 no call found it spent"),
            made(
                    "pay_out",
                    "{\"tenant\":\"globex\",\"a\":1,\"amount\":5}",
                    "/groups/0/require/0 `args.tenant eq identity.tenant` was never false"),
            made(
                    "pay_out",
                    "{\"tenant\":7,\"a\":1,\"amount\":5}",
                    "/groups/0/require/0 `args.tenant eq identity.tenant` was never undecidable"),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":101}",
                    "/tools/pay_out/deny_if/0 `args.amount gt 100` was never true"),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":\"5\"}",
                    "/tools/pay_out/deny_if/0 `args.amount gt 100` was never undecidable",
                    "/tools/pay_out/require_approval_if/0 `args.amount gt 10` was never undecidable"),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"amount\":5}",
                    "/tools/pay_out/arguments_schema no call was denied by it"),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":11}",
                    "/tools/pay_out/require_approval_if/0 no call that it asked about was approved",
                    "/tools/pay_out/limits/0 no call found it spent"),
            new Made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":11}",
                    true,
                    List.of(
                            "/tools/pay_out/require_approval_if/0 no call that it asked about was approved",
                            "/tools/pay_out/limits/0 no call found it spent")),
            made(
                    "pay_out",
                    "{\"tenant\":\"acme\",\"a\":1,\"amount\":5}",
                    "/tools/pay_out/limits/0 no call found it spent"));

    private static Coverage after(List<Made> calls) {
        Measured measured = Measured.of(MIDDLING);
        for (Made call : calls) {
            boolean asked = calls.stream()
                    .anyMatch(other -> !other.approved() && other.arguments().equals(call.arguments()));
            if (call.approved() && asked) measured.approve();
            measured.call(call.tool(), call.arguments());
        }
        return measured.coverage();
    }

    private static List<String> missed(Coverage coverage) {
        return coverage.missed().stream()
                .map(missed -> missed.pointer() + " " + missed.message())
                .toList();
    }

    @Test
    void suiteThatMissesNothingCoversExactlyAll() {
        Coverage coverage = after(SUITE);

        assertThat(coverage.missed()).isEmpty();
        assertThat(coverage.percent()).isEqualTo(100.0);
        assertThatCode(() -> coverage.requireAtLeast(100)).doesNotThrowAnyException();
    }

    static IntStream places() {
        return IntStream.range(0, SUITE.size());
    }

    @ParameterizedTest
    @MethodSource("places")
    void withoutAnyOneOfItsCallsJustWhatThatOneExercisedIsMissed(int left) {
        List<Made> calls = new ArrayList<>(SUITE);
        Made out = calls.remove(left);
        Coverage coverage = after(calls);

        assertThat(missed(coverage)).containsExactlyElementsOf(out.alone());
        assertThat(coverage.percent()).isLessThan(100.0);
        assertThatThrownBy(() -> coverage.requireAtLeast(100)).isInstanceOf(AssertionError.class);
    }

    @Test
    void callsOnlyEverAdd() {
        double before = 0;
        for (int n = 0; n <= SUITE.size(); n++) {
            double now = after(SUITE.subList(0, n)).percent();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isEqualTo(100.0);
    }

    @Test
    void reportReadsAsTheFileSays() {
        Coverage coverage = after(SUITE.subList(2, 8));

        Golden.assertMatches(GOLDEN.resolve("report.txt"), coverage.report());
    }

    @Test
    void messageOfAFailedBuildTellsTheFigureAndWhatIsMissed() {
        Coverage coverage = after(SUITE.subList(0, 11));

        assertThatThrownBy(() -> coverage.requireAtLeast(97.5))
                .isInstanceOf(AssertionError.class)
                .satisfies(thrown -> Golden.assertMatches(GOLDEN.resolve("too-little.txt"), thrown.getMessage()));
        assertThatCode(() -> coverage.requireAtLeast(coverage.percent())).doesNotThrowAnyException();
    }

    @Test
    void messageOfAFailedBuildTellsFiftyPlacesAndHowManyMoreThereAre() {
        StringBuilder tools = new StringBuilder("\"t0\":{}");
        for (int i = 1; i < 60; i++) tools.append(",\"t").append(i).append("\":{}");
        Coverage coverage = Measured.of("{\"version\":\"1\",\"default\":\"deny\",\"tools\":{" + tools + "}}")
                .coverage();

        assertThatThrownBy(() -> coverage.requireAtLeast(1))
                .hasMessageContaining("/tools/t48\n")
                .hasMessageNotContaining("/tools/t49\n")
                .hasMessageEndingWith("and at 11 more places: the whole report has them\n");
        assertThat(coverage.report()).contains("/tools/t59\n");
    }

    @Test
    void thresholdIsNeverMetByMeasuringNothing() {
        Coverage nothing = Coverage.of();

        assertThat(nothing.percent()).isZero();
        assertThatThrownBy(() -> nothing.requireAtLeast(0))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no policy was measured, so nothing is known to be tested");
        for (double wrong : new double[] {-1, 100.1, Double.NaN}) {
            assertThatThrownBy(() -> nothing.requireAtLeast(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void allButOneOfManyIsNotShownAsAll() {
        StringBuilder tools = new StringBuilder("\"t0\":{}");
        for (int i = 1; i < 2000; i++) tools.append(",\"t").append(i).append("\":{}");
        Measured measured = Measured.of("{\"version\":\"1\",\"default\":\"deny\",\"tools\":{" + tools + "}}");
        for (int i = 0; i < 2000; i++) measured.call("t" + i, "{}");

        assertThat(measured.coverage().report()).startsWith("policy.json: 99.9 % exercised, 4000 of 4001\n");
    }

    @Test
    void documentsThatAreReadAnewAreTheSameAndOthersAreMeasuredBesideThem() {
        String policy = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"a\":{}}}";
        PolicyDocument unused = Measured.document("unused.json", policy);
        Coverage coverage = Coverage.of(unused);

        Measured.in(coverage, Measured.document("one.json", policy)).call("a", "{}");
        Measured.in(coverage, Measured.document("one.json", policy)).call("b", "{}");
        Measured.in(coverage, Measured.document("one.json", policy + "\n")).call("b", "{}");

        assertThat(coverage.missed())
                .extracting(Coverage.Missed::document)
                .containsExactly("unused.json", "unused.json", "unused.json", "one.json", "one.json");
        assertThat(coverage.percent()).isEqualTo(100.0 * 4 / 9);
        assertThat(coverage.report()).endsWith("all 3 policies: 44.4 % exercised, 4 of 9\n");
    }

    @Test
    void explanationByAnotherPolicyIsRefused() {
        PolicyDocument governing =
                Measured.document("one.json", "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"pay\":{}}}");
        PolicyDocument other = Measured.document("other.json", """
                { "version": "1", "default": "deny", "hide": ["x"],
                  "tools": { "pay": { "deny_if": [ { "path": "args.a", "op": "eq", "value": 1 } ] } } }
                """);

        for (Map.Entry<String, String> stranger :
                Map.of("pay", "/tools/pay/deny_if/0", "x", "/hide/0").entrySet()) {
            ToolCall call = ToolCall.of(Identity.of("alice"), stranger.getKey(), Map.of());
            try (Evaluator evaluator = Evaluator.builder(other.policy()).build()) {
                Explanation before = evaluator.explain(call);
                assertThatThrownBy(() -> Coverage.of().saw(governing, call, before))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("the policy has no rule " + stranger.getValue());
            }
        }
    }

    /** Each operator with what makes it undecidable at one step, at two, and below a list; and where the other value is looked up. */
    static Stream<String> tests() {
        List<String> operands = List.of(
                "\"op\":\"eq\",\"value\":1",
                "\"op\":\"neq\",\"value\":\"x\"",
                "\"op\":\"eq\",\"value\":null",
                "\"op\":\"neq\",\"value\":null",
                "\"op\":\"in\",\"value\":[1]",
                "\"op\":\"not_in\",\"value\":[1,\"x\",true,[],{}]",
                "\"op\":\"in\",\"value\":[1,\"x\",true,null,[],{}]",
                "\"op\":\"lt\",\"value\":1",
                "\"op\":\"regex\",\"value\":\"x\"",
                "\"op\":\"contains\",\"value\":\"x\"",
                "\"op\":\"starts_with\",\"value\":\"x\"",
                "\"op\":\"exists\",\"value\":true",
                "\"op\":\"exists\",\"value\":false",
                "\"op\":\"is\",\"value\":\"string\"",
                "\"op\":\"path_within\",\"value\":\"/srv\"",
                "\"op\":\"host_in\",\"value\":[\"a.example\"]",
                "\"op\":\"eq\",\"value_from\":\"identity.tenant\"",
                "\"op\":\"eq\",\"value_from\":\"args.b\"",
                "\"op\":\"gte\",\"value_from\":\"identity.tenant\"");
        List<String> paths =
                List.of("args.a", "args.a.b", "args.a[0]", "args.a[*]", "args.a[*].b", "identity.tenant", "tool");
        return paths.stream()
                .flatMap(path -> operands.stream().map(operand -> "{\"path\":\"" + path + "\"," + operand + "}"));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void testCountsAsPerhapsUndecidableJustIfSomeArgumentMakesItSo(String test) {
        Measured measured = Measured.ofTool("{ \"require\": [ " + test + " ] }");
        boolean counts = mayBeUndecidable(measured);
        Set<Said> said = EnumSet.noneOf(Said.class);
        for (String value :
                List.of("null", "true", "1", "\"x\"", "[]", "{}", "[1]", "[\"x\"]", "[{}]", "{\"b\":\"x\"}")) {
            said.add(measured.firstTestSays("pay", "{\"a\":" + value + ",\"b\":\"acme\"}"));
            said.add(measured.firstTestSays("pay", "{\"a\":" + value + "}"));
            measured.call("pay", "{\"a\":" + value + "}");
        }

        // Where no argument is looked at, none makes a difference.
        assertThat(counts).isEqualTo(said.contains(Said.UNDECIDABLE) && test.contains("args."));
        assertThat(mayBeUndecidable(measured)).as("it was").isFalse();
    }

    private static boolean mayBeUndecidable(Measured measured) {
        return measured.coverage().missed().stream()
                .anyMatch(missed -> missed.message().endsWith("never undecidable"));
    }
}
