package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a policy each kind of call exercises, kind by kind. */
class CoveragePointsTest {
    private static final String GOVERNED = "it governed no call";
    private static final String ALLOWED = "no call that it governed was allowed";
    private static final String DENIED = "no call was denied by it";
    private static final String LET_THROUGH = "it let no call through";
    private static final String ASKED = "it asked about no call";
    private static final String APPROVED = "no call that it asked about was approved";
    private static final String DID_NOT_ASK = "it let no call through without asking";
    private static final String CHARGED = "no allowed call was charged to it";
    private static final String SPENT = "no call found it spent";

    @Test
    void aDefaultThatNeverDecidesIsNoPoint() {
        for (String rest : new String[] {"\"tools\": { \"**\": {} }", "\"hide\": [\"*\"]"}) {
            PolicyDocument document = PolicyDocument.of(
                    "p.json", "{ \"version\": \"1\", \"default\": \"deny\", " + rest + " }", PolicyParser.standard());
            Coverage coverage = Coverage.of(document);
            PolicyTester.of(document, coverage).call("any_tool");
            assertThat(coverage.missed()).as("%s", rest).isEmpty();
            assertThat(coverage.percent()).isEqualTo(100.0);
        }
    }

    @Test
    void withoutACallAllIsMissed() {
        Measured measured = Measured.of("""
                { "version": "1", "default": "deny", "hide": ["x_*"],
                  "groups": [ { "tools": ["pay", "p*"], "limits": [ { "counter": "c", "window": "day", "max": 1, "scope": "grant" } ] } ],
                  "tools": { "pay": { "deny_if": [ { "path": "args.a", "op": "gt", "value": 1 } ] }, "off": { "action": "deny" } } }
                """);

        assertThat(measured.coverage().percent()).isZero();
        assertThat(measured.coverage().missed())
                .extracting(missed -> missed.pointer() + " " + missed.message())
                .containsExactly(
                        "/default it decided no call",
                        "/hide/0 " + DENIED,
                        "/groups/0 it was for no call",
                        "/groups/0/limits/0 " + CHARGED,
                        "/groups/0/limits/0 " + SPENT,
                        "/tools/pay " + GOVERNED,
                        "/tools/pay " + ALLOWED,
                        "/tools/pay/deny_if/0 " + DENIED,
                        "/tools/pay/deny_if/0 " + LET_THROUGH,
                        "/tools/pay/deny_if/0 `args.a gt 1` was never true",
                        "/tools/pay/deny_if/0 `args.a gt 1` was never false",
                        "/tools/pay/deny_if/0 `args.a gt 1` was never undecidable",
                        "/tools/off " + GOVERNED);
    }

    @Test
    void defaultThatDeniesIsExercisedByAToolThatIsNotListed() {
        Measured measured = Measured.ofTool("{}").call("pay", "{}");
        assertThat(measured.missedAt("/default")).hasSize(1);

        assertThat(measured.call("other", "{}").missedAt("/default")).isEmpty();
        assertThat(measured.coverage().percent()).isEqualTo(100.0);
    }

    @Test
    void defaultThatAllowsIsExercisedByAToolThatNoEntryGovernsWhateverIsDecided() {
        String policy = """
                { "version": "1", "default": "allow", "hide": ["x"], "all_tools": { "deny_if": [ { "path": "args.no", "op": "eq", "value": true } ] },
                  "tools": { "pay": {} } }
                """;

        assertThat(Measured.of(policy).call("pay", "{}").missedAt("/default")).hasSize(1);
        assertThat(Measured.of(policy).call("x", "{}").missedAt("/default")).hasSize(1);
        assertThat(Measured.of(policy).call("PAY", "{}").missedAt("/default"))
                .as("a look-alike")
                .hasSize(1);
        assertThat(Measured.of(policy).call("other", "{}").missedAt("/default")).isEmpty();
        assertThat(Measured.of(policy).call("other", "{\"no\":true}").missedAt("/default"))
                .isEmpty();
    }

    @Test
    void patternThatHidesIsExercisedWhereItIsTheOneNamed() {
        Measured measured = Measured.of(
                "{\"version\":\"1\",\"default\":\"deny\",\"hide\":[\"drop_*\",\"drop_all\",\"wipe\"],\"tools\":{\"drop_x\":{}}}");

        measured.call("drop_all", "{}").call("DROP_ALL", "{}").call("drop_x", "{}");

        assertThat(measured.missedAt("/hide/0")).isEmpty();
        assertThat(measured.missedAt("/hide/1")).containsExactly(DENIED);
        assertThat(measured.missedAt("/hide/2")).containsExactly(DENIED);
        assertThat(measured.missedAt("/tools/drop_x")).as("hidden").containsExactly(GOVERNED, ALLOWED);
    }

