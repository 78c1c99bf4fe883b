package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toolpolicy.examples.mcpserver.demo.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only people answer, and each question once. */
class ApprovalDoorTest {
    private static final String REFUND = "{\"name\":\"refund_charge\",\"arguments\":{\"charge\":1}}";

    @Test
    void agentsAreNotLetIn(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder));
                ApprovalDoor door = new ApprovalDoor(server.site.people, server.site.callers, 0)) {
            RawHttp alice = RawHttp.begun(server.address, server.site.premises.alice());
            assertThat(alice.call(REFUND)).contains("NEEDS_APPROVAL");
            JsonNode question = new Person(at(door), server.site.premises.carol())
                    .questions()
                    .get(0);

            for (String token : new String[] {server.site.premises.alice(), "", "wrong"}) {
                Person agent = new Person(at(door), token);
                assertThatThrownBy(agent::questions)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("401");
                assertThatThrownBy(() -> agent.answer(question, "approve")).hasMessageContaining("401");
            }
            assertThat(alice.call(REFUND)).contains("NEEDS_APPROVAL");
        }
    }

    @Test
    void aQuestionIsAnsweredOnce(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder));
                ApprovalDoor door = new ApprovalDoor(server.site.people, server.site.callers, 0)) {
            RawHttp alice = RawHttp.begun(server.address, server.site.premises.alice());
            alice.call(REFUND);
            Person carol = new Person(at(door), server.site.premises.carol());
            JsonNode question = carol.questions().get(0);
            assertThatThrownBy(() -> carol.answer(question, "perhaps")).hasMessageContaining("404");
            carol.answer(question, "reject");
            assertThatThrownBy(() -> carol.answer(question, "approve"))
                    .hasMessageContaining("409")
                    .hasMessageContaining("answered already");
            assertThat(carol.questions()).isEmpty();
            JsonNode unknown = Site.JSON.readTree("{\"id\":\"never-asked\"}");
            assertThatThrownBy(() -> carol.answer(unknown, "approve")).hasMessageContaining("404");
            assertThat(alice.call(REFUND)).contains("APPROVAL_REJECTED");
        }
    }

    @Test
    @Timeout(60)
    void whoeverSendsHalfARequestHoldsUpNobody(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder));
                ApprovalDoor door = new ApprovalDoor(server.site.people, server.site.callers, 0);
                Socket half = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            half.getOutputStream().write("GET /questions".getBytes(StandardCharsets.US_ASCII));
            half.getOutputStream().flush();
            Person carol = new Person(at(door), server.site.premises.carol());
            for (int i = 0; i < 5; i++) {
                assertThat(carol.questions()).isEmpty();
            }
        }
    }

    private static String at(ApprovalDoor door) {
        return "http://127.0.0.1:" + door.port() + "/questions";
    }
}
