package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.mcpserver.demo.Agent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls is what the token of each request says, and nothing else. */
class CallerTest {
    private static final String NOTE = "{\"name\":\"write_note\",\"arguments\":{\"title\":\"a\",\"text\":\"b\"}}";
    private static final String READING = "this access is for reading";

    @Test
    void noTokenAndAnUnknownOneGetNoFurtherThanTheGate(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            assertUnauthorized(new RawHttp(server.address, "").post(RawHttp.INITIALIZE), "Bearer");
            String carol = server.site.premises.carol();
            for (String token : new String[] {"wrong", carol, Callers.sha256(server.site.premises.alice())}) {
                assertUnauthorized(
                        new RawHttp(server.address, token).post(RawHttp.INITIALIZE), "Bearer error=\"invalid_token\"");
            }
            RawHttp basic = new RawHttp(server.address, "");
            assertUnauthorized(
                    basic.send("POST", RawHttp.INITIALIZE, "Authorization", "Basic " + server.site.premises.alice()),
                    "Bearer error=\"invalid_token\"");
        }
    }

    private static void assertUnauthorized(HttpResponse<String> response, String challenge) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains(challenge);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void eachTokenIsJudgedByItsOwnGrant(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp alice = RawHttp.begun(server.address, server.site.premises.alice());
            RawHttp bob = RawHttp.begun(server.address, server.site.premises.bob());
            for (int i = 0; i < 3; i++) {
                assertThat(alice.call(NOTE)).contains("written");
                assertThat(bob.call(NOTE)).contains(READING);
            }
        }
    }

    @Test
    void aSessionIsOfNoUseToAnotherToken(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp alice = RawHttp.begun(server.address, server.site.premises.alice());
            RawHttp bob = new RawHttp(server.address, server.site.premises.bob());
            bob.session = alice.session;
            assertThat(bob.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(bob.send("GET", "").statusCode()).isEqualTo(404);
            assertThat(bob.send("DELETE", "").statusCode()).isEqualTo(404);
            assertThat(alice.call(NOTE)).contains("written");
            assertThat(server.site.recorded("decision")).hasSize(1);

            RawHttp nobody = new RawHttp(server.address, server.site.premises.alice());
            nobody.session = "never-begun";
            assertThat(nobody.post("{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whatAClientSaysOfItselfChangesNothing(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder));
                Agent bob = Agent.overHttp(server.address, server.site.premises.bob(), "alice-laptop", tools -> {})) {
            var refused = bob.call("write_note", Map.of("title", "a", "text", "b"));
            assertThat(refused.isError()).isTrue();
            assertThat(server.site.recorded("decision").get(0).get("grant").asText())
                    .isEqualTo("bob-ci");
        }
    }

    @Test
    void overStdioTheOperatorSaysWhoCalls(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = new RawStdio(site, "bob-ci")) {
            client.write(RawHttp.INITIALIZE.replace("\"raw\"", "\"alice-laptop\""));
            client.read();
            client.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            assertThat(client.call(NOTE.replace("}}", "},\"_meta\":{\"grant\":\"alice-laptop\"}}")))
                    .contains(READING);
        }
    }

    @Test
    void whatABrowserOrAReboundNameSendsIsRefused(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp alice = RawHttp.begun(server.address, server.site.premises.alice());
            String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
            assertThat(alice.send("POST", list, "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(alice.send("POST", list, "Origin", server.address).statusCode())
                    .isEqualTo(403);
            assertThat(RawSocket.status(server.address, "rebound.example", server.site.premises.alice()))
                    .isEqualTo("HTTP/1.1 421 ");
            assertThat(RawSocket.status(server.address, "127.0.0.1:1", server.site.premises.alice()))
                    .isEqualTo("HTTP/1.1 400 ");
        }
    }
}
