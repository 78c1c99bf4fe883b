package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.all;
import static dev.toolpolicy.PolicyText.any;
import static dev.toolpolicy.PolicyText.list;
import static dev.toolpolicy.PolicyText.not;
import static dev.toolpolicy.PolicyText.policy;
import static dev.toolpolicy.PolicyText.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Violation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every sentence that an agent can be told, in a file to be read as an agent reads it; none of them repeats what it sent. */
class RefusalsTest {
    private static final Path FILE = Path.of("src/test/resources/refusals.txt");
    private static final String SECRET = "s3cr3t";
    private static final Identity WHO = Identity.of("alice").with("tenant", SECRET);

    /** Judged by no operator but {@code exists} and {@code is}: it stops the call wherever a test of it stands. */
    private static final Map<String, Object> ODD = Map.of(SECRET, List.of(SECRET));

    private static final String OTHER = test("args.y", "eq", "1");

    private static final String DOCUMENT_WITH_SCHEMA = """
            {"version": "1", "default": "deny", "tools": {"t": {"arguments_schema": {}}}}
            """;

    private final StringBuilder out = new StringBuilder();

    @Test
    void everySentenceIsAsTheFileSays() {
        title("An operator by itself, and under a not");
        operands().forEach(this::operator);
        title("Combinations");
        operands().forEach(this::combinations);
        mixtures();
        title("Values looked up in the call");
        lookedUp();
        title("What is long is cut off");
        longOnes();
        title("Names");
        names();
        title("Schemas");
        schemas();
        title("Limits and approvals");
        waiting();
        title("Malformed calls, which throw");
        malformed();
        Golden.assertMatches(FILE, out.toString());
    }

