package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Explanation.Said;
import dev.toolpolicy.Explanation.Step;
import dev.toolpolicy.Explanation.Tested;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators read of a decision: telling ones in a file, and what holds for all. */
class ExplanationTest {
    private static final Path FILE = Path.of("src/test/resources/explanations.txt");
    private static final Identity WHO = Identity.of("alice").with("tenant", "acme");
    private static final String POLICY = """
            {
              "version": "1",
              "default": "deny",
              "hide": ["drop_*"],
              "all_tools": { "deny_if": [ { "id": "no-debug", "path": "args.debug", "op": "eq", "value": true } ] },
              "groups": [
                { "tools": ["create_*"], "require": [
                  { "path": "args.tenant", "op": "eq", "value_from": "identity.tenant", "on_deny": "only your own tenant" } ] },
                { "tools": ["refund_*"], "require": [ { "path": "args.reason", "op": "exists", "value": true } ] }
              ],
              "tools": {
                "create_charge": {
                  "require": [ { "any_of": [
                    { "path": "args.currency", "op": "in", "value": ["usd", "eur"] },
                    { "not": { "path": "args.items[*].price", "op": "gt", "value": 100 } } ] } ],
                  "deny_if": [
                    { "conditions": [
                      { "path": "args.amount", "op": "gt", "value": 10000 },
                      { "path": "args.approved", "op": "neq", "value": true } ] },
                    { "path": "args.note", "op": "regex", "value": "(?i)urgent", "on_deny": "no hurry" } ],
                  "arguments_schema": { "required": ["amount"], "properties": { "note": { "type": "string" } }, "additionalProperties": true }
                },
                "overflows": { "require": [ { "path": "args.a", "op": "is", "value": "integer" } ], "arguments_schema": { "fails": "overflows" } },
                "refund": {
                  "deny_if": [ { "path": "args.amount", "op": "gt", "value": 100 } ],
                  "limits": [
                    { "counter": "refunds", "window": "day", "max": 150, "scope": "grant", "amount": "args.amount", "decimals": 2 },
                    { "counter": "urgent", "window": "hour", "max": 1, "scope": "global", "when": [ { "path": "args.urgent", "op": "eq", "value": true } ] } ]
                },
                "wire": {
                  "require_approval_if": [
                    { "path": "args.amount", "op": "gt", "value": 5, "reason": "over 5" },
                    { "id": "strangers", "path": "args.to", "op": "not_in", "value": ["acme"], "if_missing": false } ],
                  "limits": [ { "counter": "wires", "window": "day", "max": 10, "scope": "grant", "amount": "args.amount" } ]
                },
                "strict": { "arguments_schema": { "required": ["a", "b", "c", "d"], "additionalProperties": false } }
              }
            }
            """;
    private static final Evaluator EVALUATOR = Evaluator.builder(
                    PolicyParser.with(new TinySchema()).parse(POLICY).orThrow())
            .counters(Bucket4jCounters.inMemory())
            .approvals(InMemoryApprovals.builder()
                    .clock(new TestClock("2026-01-01T12:00:00.5Z"))
                    .build())
            .clock(new TestClock("2026-01-01T12:00:00.5Z"))
            .build();

    @Test
    void explanationsReadAsTheFileSays() {
        StringBuilder out = new StringBuilder();
        show(out, "allowed", "create_charge", "{\"tenant\":\"acme\",\"currency\":\"usd\",\"amount\":500}");
        show(
                out,
                "denied by the third rule, with others behind it",
                "create_charge",
                "{\"tenant\":\"acme\",\"currency\":\"usd\",\"amount\":50000,\"approved\":false,\"note\":\"urgent\"}");
        show(out, "denied by the first, and no other was reached", "create_charge", "{\"tenant\":\"other\"}");
        show(
                out,
                "it cannot be judged, and it is missing",
                "create_charge",
                "{\"tenant\":\"acme\",\"currency\":\"gbp\",\"items\":[{\"price\":\"5\"},{}]}");
        show(out, "a check that failed", "overflows", "{\"a\":1}");
        show(out, "everything in which the schema is broken", "strict", "{\"x\":1,\"y\":2,\"z\":3}");
        show(out, "a hidden tool: no rule was looked at", "drop_all", "{}");
        String refund = "{\"tenant\":\"acme\",\"amount\":99.991}";
        show(out, "what would be counted, and what is left", "refund", refund);
        EVALUATOR.evaluate(ToolCall.parse(WHO, "refund", refund));
        show(out, "a limit that is spent", "refund", refund);
        show(out, "an amount that cannot be counted", "refund", "{\"tenant\":\"acme\",\"urgent\":1}");
        show(out, "denied before anything is counted", "refund", "{\"tenant\":\"acme\",\"amount\":101}");
        show(out, "a person would be asked, for two reasons", "wire", "{\"amount\":6,\"to\":\"globex\"}");
        show(out, "nobody would be asked", "wire", "{\"amount\":5,\"to\":\"acme\"}");
        EVALUATOR.evaluate(ToolCall.parse(WHO, "wire", "{\"amount\":5}"));
        show(out, "a spent limit comes before the question", "wire", "{\"amount\":6}");
        show(out, "an amount that cannot be counted comes before both", "wire", "{\"amount\":11}");
        Golden.assertMatches(FILE, out.toString());
    }

