package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Golden;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Reason.Code;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls are checked in code as they are in files of cases. */
class PolicyTesterTest {
    private static final Path FILES = Path.of("src/test/resources/cases");
    private static final Policy PAYMENTS =
            PolicyParser.standard().parse(FILES.resolve("payments.json")).orThrow();
    private static final Policy MORE =
            PolicyParser.standard().parse(FILES.resolve("payments-more.json")).orThrow();
    private static final Map<String, Object> SMALL = Map.of("amount", 20, "currency", "usd");
    private static final Map<String, Object> LARGE = Map.of("amount", 501, "currency", "usd");

    private final PolicyTester tester = PolicyTester.of(PAYMENTS);

    @Test
    void whatAPersonApprovesRunsOnce() {
        tester.at("2026-01-01T00:00:00Z")
                .as(Identity.of("alice"))
                .call("create_charge", LARGE)
                .needsApproval()
                .saying("charges over 500 are approved by a person")
                .approvedBy("carol")
                .isAllowed();
        tester.as(Identity.of("alice")).call("create_charge", LARGE).needsApproval();
    }

    @Test
    void whatAPersonRejectsIsDenied() {
        tester.call("create_charge", LARGE).rejectedBy("carol").isDenied(Code.APPROVAL_REJECTED);
    }

    @Test
    void whoAsksMayNotApprove() {
        PolicyTester.Called asked = tester.as(Identity.of("alice")).call("create_charge", LARGE);
        assertThatThrownBy(() -> asked.approvedBy("alice")).hasMessage("who asks may not approve");
    }

    @Test
    void callersHaveCountersOfTheirOwnAndShareTheClock() {
        PolicyTester bob = tester.as(Identity.of("bob"));
        tester.at("+15s").calls(3, "create_charge", SMALL).isAllowed();
        tester.call("create_charge", SMALL)
                .isRateLimited()
                .by("/tools/create_charge/limits/0")
                .saying("retry in 45 s")
                .remaining(0)
                .retryAfter(Duration.ofSeconds(45));
        bob.at("+45s").calls(3, "create_charge", SMALL).isAllowed();
        tester.call("create_charge", SMALL).isAllowed();
    }

    @Test
    void aReloadKeepsWhatWasUsed() {
        tester.calls(3, "create_charge", SMALL).isAllowed();
        tester.reload(MORE).calls(2, "create_charge", SMALL).isAllowed();
        tester.call("create_charge", SMALL).isRateLimited();
    }

    @Test
    void aMalformedCallIsDenied() {
        tester.call("create_charge", "{\"amount\": 1, \"amount\": 2}")
                .isDenied(Code.MALFORMED_CALL)
                .by("");
        tester.call("create charge").isDenied(Code.MALFORMED_CALL);
        tester.call("list_charges", "{}").isAllowed();
    }

    @Test
    void aDenialThatNoRuleMadeIsExpectedByItsCode() {
        Map<String, Object> notJson = Map.of("amount", java.time.Instant.EPOCH);
        assertThatThrownBy(() -> tester.call("create_charge", notJson).isDenied())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("if that is meant, expect its code");
        tester.call("create_charge", notJson).isDenied(Code.MALFORMED_CALL);
    }

    @Test
    void anAnswerIsToTheQuestionOfItsOwnCall() {
        PolicyTester both = PolicyTester.of(PolicyParser.standard().parse("""
                        { "version": "1", "default": "deny", "tools": {
                          "pay": { "action": "require_approval" }, "drop": { "action": "require_approval" } } }
                        """).orThrow());
        PolicyTester.Called pay = both.call("pay").needsApproval();
        PolicyTester.Called drop = both.call("drop").needsApproval();
        pay.approvedBy("carol").isAllowed();
        drop.rejectedBy("carol").isDenied(Code.APPROVAL_REJECTED);
    }

    @Test
    void whatItsCallsExerciseIsNoted() {
        PolicyDocument document = PolicyDocument.of(
                "p.json",
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"ask\":{\"action\":\"require_approval\"}}}",
                PolicyParser.standard());
        Coverage coverage = Coverage.of();
        PolicyTester measured = PolicyTester.of(document, coverage);
        assertThat(coverage.percent()).isZero();
        measured.call("drop").isDenied();
        measured.as(Identity.of("bob")).call("ask").needsApproval();
        assertThat(coverage.percent()).isBetween(1.0, 99.0);
        measured.call("ask").approvedBy("carol").isAllowed();
        assertThat(coverage.missed()).isEmpty();
    }

    @Test
    void theDecisionItselfIsAtHand() {
        Decision decision = tester.call("drop").isDenied().decision();
        assertThat(decision.rule()).isEqualTo("/default");
    }

    @Test
    void ofSeveralCallsTheOneThatDiffersIsTold() {
        Throwable failure = catchThrowable(
                () -> tester.calls(4, "create_charge", SMALL).isAllowed().by("/tools/create_charge"));
        assertThat(failure).isInstanceOf(AssertionError.class);
        Golden.assertMatches(FILES.resolve("tester-failure.txt"), failure.getMessage());
    }

    @Test
    void everyExpectationCanFail() {
        PolicyTester.Called small = tester.call("create_charge", SMALL);
        PolicyTester.Called drop = tester.call("drop");
        PolicyTester.Called large = tester.as(Identity.of("bob")).call("create_charge", LARGE);
        tester.calls(2, "create_charge", SMALL).isAllowed();
        PolicyTester.Called limited = tester.call("create_charge", SMALL).isRateLimited();
        for (Runnable wrong : new Runnable[] {
            small::isDenied,
            small::isRateLimited,
            small::needsApproval,
            drop::isAllowed,
            () -> drop.isDenied(Code.HIDDEN),
            () -> drop.isDenied().by("/hide/0"),
            () -> drop.isDenied().saying("no"),
            large::isAllowed,
            () -> drop.approvedBy("carol"),
            () -> drop.rejectedBy("carol"),
            () -> limited.remaining(1),
            () -> limited.retryAfter(Duration.ofSeconds(59)),
            () -> limited.by("/default")
        }) {
            assertThatThrownBy(wrong::run).isInstanceOf(AssertionError.class).hasMessageContaining("expected:");
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedAtOnce() {
        assertThatThrownBy(() -> tester.at("tomorrow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found `tomorrow`, expected an instant such as `2026-01-01T00:00:00Z`, or `+30s`");
        assertThatThrownBy(() -> tester.calls(0, "drop", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tester.call("drop").by("/default")).isInstanceOf(IllegalStateException.class);
    }
}