    @Test
    void aHostIsToldMoreThanTheAgent() {
        Instant lapses = Instant.parse("2026-01-01T12:30:00Z");
        Refusal waits = new Decision.RateLimited(
                        "/limits/0", "spend", BigDecimal.TEN, BigDecimal.ONE, Duration.ofSeconds(7), "later")
                .refusal()
                .orElseThrow();
        Refusal asks = new Decision.NeedsApproval("/tools/pay/action", "q-1", "may it?", lapses)
                .refusal()
                .orElseThrow();

        assertThat(waits.rule()).isEqualTo("/limits/0");
        assertThat(waits.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(waits.approvalId()).isEmpty();
        assertThat(asks.rule()).isEqualTo("/tools/pay/action");
        assertThat(asks.approvalId()).contains("q-1");
        assertThat(asks.retryAfter()).isEmpty();
        assertThat(asks).hasToString("Refusal[" + asks.code() + ", " + asks.message() + "]");
    }

    private static Map<String, String> operands() {
        Map<String, String> operands = new LinkedHashMap<>();
        operands.put("eq", "'open'");
        operands.put("neq", "'main'");
        operands.put("in", "['usd','eur']");
        operands.put("not_in", "['ir','kp']");
        operands.put("lt", "100");
        operands.put("lte", "100");
        operands.put("gt", "100");
        operands.put("gte", "100");
        operands.put("regex", "'^INV-'");
        operands.put("matches", "'[a-z]+'");
        operands.put("contains", "'@corp.com'");
        operands.put("starts_with", "'INV-'");
        operands.put("ends_with", "'.pdf'");
        operands.put("exists", "true");
        operands.put("is", "'integer'");
        operands.put("path_within", "['src','docs']");
        operands.put("host_in", "['api.example.com','*.example.org']");
        return operands;
    }

    private static boolean stopsOnMatch(String operator) {
        return !operator.equals("path_within") && !operator.equals("host_in");
    }

    private void operator(String operator, String value) {
        String test = test("args.x", operator, value);
        rule("require " + operator, "require", test, noMatch(operator));
        if (stopsOnMatch(operator)) {
            rule("deny_if " + operator, "deny_if", test, match(operator));
            rule("require not " + operator, "require", not(test), match(operator));
        }
        rule("deny_if not " + operator, "deny_if", not(test), noMatch(operator));
    }

    private void combinations(String operator, String value) {
        String test = test("args.x", operator, value);
        rule("require any_of " + operator, "require", any(test, OTHER), noMatch(operator));
        rule("require all_of " + operator, "require", all(test, OTHER), noMatch(operator));
        if (!stopsOnMatch(operator)) return;
        rule("deny_if any_of " + operator, "deny_if", any(test, OTHER), match(operator));
        rule("deny_if all_of " + operator, "deny_if", all(test, OTHER), match(operator));
    }

    private static Map<String, Object> noMatch(String operator) {
        return operator.equals("exists") ? Map.of("y", ODD) : Map.of("x", ODD, "y", ODD);
    }

    private static Map<String, Object> match(String operator) {
        return operator.equals("is") ? Map.of("x", 42_424_242, "y", ODD) : Map.of("x", ODD, "y", ODD);
    }

    private void mixtures() {
        Map<String, Object> odd = Map.of("x", ODD, "y", ODD, "z", ODD);
        String x = test("args.x", "lte", "100");
        String y = test("args.y", "in", "['a','b']");
        String z = test("args.z", "eq", "true");
        rule("require all_of within any_of", "require", any(all(x, y), z), odd);
        rule("require any_of within all_of", "require", all(any(x, y), z), odd);
        rule("deny_if all_of within any_of", "deny_if", any(all(x, y), z), odd);
        rule("require not all_of within any_of", "require", any(not(all(x, y)), z), odd);
        rule("deny_if any_of within all_of", "deny_if", all(any(x, y), z), odd);
        rule("require not any_of", "require", not(any(x, y)), odd);
        rule("deny_if not all_of", "deny_if", not(all(x, y)), odd);
        rule("require two conditions", "require", "'conditions':" + list(x, y), odd);
        rule("deny_if two conditions", "deny_if", "'conditions':" + list(x, y), odd);
        rule("deny_if no conditions", "deny_if", "'conditions':[]", odd);
        rule("require exists false", "require", test("args.x", "exists", "false"), odd);
        rule("deny_if exists false", "deny_if", test("args.w", "exists", "false"), odd);
        rule("deny_if missing", "deny_if", test("args.w", "eq", "true") + ",'if_missing':true", odd);
        rule("require missing", "require", test("args.w", "eq", "true") + ",'if_missing':false", odd);
        rule(
                "require, where leaving it out is a match",
                "require",
                test("args.x", "lte", "100") + ",'if_missing':true",
                odd);
        rule("require eq null", "require", test("args.x", "eq", "null"), odd);
        rule("require eq \"\"", "require", test("args.x", "eq", "''"), odd);
        rule("require eq a list", "require", test("args.x", "eq", "[1,'a',null]"), odd);
        rule("require every element", "require", test("args.x[*].id", "gt", "0"), odd);
        rule("deny_if an odd key", "deny_if", test("args[\\\"x\\\"]", "eq", "1"), odd);
        rule("require an attribute", "require", test("identity.tenant", "eq", "'acme'"), odd);
        rule("require the tool", "require", test("tool", "starts_with", "'get_'"), odd);
        rule("require with a text", "require", test("args.x", "eq", "1") + ",'on_deny':'ask the desk'", odd);
        rule("deny_if with an id", "deny_if", "'id':'cap-1'," + test("args.x", "gt", "1"), odd);
    }

    private void lookedUp() {
        for (String operator : operands().keySet()) {
            if (!Condition.Operator.of(operator).orElseThrow().takesValueFrom()) continue;
            String test = "'path':'args.x','op':'" + operator + "','value_from':'identity.tenant'";
            rule("require " + operator + " value_from", "require", test, Map.of("x", ODD));
            rule("deny_if " + operator + " value_from", "deny_if", test, Map.of("x", ODD));
        }
    }

    private void longOnes() {
        Map<String, Object> odd = Map.of("x", ODD);
        List<String> many =
                IntStream.range(0, 20).mapToObj(i -> "'country-" + i + "'").toList();
        rule("require in 20 texts", "require", test("args.x", "in", many.toString()), odd);
        rule(
                "require in 5 texts",
                "require",
                test("args.x", "in", many.subList(0, 5).toString()),
                odd);
        rule("require eq 500 characters", "require", test("args.x", "eq", "'" + "a".repeat(500) + "'"), odd);
        rule("require eq a long object", "require", test("args.x", "eq", "{'k':" + many + "}"), odd);
        rule(
                "require matches a long pattern",
                "require",
                test("args.x", "matches", "'" + "[a-f]".repeat(50) + "'"),
                odd);
        rule("require a long path", "require", test("args." + "p".repeat(200), "eq", "1"), odd);
        List<String> tests = IntStream.range(0, 20)
                .mapToObj(i -> "{" + test("args.field_" + i, "eq", "" + i) + "}")
                .toList();
        rule("require 20 conditions", "require", "'conditions':" + tests, odd);
        rule("require a value with control characters", "require", test("args.x", "eq", "'a\\nb\\u202ec'"), odd);
    }

    private void names() {
        Evaluator evaluator = evaluator("'hide':['drop_*'],'tools':{'pay':{'action':'deny'},"
                + "'wipe':{'action':'deny','reason':'never from an agent'},'get_*':{},'*':{}}");
        call("a hidden tool", evaluator, "drop_all", Map.of("x", SECRET));
        call("a look-alike of a hidden tool", evaluator, "DROP-all", Map.of("x", SECRET));
        call("a look-alike of an entry", evaluator, "GET_all", Map.of("x", SECRET));
        call("a denied tool", evaluator, "pay", Map.of("x", SECRET));
        call("a denied tool with a reason", evaluator, "wipe", Map.of("x", SECRET));
        call("a tool that is not listed", evaluator("'tools':{}"), "pay", Map.of("x", SECRET));
        Evaluator nobody = Evaluator.builder(PolicySource.byGrant(Map.of())).build();
        call("a caller without a policy", nobody, "pay", Map.of("x", SECRET));
        PolicySource broken = who -> {
            throw new IllegalStateException(SECRET);
        };
        call("a check that fails", Evaluator.builder(broken).build(), "pay", Map.of("x", SECRET));
    }

    private void schemas() {
        schema("one violation", 1, "/items/%d/price", "maximum");
        schema("five violations", 5, "/items/%d/price", "maximum");
        schema("seven violations", 7, "/items/%d/price", "maximum");
        schema("the arguments themselves", 1, "", "required");
        schema("an odd pointer", 1, "/a~1b\n" + "c".repeat(200), "additionalProperties");
    }

    private void schema(String situation, int count, String pointer, String keyword) {
        List<Violation> violations = IntStream.range(0, count)
                .mapToObj(i -> new Violation(String.format(pointer, i), keyword, "what the schema says"))
                .toList();
        Policy policy = PolicyParser.with((schema, findings) -> arguments -> violations)
                .parse(DOCUMENT_WITH_SCHEMA)
                .orThrow();
        call(situation, Evaluator.builder(policy).build(), "t", Map.of("x", SECRET));
    }

    private void waiting() {
        amount("an amount that is none", "'amount':'args.x'");
        amount("an amount that is none, where one may be left out", "'amount':'args.x','amount_if_missing':1");
        for (Duration wait :
                List.of(Duration.ofNanos(1), Duration.ofSeconds(42), Duration.ofMillis(42_001), Duration.ofDays(1))) {
            line(
                    "a limit that is spent for " + wait,
                    new Decision.RateLimited("/tools/t/limits/0", "spend", BigDecimal.TEN, BigDecimal.ZERO, wait));
        }
        line(
                "a person must approve",
                new Decision.NeedsApproval(
                        "/tools/t/action", "q-17", "charges over 500 are approved by a person", Instant.EPOCH));
    }

    private void amount(String situation, String amount) {
        Policy policy = policy("'default':'deny','tools':{'t':{'limits':"
                + "[{'counter':'spend','window':'hour','max':10,'scope':'grant'," + amount + "}]}}");
        Evaluator evaluator =
                Evaluator.builder(policy).counters(Bucket4jCounters.inMemory()).build();
        call(situation, evaluator, "t", Map.of("x", ODD));
    }

    private void malformed() {
        malformed("an odd name", "t " + SECRET, "{}");
        for (String text : List.of(
                "[\"" + SECRET + "\"]",
                "{\"" + SECRET + "\": 1, \"" + SECRET + "\": 2}",
                "{\"x\": " + SECRET + "}",
                "{\"x\": 1e9999}",
                "{\"x\": \"\\ud800" + SECRET + "\"}",
                "{\"x\": " + "[".repeat(65) + "]".repeat(65) + "}",
                "\ufeff{}",
                "{\"x\": \"" + SECRET.repeat(200_000) + "\"}")) {
            String shown = Json.shown(text.replace(SECRET, "…"));
            malformed(text.length() > 60 ? text.length() + " characters" : shown, "t", text);
        }
    }

    private void malformed(String situation, String tool, String arguments) {
        MalformedCallException e =
                catchThrowableOfType(MalformedCallException.class, () -> ToolCall.parse(WHO, tool, arguments));
        assertThat(e.getMessage()).doesNotContain(SECRET);
        out.append(situation).append(" → ").append(e.getMessage()).append('\n');
    }

    private void rule(String situation, String list, String rule, Map<String, Object> arguments) {
        call(situation, evaluator("'tools':{'t':{'" + list + "':[{" + rule + "}]}}"), "t", arguments);
    }

    private void call(String situation, Evaluator evaluator, String tool, Map<String, Object> arguments) {
        line(situation, evaluator.evaluate(ToolCall.of(WHO, tool, arguments)));
    }

    private void line(String situation, Decision decision) {
        Refusal refusal = decision.refusal().orElseThrow(() -> new AssertionError(situation + " is allowed"));
        assertThat(refusal.message() + refusal.asMeta()).as(situation).doesNotContain(SECRET, "42424242");
        out.append(situation).append(" → ").append(refusal.message());
        out.append(refusal.asUnknownTool() ? " (as an unknown tool) " : " ")
                .append(refusal.asMeta())
                .append('\n');
    }

    private void title(String text) {
        out.append(out.isEmpty() ? "# " : "\n# ").append(text).append('\n');
    }

    private static Evaluator evaluator(String members) {
        return Evaluator.builder(policy("'default':'deny'," + members)).build();
    }
}