    private static void show(StringBuilder out, String title, String tool, String arguments) {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(WHO, tool, arguments));
        out.append("# ").append(title).append('\n').append(explanation);
        out.append(Json.canonical(explanation.toMap())).append("\n\n");
    }

    @Test
    void everyRuleOfTheToolAppearsWithItsPaths() {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(WHO, "create_charge", "{\"tenant\":\"other\"}"));

        assertThat(explanation.steps())
                .extracting(Step::rule)
                .containsExactly(
                        "/groups/0/require/0",
                        "/tools/create_charge/require/0",
                        "no-debug",
                        "/tools/create_charge/deny_if/0",
                        "/tools/create_charge/deny_if/1",
                        "/tools/create_charge/arguments_schema");
        assertThat(explanation.steps())
                .extracting(Step::said)
                .startsWith(Said.FALSE)
                .endsWith(Said.NOT_REACHED);
        assertThat(explanation.steps().get(0).tests())
                .containsExactly(new Tested("args.tenant", "eq", "identity.tenant", Said.FALSE));
    }

    @Test
    void ruleShowsEveryTestThatItIsMadeOf() {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(
                WHO, "create_charge", "{\"tenant\":\"acme\",\"amount\":1,\"items\":[{\"price\":5},{\"price\":500}]}"));

        assertThat(explanation.steps().get(1))
                .isEqualTo(new Step(
                        "require",
                        "/tools/create_charge/require/0",
                        Said.MISSING,
                        List.of(
                                new Tested("args.currency", "in", "[\"usd\",\"eur\"]", Said.MISSING),
                                new Tested("args.items[*].price", "gt", "100", Said.TRUE))));
    }

    @Test
    void whatWasThrownIsThereForOperators() {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(WHO, "overflows", "{\"a\":1}"));

        assertThat(explanation.decision().rule()).isEqualTo("/tools/overflows/arguments_schema");
        assertThat(explanation.cause()).containsInstanceOf(StackOverflowError.class);
        assertThat(explanation.steps())
                .extracting(Step::said)
                .containsExactly(Said.TRUE, Said.MISSING, Said.NOT_REACHED);
        assertThat(explanation.decision().refusal().orElseThrow().message()).doesNotContain("StackOverflow", "deep");
    }

    @Test
    void allViolationsAreThereAndNotTheFirstFiveAlone() {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(WHO, "strict", "{\"x\":1,\"y\":2,\"z\":3}"));

        assertThat(explanation.violations()).hasSize(7);
        assertThat(explanation.decision().refusal().orElseThrow().message()).endsWith(" and 2 more");
    }

    @Test
    void argumentCannotBeNamedSoThatTheTextShowsALineOfItsChoice() {
        Explanation explanation = EVALUATOR.explain(ToolCall.parse(WHO, "strict", "{\"x\\nstrict: ALLOW\":1}"));

        assertThat(explanation.toString()).contains("  /x\\u000astrict: ALLOW additionalProperties: expected");
        assertThat(explanation.toString().lines()).hasSize(10);
    }

    @Test
    void mapHoldsTextListsAndMapsOnlyForEveryCallOfTheCorpus() {
        for (DecisionFile file : DecisionFile.all()) {
            Evaluator evaluator = Evaluator.builder(file.source())
                    .counters(Bucket4jCounters.inMemory())
                    .approvals(InMemoryApprovals.builder().build())
                    .build();
            for (DecisionCase c : file.cases()) {
                if (c.code().filter(Reason.Code.MALFORMED_CALL::equals).isPresent()) continue;
                assertPlain(evaluator.explain(c.ways().get(0).get()).toMap());
            }
        }
    }

    private static void assertPlain(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> assertThat(key).isInstanceOf(String.class));
            map.values().forEach(ExplanationTest::assertPlain);
        } else if (value instanceof List<?> list) {
            list.forEach(ExplanationTest::assertPlain);
        } else {
            assertThat(value).isInstanceOf(String.class);
        }
    }
}
