package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.gateway.approvals.RawHttp.Response;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private final Office office = Office.asking("a person looks at this");
    private final String id = office.asks("create_charge", "{\"amount\": 12345678901234567890.5, \"to\": \"\u202e\"}");

    @AfterEach
    void close() {
        office.close();
    }

    private RawHttp request() {
        return new RawHttp(office.port()).with("Authorization", "bearer " + office.token);
    }

    @Test
    void aQuestionHasEverythingThatIsKnownOfIt() {
        JsonObject question =
                new JsonObject(request().get("/api/questions/" + id).body());
        assertThat(question).isEqualTo(new JsonObject("""
                        {"id": "ID", "tool": "create_charge", "grant": "alice-laptop", "session": "s-1",
                         "attributes": {"tenant": "acme"}, "namespace": "",
                         "asked": "2026-03-01T12:00:00Z", "lapses": "2026-03-01T12:30:00Z",
                         "argumentsJson": "{\\"amount\\":12345678901234567890.5,\\"to\\":\\"RLO\\"}",
                         "rules": [{"rule": "/tools/*/action", "text": "a person looks at this"}]}""".replace("ID", id).replace("RLO", "\u202e")));
    }

    @Test
    void theListNamesWhatWaits() {
        JsonObject list = new JsonObject(request().get("/api/questions").body());
        assertThat(list.getJsonArray("questions")).hasSize(1);
        assertThat(list.getJsonArray("questions").getJsonObject(0).getString("id"))
                .isEqualTo(id);
    }

    @Test
    void anAnswerAndTheNextOne() {
        Response first = request().send("POST", "/api/questions/" + id + "/approve", "");
        assertThat(first.status()).isEqualTo(200);
        assertThat(new JsonObject(first.body()).getString("outcome")).isEqualTo("approved");
        Response second = request().send("POST", "/api/questions/" + id + "/approve", "");
        assertThat(second.status()).isEqualTo(409);
        assertThat(new JsonObject(second.body()).getString("outcome")).isEqualTo("settled");
        assertThat(request().get("/api/questions/" + id).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"why\":1}", "{\"why\":null}", "{\"why\":\"", "nonsense"})
    void aReasonIsAString(String body) {
        RawHttp request = request().with("Content-Type", "application/json");
        assertThat(request.send("POST", "/api/questions/" + id + "/reject", body)
                        .status())
                .isEqualTo(400);
        assertThat(office.stateOf(id)).isEqualTo(State.PENDING);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(request().get("/api/questions/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(request().get("/api/questions/" + id + "/").status()).isEqualTo(404);
        assertThat(request()
                        .get("/api/questions/" + id.toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(404);
        assertThat(request().get("/api/").status()).isEqualTo(404);
        assertThat(request().send("DELETE", "/api/questions/" + id, "").status())
                .isEqualTo(405);
        assertThat(request().get("/api/questions/" + id + "/approve").status()).isEqualTo(405);
    }
}