    @Test
    void entryIsExercisedByTheCallsThatItGovernsAndNotByThoseItMatches() {
        Measured measured = Measured.of(
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"get_*\":{},\"get_user\":{},\"off\":{\"action\":\"deny\"}}}");

        measured.call("get_user", "{}").call("off", "{}");

        assertThat(measured.missedAt("/tools/get_*")).containsExactly(GOVERNED, ALLOWED);
        assertThat(measured.missedAt("/tools/get_user")).isEmpty();
        assertThat(measured.missedAt("/tools/off")).isEmpty();
    }

    @Test
    void entryThatDeniedAllItsCallsHasStillToAllowOne() {
        Measured measured =
                Measured.ofTool("{ \"require\": [ { \"path\": \"args.a\", \"op\": \"exists\", \"value\": true } ] }");

        assertThat(measured.call("pay", "{}").missedAt("/tools/pay")).containsExactly(ALLOWED);
        assertThat(measured.call("pay", "{\"a\":1}").missedAt("/tools/pay")).isEmpty();
    }

    @Test
    void entryThatARuleWithoutConditionsBlocksNeedsNotAllowACall() {
        String blocks = "\"deny_if\": [ { \"conditions\": [] } ]";
        for (String policy : List.of(
                "\"tools\": { \"pay_x\": { " + blocks + " } }",
                "\"all_tools\": { " + blocks + " }, \"tools\": { \"pay_x\": {} }",
                "\"groups\": [ { \"tools\": [\"z\", \"p*\"], " + blocks + " } ], \"tools\": { \"pay_x\": {} }",
                "\"groups\": [ { \"tools\": [\"p*\"], " + blocks + " } ], \"tools\": { \"pay_*\": {} }")) {
            Measured measured = Measured.of("{\"version\":\"1\",\"default\":\"deny\"," + policy + "}");

            measured.call("pay_x", "{}").call("other", "{}");

            assertThat(measured.coverage().missed()).as(policy).isEmpty();
        }
        Measured partly = Measured.of("{\"version\":\"1\",\"default\":\"deny\",\"groups\":[{\"tools\":[\"pay_x\"],"
                + blocks + "}],\"tools\":{\"pay_*\":{}}}");
        assertThat(partly.call("pay_x", "{}").missedAt("/tools/pay_*")).containsExactly(ALLOWED);
    }

    @Test
    void groupIsExercisedByACallThatItsPatternsMatchAndThatIsNotDeniedByName() {
        String policy = """
                { "version": "1", "default": "deny", "hide": ["x"], "groups": [ { "tools": ["x", "pay", "off", "z"] } ],
                  "tools": { "pay": { "require": [ { "path": "args.a", "op": "exists", "value": true } ] }, "off": { "action": "deny" }, "other": {} } }
                """;

        for (String tool : List.of("x", "off", "z", "other", "PAY")) {
            assertThat(Measured.of(policy).call(tool, "{}").missedAt("/groups/0"))
                    .as(tool)
                    .hasSize(1);
        }
        assertThat(Measured.of(policy).call("pay", "{}").missedAt("/groups/0")).isEmpty();
    }

    @Test
    void ruleThatWasNotReachedHasDoneNothingThoughItsTestsSpoke() {
        Measured measured = Measured.ofTool("""
                { "require": [ { "path": "args.a", "op": "lt", "value": 5 } ], "deny_if": [ { "path": "args.b", "op": "gt", "value": 5 } ] }
                """).call("pay", "{\"a\":9,\"b\":9}");

        assertThat(measured.missedAt("/tools/pay/require/0"))
                .containsExactly(LET_THROUGH, "`args.a lt 5` was never true", "`args.a lt 5` was never undecidable");
        assertThat(measured.missedAt("/tools/pay/deny_if/0"))
                .containsExactly(
                        DENIED, LET_THROUGH, "`args.b gt 5` was never false", "`args.b gt 5` was never undecidable");
    }

    @Test
    void ruleThatForbidsIsExercisedByWhatItDeniesAndWhatItLetsThrough() {
        Measured measured = Measured.ofTool(
                "{ \"deny_if\": [ { \"id\": \"big\", \"path\": \"args.a\", \"op\": \"gt\", \"value\": 5 } ] }");

        measured.call("pay", "{}");
        assertThat(measured.missedAt("/tools/pay/deny_if/0"))
                .as("missing lets through, and is neither true nor false")
                .containsExactly(
                        DENIED,
                        "`args.a gt 5` was never true",
                        "`args.a gt 5` was never false",
                        "`args.a gt 5` was never undecidable");
        measured.call("pay", "{\"a\":\"x\"}");
        assertThat(measured.missedAt("/tools/pay/deny_if/0"))
                .containsExactly("`args.a gt 5` was never true", "`args.a gt 5` was never false");
        measured.call("pay", "{\"a\":6}").call("pay", "{\"a\":5}");
        assertThat(measured.missedAt("/tools/pay/deny_if/0")).isEmpty();
    }

