package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Office.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Identity;
import dev.toolpolicy.approval.AskedQuestion.State;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person does with the page, and what it says. */
class ApprovalsPageTest {
    private final Office office = Office.with(
            options -> options.approvers((question, who) -> !question.tool().equals("drop_database")), "carol");

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void whatWaitsIsShownInFull() {
        office.asks("create_charge", "{\"amount\": 750.10, \"to\": \"acme\", \"big\": 9007199254740993}");
        assertThat(new SignedIn(office).list().body())
                .contains("1 call waits", "create_charge", "&quot;alice-laptop&quot;", "&quot;s-1&quot;")
                .contains("Attribute &quot;tenant&quot;", "&quot;acme&quot;", "a person looks at this", "/tools/*")
                .contains("&quot;amount&quot;: 750.1,\n", "&quot;big&quot;: 9007199254740993,\n")
                .contains("2026-03-01 12:00:00 +00:00", "2026-03-01 12:30:00 +00:00");
    }

    @Test
    void anApprovedCallRunsOnce() {
        String id = office.asks("create_charge", "{\"amount\":750}");
        assertThat(new SignedIn(office).answer(id, "approve", Map.of()))
                .contains("Approved: create_charge may run once", "Nothing waits");
        assertThat(office.desk.find(id).orElseThrow().who()).isEqualTo("carol");
        assertThat(office.decide(ALICE, "create_charge", "{\"amount\":750}")).isInstanceOf(Decision.Allow.class);
        assertThat(office.decide(ALICE, "create_charge", "{\"amount\":750}"))
                .isInstanceOf(Decision.NeedsApproval.class);
    }

