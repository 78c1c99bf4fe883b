package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyDialectTest {
    /** Of what restricted the tool nothing could be told: to list it without rules would open it. */
    private static final String DENIED = "{\"action\": \"deny\", \"reason\": \"not converted: see the notes\"}";

    private static final String GLOBAL = "the limits count all callers together (scope `global`), as the proxy did:"
            + " write `grant` where a count for each caller was meant";

    @Test
    void headAndHideStay() {
        Outcome outcome = convert("""
                version: "1"
                description: "GitHub, carefully"
                default: deny
                hide:
                  - delete_repository
                  - transfer_repository
                tools:
                  list_issues:
                    rules: []
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "description": "GitHub, carefully",
                  "default": "deny",
                  "hide": ["delete_repository", "transfer_repository"],
                  "tools": {"list_issues": {}}
                }""");
        outcome.hasNotes();
    }

    @Test
    void anAbsentDefaultIsWrittenOutAsAllow() {
        Outcome outcome = convert("version: 1\n");
        outcome.isPolicy("""
                {"version": "1", "default": "allow"}""");
        outcome.hasNotes("`default` was not written, which to the proxy meant `allow`: now it is,"
                + " and with `deny` only the tools that are listed would be allowed");
    }

    @Test
    void anUnknownDefaultBecomesDeny() {
        Outcome outcome = convert("version: \"1\"\ndefault: permit\n");
        outcome.isPolicy("""
                {"version": "1", "default": "deny"}""");
        outcome.hasNotes("left out: `/default`, the proxy knew `allow` and `deny`, of which `deny` is the safe one");
    }

    @Test
    void anotherVersionIsReadAsTheFirst() {
        Outcome outcome = convert("version: \"2\"\ndefault: deny\n");
        outcome.isPolicy("""
                {"version": "1", "default": "deny"}""");
        outcome.hasNotes("`version` is not the proxy's `1`, the document is read as if it were");
    }

    @Test
    void hiddenNamesAreWrittenOnceAndOnlyIfTheyCanBeNames() {
        Outcome outcome = convert("default: deny\nhide: [a, \"\", a, b c, 5, \"tmp_*\", \"*\"]\n");
        outcome.isPolicy("""
                {"version": "1", "default": "deny", "hide": ["a", "tmp_*", "*"]}""");
        outcome.hasNotes(
                "left out: `/hide/1`, not a name that a tool can have",
                "left out: `/hide/3`, not a name that a tool can have",
                "left out: `/hide/4`, not a name that a tool can have",
                "`tmp_*` was a name to the proxy; here `*` stands for any run of characters");
    }

    @Test
    void rulesOfAHiddenToolAreLeftOut() {
        Outcome outcome = convert("default: allow\nhide: [a]\ntools:\n  a:\n    rules: []\n");
        outcome.isPolicy("""
                {"version": "1", "default": "allow", "hide": ["a"]}""");
        outcome.hasNotes("left out: `/tools/a`, a hidden tool is denied whatever its rules say");
    }

    @Test
    void toolsWithoutRulesAreEmptyObjects() {
        Outcome outcome = convert("default: deny\ntools:\n  a:\n  b: {}\n  c:\n    rules: []\n  d:\n    rules:\n");
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "deny",
                  "tools": {"a": {}, "b": {}, "c": {}, "d": {}}
                }""");
        outcome.hasNotes();
    }

    @Test
    void anEvaluateRuleBecomesARequirement() {
        assertTool("""
                rules:
                  - name: "at most 500.00"
                    action: evaluate
                    conditions:
                      - path: "args.amount"
                        op: "lte"
                        value: 50000
                    on_deny: "A single charge cannot exceed 500.00"
                """, """
                {
                  "require": [
                    {
                      "path": "args.amount",
                      "op": "lte",
                      "value": 50000,
                      "on_deny": "A single charge cannot exceed 500.00"
                    }
                  ]
                }""");
    }

    @Test
    void evaluateIsTheDefaultAction() {
        assertTool("""
                rules:
                - conditions:
                  - {path: args.currency, op: in, value: [usd, eur]}
                """, """
                {
                  "require": [
                    {"path": "args.currency", "op": "in", "value": ["usd", "eur"]}
                  ]
                }""");
    }

    @Test
    void severalConditionsStayTogether() {
        assertTool("""
                rules:
                  - name: safe charge
                    conditions:
                      - {path: args.amount, op: lte, value: 50000}
                      - {path: args.currency, op: eq, value: usd}
                    on_deny: "only small ones"
                  - name: not as draft
                    conditions:
                      - {path: args.draft, op: exists, value: false}
                """, """
                {
                  "require": [
                    {
                      "conditions": [
                        {"path": "args.amount", "op": "lte", "value": 50000},
                        {"path": "args.currency", "op": "eq", "value": "usd"}
                      ],
                      "on_deny": "only small ones"
                    },
                    {"path": "args.draft", "op": "exists", "value": false}
                  ]
                }""");
    }

    @Test
    void theElevenOperatorsStay() {
        assertTool("""
                rules:
                  - conditions:
                      - {path: args.a, op: eq, value: "1"}
                      - {path: args.a, op: neq, value: null}
                      - {path: args.a, op: in, value: [1, 2]}
                      - {path: args.a, op: not_in, value: [admin]}
                      - {path: args.a, op: lt, value: 1}
                      - {path: args.a, op: lte, value: 1.5}
                      - {path: args.a, op: gt, value: -1}
                      - {path: args.a, op: gte, value: 0}
                      - {path: args.a, op: regex, value: "^feat/"}
                      - {path: args.a, op: contains, value: test}
                      - {path: args.a, op: exists, value: true}
                """, """
                {
                  "require": [
                    {
                      "conditions": [
                        {"path": "args.a", "op": "eq", "value": "1"},
                        {"path": "args.a", "op": "neq", "value": null},
                        {"path": "args.a", "op": "in", "value": [1, 2]},
                        {"path": "args.a", "op": "not_in", "value": ["admin"]},
                        {"path": "args.a", "op": "lt", "value": 1},
                        {"path": "args.a", "op": "lte", "value": 1.5},
                        {"path": "args.a", "op": "gt", "value": -1},
                        {"path": "args.a", "op": "gte", "value": 0},
                        {"path": "args.a", "op": "regex", "value": "^feat/"},
                        {"path": "args.a", "op": "contains", "value": "test"},
                        {"path": "args.a", "op": "exists", "value": true}
                      ]
                    }
                  ]
                }""");
    }

    @Test
    void whatIsNoConditionOfTheProxyIsLeftOut() {
        assertTool(
                """
                rules:
                  - conditions:
                      - {path: args.a, op: "==", value: 1}
                      - {path: identity.tenant, op: eq, value: a}
                      - {path: args.a, op: in, value: []}
                      - {path: args.a, op: lt, value: "5"}
                      - {path: args.a, op: eq}
                      - args.a == 1
                      - {path: args.a, op: eq, value: 1, unless: 2}
                """,
                """
                {
                  "require": [
                    {"path": "args.a", "op": "eq", "value": 1}
                  ]
                }""",
                "left out: `/tools/t/rules/0/conditions/0`, the proxy did not know this `op`",
                "left out: `/tools/t/rules/0/conditions/1`, its `path` is not one below `args`",
                "left out: `/tools/t/rules/0/conditions/2`, its `value` is not what `in` compares with",
                "left out: `/tools/t/rules/0/conditions/3`, its `value` is not what `lt` compares with",
                "left out: `/tools/t/rules/0/conditions/4`, its `value` is not what `eq` compares with",
                "left out: `/tools/t/rules/0/conditions/5`, not an object",
                "left out: `/tools/t/rules/0/conditions/6/unless`, neither the proxy nor we know this key");
    }

    @Test
    void stepsThatAreNoBareNamesAreQuoted() {
        assertTool(
                """
                rules:
                  - conditions:
                      - {path: args.meta.key-1, op: eq, value: 1}
                      - {path: args.$filter.a b, op: eq, value: 1}
                      - {path: 'args.1."x"', op: eq, value: 1}
                      - {path: 'args.items[0].id', op: eq, value: 1}
                """,
                """
                {
                  "require": [
                    {
                      "conditions": [
                        {"path": "args.meta.key-1", "op": "eq", "value": 1},
                        {"path": "args[\\"$filter\\"][\\"a b\\"]", "op": "eq", "value": 1},
                        {"path": "args[\\"1\\"][\\"\\\\\\"x\\\\\\"\\"]", "op": "eq", "value": 1},
                        {"path": "args[\\"items[0]\\"].id", "op": "eq", "value": 1}
                      ]
                    }
                  ]
                }""",
                "`args.items[0].id`: to the proxy brackets were part of a key;"
                        + " for an element of a list write `args.items[0]`, for each of them `args.items[*]`");
    }

    @Test
    void aDenialIsAnAction() {
        assertTool("""
                rules:
                  - name: "block repo deletion"
                    action: "deny"
                    on_deny: "Repository deletion is not permitted"
                """, """
                {"action": "deny", "reason": "Repository deletion is not permitted"}""");
    }

    @Test
    void aDenialNeedsNoText() {
        assertTool("rules: [{action: deny, conditions: [], on_deny: \" \"}]\n", """
                {"action": "deny"}""");
    }

    @Test
    void nothingStandsBehindADenial() {
        assertTool(
                """
                rules:
                  - conditions: [{path: state.x.y, op: eq, value: 1}]
                  - rate_limit: 5/hour
                  - action: deny
                    on_deny: never
                """,
                """
                {"action": "deny", "reason": "never"}""",
                "left out: `/tools/t/rules`, all but number 2: it denies every call, so that the others never matter");
    }

    @Test
    void aDenialWithConditionsBecomesDenyIf() {
        assertTool(
                """
                rules:
                  - action: deny
                    conditions:
                      - {path: args.branch, op: eq, value: main}
                    on_deny: "not to main"
                """,
                """
                {
                  "deny_if": [
                    {"path": "args.branch", "op": "eq", "value": "main", "on_deny": "not to main"}
                  ]
                }""",
                "`/tools/t/rules/0`: the proxy refused `deny` with conditions;"
                        + " here it became `deny_if`, which denies when all of them hold");
    }

    @Test
    void aDenialNoneOfWhoseConditionsIsReadableDeniesEveryCall() {
        assertTool(
                """
                rules:
                  - action: deny
                    conditions: [{path: state.t.calls, op: gt, value: 5}]
                """,
                """
                {"action": "deny"}""",
                "`/tools/t/rules/0`: the proxy refused `deny` with conditions;"
                        + " here it became `deny_if`, which denies when all of them hold",
                "left out: `/tools/t/rules/0/conditions/0`, counters can't be read in conditions: use `limits`",
                "`/tools/t/rules/0`: without the conditions that were left out it holds for every call");
    }

    @Test
    void anApprovalWithConditionsIsAskedWhenTheyHold() {
        assertTool(
                """
                rules:
                  - name: "large refund"
                    action: require_approval
                    conditions:
                      - path: "args.amount"
                        op: "gt"
                        value: 100000
                    on_deny: "refunds over 1000.00 are approved by a person"
                    approval_timeout: "30m"
                """,
                """
                {
                  "require_approval_if": [
                    {
                      "path": "args.amount",
                      "op": "gt",
                      "value": 100000,
                      "reason": "refunds over 1000.00 are approved by a person"
                    }
                  ]
                }""",
                "`approval_timeout` is set by the host, not by the policy:"
                        + " `InMemoryApprovals.builder().lapsingAfter(…)`");
    }

    @Test
    void anApprovalWithoutConditionsIsAnAction() {
        assertTool("""
                rules:
                  - action: require_approval
                    on_deny: "a person looks at each"
                  - rate_limit: 10/day
                """, """
                {
                  "action": "require_approval",
                  "reason": "a person looks at each",
                  "limits": [
                    {"counter": "t.calls_per_day", "window": "day", "max": 10, "scope": "global"}
                  ]
                }""", GLOBAL);
    }

    @Test
    void anApprovalNoneOfWhoseConditionsIsReadableIsAskedForEveryCall() {
        assertTool(
                """
                rules:
                  - action: require_approval
                    conditions: {path: args.a}
                    state: {counter: c, window: day}
                """,
                """
                {"action": "require_approval"}""",
                "left out: `/tools/t/rules/0/state`, the proxy counted under `evaluate` only",
                "left out: `/tools/t/rules/0/conditions`, not a list",
                "`/tools/t/rules/0`: without the conditions that were left out it holds for every call");
    }

    @Test
    void aRateLimitCountsAllCallersTogether() {
        assertTool("""
                rules:
                  - name: "hourly limit"
                    rate_limit: 5/hour
                    on_deny: "only 5 new issues an hour"
                """, """
                {
                  "limits": [
                    {
                      "counter": "t.calls_per_hour",
                      "window": "hour",
                      "max": 5,
                      "scope": "global",
                      "on_limit": "only 5 new issues an hour"
                    }
                  ]
                }""", GLOBAL);
    }

    @Test
    void severalRateLimitsHaveCountersOfTheirOwn() {
        assertTool("""
                rules:
                  - rate_limit: "5 / minute"
                  - rate_limit: 60/hour
                  - rate_limit: 50/HOUR
                """, """
                {
                  "limits": [
                    {"counter": "t.calls_per_minute", "window": "minute", "max": 5, "scope": "global"},
                    {"counter": "t.calls_per_hour", "window": "hour", "max": 60, "scope": "global"},
                    {"counter": "t.calls_per_hour_2", "window": "hour", "max": 50, "scope": "global"}
                  ]
                }""", GLOBAL);
    }

    @Test
    void aRateLimitBesideConditionsIsALimitAndARequirement() {
        assertTool("""
                rules:
                  - rate_limit: 5/hour
                    conditions: [{path: args.a, op: exists, value: true}]
                """, """
                {
                  "require": [
                    {"path": "args.a", "op": "exists", "value": true}
                  ],
                  "limits": [
                    {"counter": "t.calls_per_hour", "window": "hour", "max": 5, "scope": "global"}
                  ]
                }""", GLOBAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5/week", "0/hour", "30", "$500/day", "-1/day", "{max: 5, window: hour}", "5 per hour"})
    void whatIsNoRateLimitIsLeftOutAndTheToolDenied(String rate) {
        assertTool(
                "rules:\n  - rate_limit: " + rate + "\n",
                DENIED,
                "left out: `/tools/t/rules/0/rate_limit`, not of the form `5/hour`");
    }

    @Test
    void aCounterBecomesALimit() {
        assertTool("""
                rules:
                  - name: "daily refund count"
                    conditions:
                      - path: "state.t.daily_count"
                        op: "lte"
                        value: 10
                    on_deny: "Daily refund limit (10) reached"
                    state:
                      counter: "daily_count"
                      window: "day"
                """, """
                {
                  "limits": [
                    {
                      "counter": "t.daily_count",
                      "window": "day",
                      "max": 10,
                      "scope": "global",
                      "on_limit": "Daily refund limit (10) reached"
                    }
                  ]
                }""", GLOBAL);
    }

    @ParameterizedTest
    @CsvSource({
        "lte, 10, 1, 10",
        "lt, 10, 1, 9",
        "lte, 10.9, 1, 10",
        "lt, 10.9, 1, 9",
        "lte, 10, 3, 3",
        "lt, 10, 3, 3",
        "lt, 2, 0, 1",
        "lte, 1e3, 7, 142"
    })
    void theLimitOfACounterIsWhatItAdmitted(String op, String value, String increment, long max) {
        assertTool("""
                rules:
                  - conditions: [{path: state.t.c, op: %s, value: %s}]
                    state: {counter: c, window: hour, increment: %s}
                """.formatted(op, value, increment), """
                {
                  "limits": [
                    {"counter": "t.c", "window": "hour", "max": %d, "scope": "global"}
                  ]
                }""".formatted(max), GLOBAL);
    }

    @ParameterizedTest
    @CsvSource({"lte, 0, 1", "lt, 1, 1", "lte, -5, 1", "lte, 2, 3", "lte, 0.5, 1", "lte, 1e-400, 1"})
    void aLimitThatAdmitsNothingIsADenial(String op, String value, String increment) {
        assertTool(
                """
                rules:
                  - conditions: [{path: state.t.c, op: %s, value: %s}]
                    state: {counter: c, window: hour, increment: %s}
                    on_deny: not now
                  - rate_limit: 5/hour
                """.formatted(op, value, increment),
                """
                {"action": "deny", "reason": "not now"}""",
                "`/tools/t/rules/0`: a limit that admits nothing is a denial here",
                GLOBAL);
    }

    @Test
    void anIncrementFromAnArgumentBecomesTheAmount() {
        assertTool("""
                rules:
                  - name: "daily spend cap"
                    conditions:
                      - {path: "state.t.daily_spend", op: "lt", value: 1000000}
                      - {path: "args.amount", op: "lte", value: 50000}
                    on_deny: "Daily spending cap reached"
                    state:
                      counter: "daily_spend"
                      window: "day"
                      increment: 7
                      increment_from: "args.amount"
                """, """
                {
                  "require": [
                    {"path": "args.amount", "op": "lte", "value": 50000, "on_deny": "Daily spending cap reached"}
                  ],
                  "limits": [
                    {
                      "counter": "t.daily_spend",
                      "window": "day",
                      "max": 999999,
                      "scope": "global",
                      "amount": "args.amount",
                      "on_limit": "Daily spending cap reached"
                    }
                  ]
                }""", GLOBAL);
    }

    @Test
    void theLowestOfSeveralBoundsCounts() {
        assertTool("""
                rules:
                  - conditions: [{path: state.t.c, op: lte, value: 10}, {path: state.t.c, op: lt, value: 6}]
                    state: {counter: c, window: minute}
                """, """
                {
                  "limits": [
                    {"counter": "t.c", "window": "minute", "max": 5, "scope": "global"}
                  ]
                }""", GLOBAL);
    }

    @Test
    void aCounterThatItsOwnRuleDoesNotBoundIsLeftOut() {
        assertTool(
                """
                rules:
                  - state: {counter: c, window: hour}
                  - conditions:
                      - {path: state.t.c, op: lte, value: 5}
                      - {path: args.a, op: exists, value: true}
                """,
                """
                {
                  "require": [
                    {"path": "args.a", "op": "exists", "value": true}
                  ]
                }""",
                "left out: `/tools/t/rules/0/state`,"
                        + " without `lt` or `lte` on its counter in the same rule the proxy never counted it",
                "left out: `/tools/t/rules/1/conditions/0`, counters can't be read in conditions: use `limits`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counter: c, window: week | its `window` is not `minute`, `hour` or `day`",
                "counter: c, window: 60 | its `window` is not `minute`, `hour` or `day`",
                "counter: c, window: day, increment: -1 | its `increment` is not a whole number above 0",
                "counter: c, window: day, increment: 1.5 | its `increment` is not a whole number above 0",
                "counter: c, window: day, increment_from: amount | its `increment_from` is not a path below `args`"
            })
    void aCounterThatCanNotBeALimitIsLeftOutAndTheToolDenied(String state, String why) {
        assertTool(
                "rules:\n  - conditions: [{path: state.t.c, op: lte, value: 5}]\n    state: {" + state + "}\n",
                DENIED,
                "left out: `/tools/t/rules/0/state`, " + why);
    }

    @Test
    void aLimitIsLoweredToWhatItsWindowHolds() {
        assertTool(
                """
                rules:
                  - conditions: [{path: state.t.c, op: lte, value: 1e300}]
                    state: {counter: c, window: minute, increment_from: args.n}
                """, """
                {
                  "limits": [
                    {
                      "counter": "t.c",
                      "window": "minute",
                      "max": 60000000000,
                      "scope": "global",
                      "amount": "args.n"
                    }
                  ]
                }""", "`/tools/t/rules/0`: `max` is lowered to one call for each nanosecond of its window", GLOBAL);
    }

    @Test
    void aSpendRuleIsLeftOutAndTheToolDenied() {
        assertTool(
                "rules:\n  - name: image budget\n    spend: {per_call: 0.50, daily: 50.00}\n",
                DENIED,
                "left out: `/tools/t/rules/0/spend`, prices that a server names in its answer are not seen here:"
                        + " write `deny_if` on the argument that holds the amount, and `limits` with `amount`");
    }

    @Test
    void rulesOfTheWildcardAreForAllTools() {
        Outcome outcome = convert("""
                default: deny
                tools:
                  a: {rules: []}
                  "*":
                    rules:
                      - name: "global rate limit"
                        rate_limit: 60/minute
                      - conditions: [{path: state._global.calls, op: lte, value: 1000}]
                        state: {counter: calls, window: day}
                        on_deny: "1000 calls a day"
                      - conditions: [{path: args.tenant, op: eq, value: acme}]
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "deny",
                  "all_tools": {
                    "require": [
                      {"path": "args.tenant", "op": "eq", "value": "acme"}
                    ],
                    "limits": [
                      {"counter": "calls_per_minute", "window": "minute", "max": 60, "scope": "global"},
                      {
                        "counter": "calls",
                        "window": "day",
                        "max": 1000,
                        "scope": "global",
                        "on_limit": "1000 calls a day"
                      }
                    ]
                  },
                  "tools": {"a": {}}
                }""");
        outcome.hasNotes(GLOBAL);
    }

    @Test
    void whatHoldsForEveryCallOfAllToolsHasNoConditions() {
        Outcome outcome = convert("""
                default: allow
                tools:
                  "*":
                    rules:
                      - action: require_approval
                        on_deny: "a person looks at everything"
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "allow",
                  "all_tools": {
                    "require_approval_if": [
                      {"conditions": [], "reason": "a person looks at everything"}
                    ]
                  }
                }""");
        outcome.hasNotes();
        convert("default: allow\ntools: {\"*\": {rules: [{action: deny, on_deny: closed}]}}\n")
                .isPolicy("""
                        {
                          "version": "1",
                          "default": "allow",
                          "all_tools": {
                            "deny_if": [
                              {"conditions": [], "on_deny": "closed"}
                            ]
                          }
                        }""");
    }

    @Test
    void allToolsHaveNoAmounts() {
        Outcome outcome = convert("""
                default: allow
                tools:
                  "*":
                    rules:
                      - conditions: [{path: state._global.spent, op: lte, value: 100}]
                        state: {counter: spent, window: day, increment_from: args.amount}
                """);
        outcome.isPolicy("""
                {"version": "1", "default": "allow"}""");
        outcome.hasNotes("left out: `/tools/*/rules/0/state`,"
                + " in `all_tools` there are no amounts: write the limit at each tool that has the argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{rules: []}"})
    void aWildcardWithoutRulesDoesNotAllowEveryTool(String wildcard) {
        Outcome outcome = convert("default: deny\ntools:\n  \"*\": " + wildcard + "\n  a:\n    rules: []\n");
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "deny",
                  "tools": {"a": {}}
                }""");
        outcome.hasNotes("left out: `/tools/*`, it has no rules, whereas here `\"*\": {}` would allow every tool");
    }

    @Test
    void countersOfDifferentToolsStayApart() {
        Outcome outcome = convert("""
                default: allow
                tools:
                  "*":
                    rules:
                      - conditions: [{path: state._global.a.b.c, op: lte, value: 1}]
                        state: {counter: a.b.c, window: day}
                  a:
                    rules:
                      - conditions: [{path: state.a.b.c, op: lte, value: 2}]
                        state: {counter: b.c, window: day}
                  a.b:
                    rules:
                      - conditions: [{path: state.a.b.c, op: lte, value: 3}]
                        state: {counter: c, window: day}
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "allow",
                  "all_tools": {
                    "limits": [
                      {"counter": "a.b.c", "window": "day", "max": 1, "scope": "global"}
                    ]
                  },
                  "tools": {
                    "a": {
                      "limits": [
                        {"counter": "a.b.c_2", "window": "day", "max": 2, "scope": "global"}
                      ]
                    },
                    "a.b": {
                      "limits": [
                        {"counter": "a.b.c_3", "window": "day", "max": 3, "scope": "global"}
                      ]
                    }
                  }
                }""");
    }

    @Test
    void longCountersAreCutAndUnprintableOnesCleaned() {
        String counter = "c".repeat(200);
        Map<String, Object> tool = rules(
                map("conditions", List.of(bound("state.t." + counter)), "state", state(counter)),
                map("conditions", List.of(bound("state.t." + counter)), "state", state(counter)),
                map("conditions", List.of(bound("state.t.a\nb\uD800")), "state", state("a\nb\uD800")));
        Map<String, Object> policy = ProxyDialect.convert(map("default", "allow", "tools", map("t", tool)))
                .policy();
        assertValid(policy);
        assertThat(ProxyDialect.pretty(policy))
                .contains("\"t." + "c".repeat(118) + "\"")
                .contains("\"t." + "c".repeat(118) + "_2\"")
                .contains("\"t.a_b_\"");
    }

    @Test
    void toolsInOurFormStayAsTheyStand() {
        Outcome outcome = convert("""
                default: deny
                all_tools:
                  limits: [{counter: calls_per_minute, window: minute, max: 60, scope: grant}]
                groups:
                  - tools: ["a*"]
                    deny_if: [{path: args.x, op: exists, value: true}]
                tools:
                  a:
                    require: [{path: args.tenant, op: eq, value_from: identity.tenant}]
                    rate_limit: {max: 10, window: 60}
                  b: {rate_limit: 30/hour, validate: {required_args: true}}
                  c: {limits: [{counter: d.calls_per_hour, window: hour, max: 1, scope: grant}]}
                  d: {rules: [{rate_limit: 5/hour}]}
                  "*":
                    rules: [{rate_limit: 100/minute}]
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "deny",
                  "all_tools": {
                    "limits": [
                      {"counter": "calls_per_minute", "window": "minute", "max": 60, "scope": "grant"},
                      {"counter": "calls_per_minute_2", "window": "minute", "max": 100, "scope": "global"}
                    ]
                  },
                  "groups": [
                    {
                      "tools": ["a*"],
                      "deny_if": [
                        {"path": "args.x", "op": "exists", "value": true}
                      ]
                    }
                  ],
                  "tools": {
                    "a": {
                      "require": [
                        {"path": "args.tenant", "op": "eq", "value_from": "identity.tenant"}
                      ],
                      "rate_limit": {"max": 10, "window": 60}
                    },
                    "b": {
                      "rate_limit": {"max": 30, "window": "hour"},
                      "validate": {"required_args": true}
                    },
                    "c": {
                      "limits": [
                        {"counter": "d.calls_per_hour", "window": "hour", "max": 1, "scope": "grant"}
                      ]
                    },
                    "d": {
                      "limits": [
                        {"counter": "d.calls_per_hour_2", "window": "hour", "max": 5, "scope": "global"}
                      ]
                    }
                  }
                }""");
        outcome.hasNotes(GLOBAL);
    }

    @Test
    void whatStandsBesideRulesIsLeftOut() {
        assertTool(
                "description: d\nrules: [{action: deny}]\n",
                """
                {"action": "deny"}""",
                "left out: `/tools/t/description`, it stands beside `rules`");
    }

    @Test
    void keysOfTheHostAndUnknownKeysAreLeftOut() {
        Outcome outcome = convert("""
                default: deny
                approvals:
                  default_timeout: 10m
                  notify: {webhook: {url: "https://example.com"}}
                servers: [a]
                description: [d]
                tools:
                  a:
                    rules:
                      - {action: deny, idempotency_window: 5m, on_deny: 5}
                      - {action: block}
                """);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "deny",
                  "tools": {
                    "a": {"action": "deny"}
                  }
                }""");
        outcome.hasNotes(
                "left out: `/description`, not a text",
                "left out: `/tools/a/rules`, all but number 0: it denies every call, so that the others never matter",
                "left out: `/tools/a/rules/0/idempotency_window`, neither the proxy nor we know this key",
                "left out: `/tools/a/rules/0/on_deny`, not a text",
                "`approvals` is the host's, not the policy's: a `PolicyListener` hears what is asked,"
                        + " `approvals.approve(id, who)` answers",
                "left out: `/servers`, neither the proxy nor we know this key");
    }

    @Test
    void whatIsOfAnotherTypeIsLeftOut() {
        convert("default: deny\nhide: a\ntools: [b]\n")
                .hasNotes("left out: `/hide`, not a list", "left out: `/tools`, not an object");
        convert("default: deny\ntools: {a: b, c: {rules: d}, e f: {rules: []}, g: {rules: [h, {action: 5}, {}]}}\n")
                .hasNotes(
                        "left out: `/tools/a`, not an object",
                        "left out: `/tools/c/rules`, not a list",
                        "left out: `/tools/e f`, not a name that a tool can have",
                        "left out: `/tools/g/rules/0`, not an object",
                        "left out: `/tools/g/rules/1`, its `action` is not `evaluate`, `deny` or `require_approval`",
                        "left out: `/tools/g/rules/2`, it has no conditions");
    }

    @Test
    void aToolWhoseRulesNobodyCanReadIsNotAllowed() {
        convert("default: deny\ntools: {a: {rules: {action: deny}}}\n").isPolicy("""
                {"version": "1", "default": "deny"}""");
    }

    @Test
    void patternsMatchMoreThanTheyDid() {
        Outcome outcome = convert("default: allow\ntools: {\"delete_*\": {rules: [{action: deny}]}}\n");
        outcome.isPolicy("""
                {
                  "version": "1",
                  "default": "allow",
                  "tools": {
                    "delete_*": {"action": "deny"}
                  }
                }""");
        outcome.hasNotes("`delete_*` was a name to the proxy; here `*` stands for any run of characters");
    }

    @Test
    void twentyToolsAreShown() {
        Map<String, Object> tools = new LinkedHashMap<>();
        for (int i = 0; i < 27; i++) {
            tools.put("tool_" + i, rules());
        }
        ProxyDialect.Converted converted = ProxyDialect.convert(map("default", "deny", "tools", tools));
        assertThat(converted.policy().get("tools"))
                .asInstanceOf(MAP)
                .hasSize(20)
                .containsKey("tool_19");
        assertThat(converted.notes()).containsExactly("left out for length: 7 more of `/tools`");
    }

    @Test
    void longListsAreCut() {
        List<Object> hide = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            hide.add("tool_" + i);
        }
        Map<String, Object> tool =
                rules(Collections.nCopies(35, map("rate_limit", "5/hour")).toArray());
        ProxyDialect.Converted converted =
                ProxyDialect.convert(map("default", "deny", "hide", hide, "tools", map("t", tool)));
        assertValid(converted.policy());
        assertThat(converted.notes())
                .containsExactly(
                        "left out for length: 3 more of `/hide`",
                        "left out for length: 5 more of `/tools/t/rules`",
                        GLOBAL);
    }

    @Test
    void notesAreCutAndShowNoControlCharacters() {
        Map<String, Object> document = map("default", "deny", "a\u001b[2J\u202eb" + "c".repeat(1000), 1L);
        for (int i = 0; i < 100; i++) {
            document.put("key_" + i, 1L);
        }
        List<String> notes = ProxyDialect.convert(document).notes();
        assertThat(notes).hasSize(41).last().isEqualTo("and there is more like this");
        assertThat(notes.get(0))
                .startsWith("left out: `/a\\u001b[2J\\u202ebccc")
                .hasSizeLessThan(450);
    }

    @Test
    void theSpellingInJsonIsTheSame() {
        // what a JSON reader makes of it: other classes of lists, maps and numbers than the YAML reader's
        Map<String, Object> condition = Map.of("path", "args.n", "op", "lt", "value", new BigInteger("9".repeat(30)));
        Map<String, Object> document = Map.of(
                "version",
                "1",
                "default",
                "deny",
                "tools",
                Map.of("a", Map.of("rules", List.of(Map.of("conditions", List.of(condition))))));
        assertThat(ProxyDialect.pretty(ProxyDialect.convert(document).policy())).isEqualTo("""
                        {
                          "version": "1",
                          "default": "deny",
                          "tools": {
                            "a": {
                              "require": [
                                {"path": "args.n", "op": "lt", "value": 999999999999999999999999999999}
                              ]
                            }
                          }
                        }""");
    }

    @Test
    void aWholePolicyIsConverted() {
        Outcome outcome = convert(BlockYamlTest.SAMPLE);
        outcome.isPolicy("""
                {
                  "version": "1",
                  "description": "what the payments agent may do\\nand what not",
                  "default": "deny",
                  "hide": ["delete_customer", "drop_table"],
                  "all_tools": {
                    "limits": [
                      {"counter": "calls_per_minute", "window": "minute", "max": 60, "scope": "global"}
                    ]
                  },
                  "tools": {
                    "create_charge": {
                      "require": [
                        {
                          "conditions": [
                            {"path": "args.amount", "op": "lte", "value": 50000},
                            {"path": "args.currency", "op": "in", "value": ["usd", "eur"]}
                          ],
                          "on_deny": "At most 500.00,\\n  in USD or EUR."
                        }
                      ],
                      "limits": [
                        {"counter": "create_charge.calls_per_hour", "window": "hour", "max": 5, "scope": "global"}
                      ]
                    },
                    "list": {},
                    "read": {}
                  }
                }""");
        outcome.hasNotes(
                "left out: `/hide/2`, not a name that a tool can have",
                GLOBAL,
                "left out: `/tools/*/rules/1/state`,"
                        + " without `lt` or `lte` on its counter in the same rule the proxy never counted it");
    }

    @ParameterizedTest
    @CsvSource({
        "30/hour, 30, hour",
        "'5 / minute', 5, minute",
        "' 1/DAY ', 1, day",
        "007/second, 7, second",
        "1000000000/second, 1000000000, second"
    })
    void rateLimitsAreRead(String text, long max, String window) {
        assertThat(ProxyDialect.rateLimit(text)).contains(map("max", max, "window", window));
        assertThat(ProxyDialect.rateLimit(text).map(ProxyDialect::pretty))
                .contains("{\"max\": " + max + ", \"window\": \"" + window + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "/hour",
                "30/",
                "30/week",
                "30/hours",
                "-1/hour",
                "0/hour",
                "1.5/hour",
                "30/hour/day",
                "1000000001/second",
                "99999999999999999999/day",
                "\u0663/hour",
                "3 0/hour",
                "$500/day"
            })
    void whatIsNoRateLimitIsNotRead(String text) {
        assertThat(ProxyDialect.rateLimit(text)).isEmpty();
    }

    @Test
    void everyPrefixOfASampleIsConvertedOrNotRead() {
        for (int end = 0; end <= BlockYamlTest.SAMPLE.length(); end++) {
            convertIfRead(BlockYamlTest.SAMPLE.substring(0, end));
        }
    }

    @Test
    void everyChangeOfASampleIsConvertedOrNotRead() {
        SplittableRandom random = new SplittableRandom(42);
        for (int run = 0; run < 2_000; run++) {
            convertIfRead(BlockYamlTest.changed(BlockYamlTest.SAMPLE, random));
        }
    }

    @Test
    void everyTreeIsConverted() {
        SplittableRandom random = new SplittableRandom(4711);
        for (int run = 0; run < 3_000; run++) {
            Map<String, Object> document = RandomTree.document(random);
            ProxyDialect.Converted converted = ProxyDialect.convert(document);
            assertValid(converted.policy());
            assertThat(ProxyDialect.pretty(converted.policy())).isNotEmpty();
        }
    }

    private static void convertIfRead(String text) {
        BlockYaml.read(text)
                .ifPresent(
                        document -> assertValid(ProxyDialect.convert(document).policy()));
    }

    /** A tool under {@code t}; the rest of the document says nothing. */
    private static void assertTool(String tool, String expected, String... notes) {
        Outcome outcome = convert("default: deny\ntools:\n  t:\n" + tool.indent(4));
        Map<String, Object> policy = outcome.converted().policy();
        assertThat(policy).containsOnlyKeys("version", "default", "tools");
        Object converted = policy.get("tools") instanceof Map<?, ?> tools ? tools.get("t") : null;
        assertThat(ProxyDialect.pretty(converted)).isEqualTo(expected);
        outcome.hasNotes(notes);
    }

    private static Outcome convert(String yaml) {
        Map<String, Object> document = BlockYaml.read(yaml).orElseThrow(() -> new AssertionError("not read:\n" + yaml));
        ProxyDialect.Converted converted = ProxyDialect.convert(document);
        assertValid(converted.policy());
        return new Outcome(converted);
    }

    private record Outcome(ProxyDialect.Converted converted) {
        void isPolicy(String expected) {
            assertThat(ProxyDialect.pretty(converted.policy())).isEqualTo(expected);
        }

        void hasNotes(String... notes) {
            assertThat(converted.notes()).containsExactly(notes);
        }
    }

    static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> rules(Object... rules) {
        return map("rules", Arrays.asList(rules));
    }

    private static Map<String, Object> bound(String path) {
        return map("path", path, "op", "lte", "value", 5L);
    }

    private static Map<String, Object> state(String counter) {
        return map("counter", counter, "window", "day");
    }

    // ---- what SPEC asks of a document, as far as a converted one can go wrong

    private static void assertValid(Map<String, Object> policy) {
        List<String> order =
                List.of("$schema", "version", "description", "default", "hide", "all_tools", "groups", "tools");
        assertThat(order).containsSubsequence(policy.keySet());
        assertThat(policy).containsEntry("version", "1");
        assertThat(policy.get("default")).isIn("allow", "deny");
        Set<Object> counters = new HashSet<>();
        if (policy.get("all_tools") instanceof Map<?, ?> all) {
            assertThat(all).isNotEmpty();
            assertListsAreValid(all, counters, true);
        }
        if (policy.get("tools") instanceof Map<?, ?> tools) {
            assertThat(tools).isNotEmpty().hasSizeLessThanOrEqualTo(20);
            tools.forEach((name, tool) -> assertToolIsValid((String) name, (Map<?, ?>) tool, policy, counters));
        }
    }

    private static void assertToolIsValid(
            String name, Map<?, ?> tool, Map<String, Object> policy, Set<Object> counters) {
        assertThat(name).matches("[A-Za-z0-9_.*-]{1,128}");
        assertThat(name.chars().filter(sign -> sign == '*').count()).isLessThanOrEqualTo(8);
        if (policy.get("hide") instanceof List<?> hide) {
            assertThat(hide.contains(name)).isFalse();
        }
        if (tool.containsKey("reason")) {
            assertThat(tool.get("action")).isIn("deny", "require_approval");
            assertThat((String) tool.get("reason")).isNotBlank();
        }
        if ("deny".equals(tool.get("action"))) {
            assertThat(Set.of("action", "reason").containsAll(tool.keySet())).isTrue();
        }
        assertListsAreValid(tool, counters, false);
    }

    private static void assertListsAreValid(Map<?, ?> lists, Set<Object> counters, boolean all) {
        lists.forEach((key, list) -> {
            switch ((String) key) {
                case "require", "deny_if", "require_approval_if" ->
                    ((List<?>) list).forEach(rule -> assertRuleIsValid((String) key, (Map<?, ?>) rule));
                case "limits" ->
                    ((List<?>) list).forEach(limit -> assertLimitIsValid((Map<?, ?>) limit, counters, all));
                default -> {
                    // Any other key was there already: left out it would loosen the entry, so the parser is to say what
                    // is wrong.
                }
            }
        });
    }

    private static void assertRuleIsValid(String key, Map<?, ?> rule) {
        String text = key.equals("require_approval_if") ? "reason" : "on_deny";
        if (rule.containsKey(text)) {
            assertThat((String) rule.get(text)).isNotBlank();
        }
        if (rule.get("conditions") instanceof List<?> conditions) {
            assertThat(Set.of("conditions", text).containsAll(rule.keySet())).isTrue();
            assertThat(conditions.isEmpty() && key.equals("require")).isFalse();
            conditions.forEach(
                    condition -> assertThat(((Map<?, ?>) condition).keySet()).isEqualTo(Set.of("path", "op", "value")));
        } else {
            assertThat(Set.of("path", "op", "value", "value_from", text).containsAll(rule.keySet()))
                    .isTrue();
            assertThat((String) rule.get("path"))
                    .matches("args(\\.[A-Za-z_][A-Za-z0-9_-]*|\\[\"([^\"\\\\]|\\\\.)*\"\\]){1,63}");
        }
    }

    private static void assertLimitIsValid(Map<?, ?> limit, Set<Object> counters, boolean all) {
        Map<String, Long> most = Map.of(
                "second",
                1_000_000_000L,
                "minute",
                60_000_000_000L,
                "hour",
                3_600_000_000_000L,
                "day",
                86_400_000_000_000L);
        assertThat((String) limit.get("counter"))
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(128)
                .doesNotContain("\n");
        assertThat(counters.add(limit.get("counter"))).isTrue();
        assertThat(most).containsKey((String) limit.get("window"));
        assertThat((Long) limit.get("max")).isBetween(1L, most.get((String) limit.get("window")));
        assertThat(limit.get("scope")).isIn("global", "grant");
        assertThat(limit.containsKey("amount") && all).isFalse();
        if (limit.containsKey("on_limit")) {
            assertThat((String) limit.get("on_limit")).isNotBlank();
        }
    }

    /** Documents most of which are of the proxy's form, with something else wherever something else can be. */
    private static final class RandomTree {
        private final SplittableRandom random;

        private RandomTree(SplittableRandom random) {
            this.random = random;
        }

        static Map<String, Object> document(SplittableRandom random) {
            return new RandomTree(random).document();
        }

        private Map<String, Object> document() {
            Map<String, Object> document = map();
            some(document, "version", "1", 1L, "2");
            some(document, "description", "d", "");
            some(document, "default", "allow", "deny", "", "x");
            some(document, "hide", List.of("a", "b*", ""), List.of("*"), List.of());
            some(document, "approvals", map());
            some(document, "x", 1L);
            Map<String, Object> tools = map();
            for (String name : List.of("a", "a.b", "*", "b*", "c d", "e".repeat(128), "*".repeat(9))) {
                if (random.nextInt(3) > 0) {
                    tools.put(
                            name,
                            random.nextInt(15) == 0
                                    ? junk()
                                    : map("rules", random.nextInt(15) == 0 ? junk() : rules(name)));
                }
            }
            some(document, "tools", tools, tools, tools);
            return document;
        }

        private List<Object> rules(String tool) {
            List<Object> rules = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Map<String, Object> rule = map();
                some(rule, "name", "n");
                some(rule, "action", "evaluate", "evaluate", "require_approval", "deny", "x");
                some(rule, "rate_limit", "5/hour", "0/day", "9999999999999999/day", "1/second");
                some(rule, "on_deny", "no", " ", "\u0000");
                some(rule, "conditions", conditions(tool), conditions(tool), conditions(tool), map());
                some(rule, "state", state(), state(), state(), map());
                some(rule, "spend", map("daily", 1L));
                rules.add(random.nextInt(20) == 0 ? junk() : rule);
            }
            return rules;
        }

        private List<Object> conditions(String tool) {
            String scope = tool.equals("*") ? "_global" : tool;
            List<Object> conditions = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Map<String, Object> condition = map();
                some(
                        condition,
                        "path",
                        "state." + scope + ".c",
                        "state." + scope + ".\n",
                        "args.a",
                        "args.a..$[0]",
                        "args.",
                        "args" + ".a".repeat(100));
                some(condition, "op", "lt", "lte", "eq", "in", "regex", "exists", "x");
                some(
                        condition,
                        "value",
                        5L,
                        0L,
                        1L,
                        new BigDecimal("1e999999999"),
                        new BigDecimal("1e-999999999"),
                        new BigInteger("9".repeat(50)),
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        List.of(1L),
                        List.of(),
                        "x",
                        true);
                conditions.add(random.nextInt(20) == 0 ? junk() : condition);
            }
            return conditions;
        }

        private Map<String, Object> state() {
            Map<String, Object> state = map();
            some(state, "counter", "c", "c", "\n", " ", "c".repeat(300));
            some(state, "window", "day", "minute", "second", "week", 60L);
            some(state, "increment", 1L, 0L, 3L, -1L, Long.MAX_VALUE, new BigDecimal("1.5"));
            if (random.nextInt(3) == 0) {
                some(state, "increment_from", "args.a", "args.a[0]", "amount");
            }
            return state;
        }

        private void some(Map<String, Object> map, String key, Object... values) {
            int choice = random.nextInt(20);
            if (choice > 2) {
                map.put(key, values[random.nextInt(values.length)]);
            } else if (choice == 2) {
                map.put(key, junk());
            }
        }

        private @Nullable Object junk() {
            @Nullable
            Object[] junk = {
                null,
                true,
                0L,
                "",
                "x",
                List.of(),
                map(),
                new BigDecimal("0.1"),
                Arrays.asList(1L, null),
                map("a", null)
            };
            return junk[random.nextInt(junk.length)];
        }
    }
}
