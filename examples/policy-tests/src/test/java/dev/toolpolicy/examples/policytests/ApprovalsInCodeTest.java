package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.testing.PolicyTester;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same tests in code, for those who prefer it. */
class ApprovalsInCodeTest {
    // README from here
    private static final Policy APPROVALS = PolicyParser.standard()
            .parse(Path.of("src/main/resources/policies/approvals.json"))
            .orThrow();

    @Test
    void aLargeChargeRunsOnceWhenAPersonHasApprovedIt() {
        PolicyTester tester =
                PolicyTester.of(APPROVALS).at("2026-01-01T12:00:00Z").as(Identity.of("alice-laptop"));
        tester.call("create_charge", Map.of("amount", 501))
                .needsApproval()
                .saying("charges over 500 are approved by a person")
                .approvedBy("carol")
                .isAllowed();
        tester.call("create_charge", Map.of("amount", 501)).needsApproval();
    }

    @Test
    void theBudgetOfADayIsSpentAndRenewed() {
        PolicyTester tester = PolicyTester.of(APPROVALS).at("2026-01-01T12:00:00Z");
        tester.calls(10, "create_charge", Map.of("amount", 500)).isAllowed();
        tester.call("create_charge", Map.of("amount", 1)).isRateLimited().retryAfter(Duration.ofHours(12));
        tester.at("+12h").call("create_charge", Map.of("amount", 1)).isAllowed();
    }
    // README to here
}
