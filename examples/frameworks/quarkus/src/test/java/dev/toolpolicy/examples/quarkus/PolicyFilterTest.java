package dev.toolpolicy.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole Quarkus application on a port of its own. */
@QuarkusTest
class PolicyFilterTest {
    @TestHTTPResource("mcp")
    URI server;

    @Inject
    ToolManager tools;

    private RawClient client(String who) throws Exception {
        return new RawClient(server, who);
    }

    private static JsonObject charge(String currency, Object amount) {
        return new JsonObject().put("currency", currency).put("amount", amount);
    }

    private static String text(JsonObject answer) {
        JsonObject result = answer.getJsonObject("result");
        String text = result.getJsonArray("content").getJsonObject(0).getString("text");
        return (Boolean.TRUE.equals(result.getBoolean("isError")) ? "refused: " : "") + text;
    }

    @AfterEach
    void mend() {
        Host.policies = Host.POLICY;
        LaterFilter.beforeTheGuardrail = () -> {};
    }

    @Test
    void whatIsAllowedRunsWithWhatWasJudged() throws Exception {
        assertThat(text(client("alice").call("create_charge", charge("usd", 1.5))))
                .isEqualTo("charged 1.5 usd");
    }

    @Test
    void toolGetsTheFrozenArguments() throws Exception {
        assertThat(text(client("alice").call("type_of", new JsonObject().put("value", 1.5))))
                .isEqualTo("BigDecimal");
    }

    @Test
    void whatIsDeniedSaysWhyAndDoesNotRun() throws Exception {
        RawClient alice = client("alice");
        String before = text(alice.call("count_charges"));

        assertThat(text(alice.call("create_charge", charge("gbp", 1)))).isEqualTo("refused: only USD and EUR");
        assertThat(text(alice.call("list_secrets"))).startsWith("refused: ");
        assertThat(text(alice.call("count_charges"))).isEqualTo(before);
    }

    @Test
    void limitCountsEachCallOnce() throws Exception {
        RawClient carol = client("carol");

        assertThat(text(carol.call("refund_charge"))).isEqualTo("refunded");
        assertThat(text(carol.call("refund_charge"))).startsWith("refused: ").endsWith("retry in 43200 s");
        assertThat(text(client("dave").call("refund_charge"))).isEqualTo("refunded");
    }

    @Test
    void hiddenToolIsNotListedAndAsUnknownAsAnyOther() throws Exception {
        RawClient alice = client("alice");
        String unknown = alice.call("no_such_tool").encode();

        assertThat(unknown).contains("Invalid tool name: no_such_tool");
        assertThat(alice.listed())
                .containsExactly("count_charges", "create_charge", "list_secrets", "refund_charge", "type_of");
        assertThat(alice.call("delete_charges").encode()).isEqualTo(unknown.replace("no_such_tool", "delete_charges"));
    }

    @Test
    void toolThatIsNotJudgedIsKeptAway() throws Exception {
        tools.newTool("added_tool")
                .setDescription("added")
                .setHandler(arguments -> ToolResponse.success("ran unjudged"))
                .register();
        RawClient alice = client("alice");
        String unknown = alice.call("no_such_tool").encode();

        for (String tool : List.of("bare_tool", "late_tool", "added_tool")) {
            assertThat(alice.call(tool).encode()).isEqualTo(unknown.replace("no_such_tool", tool));
        }
        assertThat(alice.listed()).doesNotContain("bare_tool", "late_tool", "added_tool");
        tools.removeTool("added_tool");
    }

    @Test
    void nobodyIsNotACaller() throws Exception {
        RawClient nobody = client(null);

        assertThat(nobody.listed()).isEmpty();
        assertThat(nobody.call("count_charges").encode()).contains("Invalid tool name: count_charges");
    }

    @Test
    void callerWhoseNameIsNoneSeesNothing() throws Exception {
        RawClient endless = client("x".repeat(300));

        assertThat(endless.listed()).isEmpty();
        assertThat(endless.call("count_charges").encode()).contains("Invalid tool name: count_charges");
    }

    @Test
    void identityIsOfTheRequestAndNotOfTheSession() throws Exception {
        RawClient erin = client("erin");
        assertThat(text(erin.call("refund_charge"))).isEqualTo("refunded");

        assertThat(text(erin.as("frank").call("refund_charge"))).isEqualTo("refunded");
        assertThat(text(erin.call("refund_charge"))).startsWith("refused: ");
        assertThat(erin.as(null).listed()).isEmpty();
    }

    @Test
    void brokenPolicySourceRefusesAndListsNothing() throws Exception {
        RawClient alice = client("alice");
        Host.policies = Host.UNREACHABLE;

        assertThat(alice.listed()).isEmpty();
        assertThat(alice.call("count_charges").encode()).contains("Invalid tool name: count_charges");
    }

    @Test
    void sourceThatBreaksAfterTheFilterRefuses() throws Exception {
        RawClient alice = client("alice");
        LaterFilter.beforeTheGuardrail = () -> Host.policies = Host.UNREACHABLE;

        assertThat(text(alice.call("count_charges")))
                .isEqualTo("refused: the call could not be checked, so it is denied");
    }

    @Test
    void toolThatIsHiddenAfterTheFilterIsAsUnknownAsAnyOther() throws Exception {
        RawClient alice = client("alice");
        String unknown = alice.call("no_such_tool").encode();
        LaterFilter.beforeTheGuardrail = () -> Host.policies = Host.ALL_HIDDEN;

        assertThat(alice.call("count_charges").encode()).isEqualTo(unknown.replace("no_such_tool", "count_charges"));
    }

    @Test
    void argumentsThatCannotBeJudgedAreRefused() throws Exception {
        JsonObject deep = new JsonObject();
        for (int i = 0; i < 100; i++) deep = new JsonObject().put("deeper", deep);

        assertThat(text(client("alice").call("count_charges", deep))).startsWith("refused: ");
    }

    @Test
    void readmeShowsHowItIsPluggedIn() throws IOException {
        String program = Files.readString(Path.of("src/test/java/dev/toolpolicy/examples/quarkus/Charges.java"));
        int from = program.indexOf("// README from here\n") + "// README from here\n".length();
        String shown = program.substring(from, program.lastIndexOf('\n', program.indexOf("// README to here")));
        assertThat(Files.readString(Path.of("../README.md"))).contains(shown.stripIndent());
    }
}