    @Test
    void eachTestOfACombinationIsAPlaceOfItsOwn() {
        Measured measured = Measured.ofTool("""
                { "require": [ { "conditions": [ { "any_of": [
                    { "not": { "path": "args.a", "op": "is", "value": "null" } },
                    { "path": "identity.tenant", "op": "eq", "value": "acme" } ] } ] } ] }
                """).call("pay", "{\"a\":null}");
        String at = "/tools/pay/require/0/conditions/0";

        assertThat(measured.missedAt(at)).isEmpty();
        assertThat(measured.missedAt(at + "/any_of/0/not")).containsExactly("`args.a is \"null\"` was never false");
        assertThat(measured.missedAt(at + "/any_of/1"))
                .as("no argument makes it undecidable")
                .containsExactly("`identity.tenant eq \"acme\"` was never false");
        assertThat(measured.missedAt("/tools/pay/require/0")).containsExactly(DENIED);
    }

    @Test
    void ruleThatAsksIsExercisedByAskingByNotAskingAndByAYes() {
        Measured measured = Measured.ofTool(
                "{ \"require_approval_if\": [ { \"id\": \"big\", \"path\": \"args.a\", \"op\": \"gt\", \"value\": 5, \"if_missing\": false } ] }");
        String rule = "/tools/pay/require_approval_if/0";

        measured.call("pay", "{\"a\":6}");
        assertThat(measured.missedAt(rule)).contains(APPROVED, DID_NOT_ASK).doesNotContain(ASKED);
        measured.reject().call("pay", "{\"a\":6}");
        assertThat(measured.missedAt(rule)).as("a no").contains(APPROVED);
        measured.call("pay", "{}");
        assertThat(measured.missedAt(rule)).containsExactly(APPROVED, "`args.a gt 5` was never undecidable");
        measured.call("pay", "{\"a\":\"6\"}").approve().call("pay", "{\"a\":\"6\"}");
        assertThat(measured.missedAt(rule)).isEmpty();
    }

    @Test
    void actionThatAsksIsExercisedByAskingAndByAYes() {
        Measured measured =
                Measured.ofTool("{ \"action\": \"require_approval\" }").call("pay", "{}");

        assertThat(measured.missedAt("/tools/pay/action")).containsExactly(APPROVED);
        assertThat(measured.approve().call("pay", "{}").missedAt("/tools/pay/action"))
                .isEmpty();
        assertThat(measured.call("other", "{}").coverage().percent()).isEqualTo(100.0);
    }

    @Test
    void limitIsExercisedByWhatIsChargedAndByWhatFindsItSpent() {
        Measured measured = Measured.ofTool("""
                { "limits": [
                    { "id": "two", "counter": "two", "window": "day", "max": 2, "scope": "grant" },
                    { "counter": "urgent", "window": "day", "max": 2, "scope": "grant", "when": [ { "path": "args.urgent", "op": "eq", "value": true, "if_missing": false } ] } ],
                  "rate_limit": { "max": 2, "window": 60 } }
                """).call("pay", "{}");

        assertThat(measured.missedAt("/tools/pay/limits/0")).containsExactly(SPENT);
        assertThat(measured.missedAt("/tools/pay/rate_limit")).containsExactly(SPENT);
        assertThat(measured.missedAt("/tools/pay/limits/1")).containsExactly(CHARGED, SPENT);

        measured.call("pay", "{\"urgent\":true}").call("pay", "{\"urgent\":true}");
        assertThat(measured.missedAt("/tools/pay/limits/0")).isEmpty();
        assertThat(measured.missedAt("/tools/pay/rate_limit"))
                .as("spent too, if not named")
                .isEmpty();
        assertThat(measured.missedAt("/tools/pay/limits/1")).as("one is left").containsExactly(SPENT);
        assertThat(measured.missedAt("/tools/pay/limits/1/when/0"))
                .containsExactly("`args.urgent eq true` was never undecidable");
    }

    @Test
    void schemaIsExercisedByWhatKeepsToItAndByWhatBreaksIt() {
        Measured measured = Measured.ofTool("""
                { "arguments_schema": {}, "deny_if": [ { "path": "args.no", "op": "exists", "value": true } ] }
                """);

        measured.call("pay", "{\"no\":1}");
        assertThat(measured.missedAt("/tools/pay/arguments_schema")).containsExactly(LET_THROUGH, DENIED);
        measured.call("pay", "{\"a\":1}");
        assertThat(measured.missedAt("/tools/pay/arguments_schema")).containsExactly(DENIED);
        measured.call("pay", "{}");
        assertThat(measured.missedAt("/tools/pay/arguments_schema")).isEmpty();
    }
}
