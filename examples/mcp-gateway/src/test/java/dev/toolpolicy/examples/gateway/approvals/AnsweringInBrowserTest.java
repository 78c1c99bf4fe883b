package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Office.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.approval.AskedQuestion.State;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What a person does, by keyboard alone, and what the page says. */
class AnsweringInBrowserTest extends InBrowser {
    @Test
    void aPersonSignsInApprovesAndRejectsByKeyboardAlone() {
        String charge = office.asks("create_charge", "{\"amount\":750}");
        String refund = office.asks("refund_charge", "{\"amount\":20}");
        signIn();
        assertThat(tabTo("Approve this call (call 1, create_charge)"))
                .containsExactly(
                        "toolpolicy approvals", "Sign out", "Look again", "Approve this call (call 1, create_charge)");
        tab.leads(() -> tab.press("Space"));
        noticeHasTheFocus("Approved: create_charge may run once");
        assertThat(office.decide(ALICE, "create_charge", "{\"amount\":750}")).isInstanceOf(Decision.Allow.class);
        assertThat(office.stateOf(charge)).isEqualTo(State.USED);

        tabTo("why");
        tab.type("not today");
        assertThat(tabTo("Reject")).containsExactly("Reject this call (call 1, refund_charge)");
        tab.leads(() -> tab.press("Enter"));
        noticeHasTheFocus("Rejected: refund_charge");
        assertThat(office.desk.find(refund).orElseThrow().why()).isEqualTo("not today");
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
    }

    @Test
    void enterInTheReasonRejectsAndNeverApproves() {
        String id = office.asks("create_charge", "{}");
        signIn();
        tabTo("why");
        tab.type("no");
        tab.leads(() -> tab.press("Enter"));
        assertThat(office.stateOf(id)).isEqualTo(State.REJECTED);
    }

    @Test
    void aWrongTokenIsSaidAndTheFieldHasTheFocus() {
        typeToken("wrong");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("#said")).isEqualTo("This is not the token.");
        tab.until("document.activeElement.id === 'token'");
        tab.type(office.token);
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
        tabTo("Sign out");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("h1")).isEqualTo("Sign in");
    }

    @Test
    void newsIsToldAndWhatIsTypedStays() {
        office.asks("create_charge", "{\"amount\":750}");
        signIn();
        tabTo("why");
        tab.type("let me think");
        Object before = tab.eval("performance.timeOrigin");
        office.asks("refund_charge", "{}");
        tab.until("document.getElementById('news').innerText");
        assertThat(tab.text("#news")).isEqualTo("Something has changed: 2 calls wait now. Show");
        assertThat(tab.eval("document.title")).isEqualTo("2 calls wait now. – toolpolicy approvals");
        assertThat(tab.eval("document.activeElement.value")).isEqualTo("let me think");
        assertThat(tab.eval("performance.timeOrigin")).isEqualTo(before);
        assertThat(tab.eval("document.querySelectorAll('article').length")).isEqualTo(1);
        tabTo("Reject this call");
        assertThat(tab.text("#news")).contains("Show");
    }

    @Test
    void anEmptyPageGoesOnByItself() {
        signIn();
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
        tab.leads(() -> office.asks("create_charge", "{}"));
        assertThat(tab.text("h1")).isEqualTo("1 call waits for an answer");
    }

    @Test
    void aGatewayThatIsGoneIsSaid() {
        office.asks("create_charge", "{}");
        signIn();
        office.page.close();
        tab.until("document.getElementById('news').innerText");
        assertThat(tab.text("#news")).startsWith("The gateway cannot be reached");
    }

    @Test
    void aQuestionThatAnotherTabHasAnsweredIsNotAnsweredTwice() {
        String id = office.asks("create_charge", "{}");
        signIn();
        String list = (String) tab.eval("location.href");
        Tab other = browser.tab();
        other.open(list);
        other.leads(() -> other.eval("document.querySelector('button.reject').click()"));
        assertThat(other.text(".notice")).startsWith("Rejected: create_charge");
        tabTo("Approve");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text(".notice")).isEqualTo("Nothing has changed. \"carol\" has rejected it already.");
        assertThat(tab.eval("document.querySelector('.notice').className")).isEqualTo("notice bad");
        assertThat(office.stateOf(id)).isEqualTo(State.REJECTED);
    }

    @Test
    void withoutJavaScriptItWorksAsWell() {
        String id = office.asks("create_charge", "{}");
        typeToken(office.token);
        tab.call("Emulation.setScriptExecutionDisabled", new JsonObject().put("value", true));
        tab.leads(() -> tab.press("Enter"));
        for (int i = 0; i < 4; i++) tab.press("Tab");
        tab.leads(() -> tab.press("Enter"));
        assertThat(office.stateOf(id)).isEqualTo(State.APPROVED);
    }
}