    @Test
    void aRejectedCallIsDeniedAndTheReasonKept() {
        String id = office.asks("create_charge", "{\"amount\":750}");
        assertThat(new SignedIn(office).answer(id, "reject", Map.of("why", "no \u00fcber & <b>")))
                .contains("Rejected: create_charge");
        assertThat(office.desk.find(id).orElseThrow().why()).isEqualTo("no \u00fcber & <b>");
        assertThat(office.decide(ALICE, "create_charge", "{\"amount\":750}")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void aReasonOfAThousandCharactersArrivesAndALongerOneDoesNot() {
        String id = office.asks("t", "{}");
        SignedIn person = new SignedIn(office);
        Map<String, String> tooLong = Map.of("why", "\u20ac".repeat(1_001), "form", person.formToken());
        assertThat(person.request()
                        .fromOwnPage()
                        .post(person.path + "questions/" + id + "/reject", tooLong)
                        .status())
                .isEqualTo(400);
        person.answer(id, "reject", Map.of("why", "\u20ac".repeat(1_000)));
        assertThat(office.desk.find(id).orElseThrow().why()).hasSize(1_000);
    }

    @Test
    void theNoticeOfAnAnswerIsShownOnce() {
        SignedIn person = new SignedIn(office);
        assertThat(person.answer(office.asks("t", "{}"), "approve", Map.of())).contains("Approved:");
        assertThat(person.list().body()).doesNotContain("Approved:");
    }

    @Test
    void aSecondAnswerSaysWhatWasAnswered() {
        SignedIn one = new SignedIn(office);
        SignedIn other = new SignedIn(office);
        String id = office.asks("t", "{}");
        one.answer(id, "approve", Map.of());
        assertThat(other.answer(id, "reject", Map.of("why", "")))
                .contains(
                        "Nothing has changed. &quot;carol&quot; has approved it already; the call has not been made yet.");
        office.decide(ALICE, "t", "{}");
        assertThat(other.answer(id, "approve", Map.of()))
                .contains(
                        "Nothing has changed. &quot;carol&quot; has approved it already, and the call has been made.");
    }

    @Test
    void anAnswerThatIsTooLateOrNotAllowedOrToNothingSaysSo() {
        SignedIn person = new SignedIn(office);
        String id = office.asks("t", "{}");
        office.later(Duration.ofMinutes(31));
        assertThat(person.answer(id, "approve", Map.of())).contains("Nothing has changed. The question has lapsed");
        assertThat(person.answer("0".repeat(32), "approve", Map.of()))
                .contains("Nothing has changed. There is no such");
        String forbidden = office.asks("drop_database", "{}");
        assertThat(person.answer(forbidden, "approve", Map.of()))
                .contains("You may not give this answer: the host&#39;s rule does not let this person answer.");
        String own = office.asks(Identity.of("carol"), "t", "{}");
        assertThat(person.answer(own, "approve", Map.of())).contains("who asks may not approve");
        assertThat(office.stateOf(own)).isEqualTo(State.PENDING);
    }

    @Test
    void likeCallsAreToldApart() {
        office.asks("create_charge", "{\"amount\":750}");
        office.asks("list_charges", "{}");
        office.asks("create_charge", "{\"amount\":7500}");
        assertThat(new SignedIn(office).list().body())
                .contains("3 calls wait", "looks like call 3:", "looks like call 1:");
    }

    @Test
    void longArgumentsHaveAPageOfTheirOwnAndAreWholeThere() {
        String text = "x".repeat(1_000_000);
        String id = office.asks("write_file", "{\"text\":\"" + text + "\"}");
        SignedIn person = new SignedIn(office);
        assertThat(person.list().body())
                .contains("1,000,011 characters of arguments")
                .doesNotContain("/approve\"")
                .hasSizeLessThan(10_000);
        assertThat(person.request().get(person.path + "questions/" + id).body())
                .contains("&quot;text&quot;: &quot;" + text + "&quot;\n}</pre>", id + "/approve\"");
    }

    @Test
    void manyQuestionsAreListedWithinABound() {
        try (Office busy = Office.with(options -> options.pendingAtMost(2_000, 2_000), "carol")) {
            for (int i = 0; i < 1_100; i++) busy.asks("t", "{\"n\":" + i + "}");
            String list = new SignedIn(busy).list().body();
            assertThat(list).contains("1100 calls wait", "100 more wait");
            assertThat(list.split("<article", -1)).hasSize(1_001);
            assertThat(list).hasSizeLessThan(1_500_000);
        }
    }

    @Test
    void aQuestionThatIsOverLeadsBackToTheList() {
        String id = office.asks("t", "{}");
        office.desk.reject(id, "dave", "");
        SignedIn person = new SignedIn(office);
        assertThat(person.request().get(person.path + "questions/" + id).header("Location"))
                .isEqualTo(person.path);
        assertThat(person.list().body()).contains("&quot;dave&quot; has rejected it already.");
    }

    @Test
    void theStateChangesWithWhatWaits() {
        SignedIn person = new SignedIn(office);
        String before = person.request().get(person.path + "state").body();
        assertThat(before).contains("\"waiting\":0");
        assertThat(person.list().body()).contains(new JsonObject(before).getString("state"));
        office.asks("t", "{}");
        assertThat(person.request().get(person.path + "state").body())
                .contains("\"waiting\":1")
                .isNotEqualTo(before);
    }

    @Test
    void aDeskThatFailsIsNoAnswer() {
        String id = office.asks("t", "{}");
        SignedIn person = new SignedIn(office);
        String form = person.formToken();
        office.desk.close();
        RawHttp.Response response =
                person.request().fromOwnPage().post(person.path + "questions/" + id + "/approve", Map.of("form", form));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo("This did not work. The gateway's log says why; look again at what waits.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "::", "192.168.0.1", "example.com", "localhost.example.com", "127.0.0.1.nip.io", ""})
    void itListensOnThisMachineOnly(String host) {
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> ApprovalsPage.open(vertx, office.desk, host, 0, office.token, "carol"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loopback");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aTokenThatCouldBeGuessedAPortThatIsTakenANobodyAreRefused() {
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> ApprovalsPage.open(vertx, office.desk, "127.0.0.1", 0, "secret", "carol"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ApprovalsPage.open(vertx, office.desk, "127.0.0.1", 0, office.token, " "))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            ApprovalsPage.open(vertx, office.desk, "127.0.0.1", office.port(), office.token, "carol"))
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
