package dev.toolpolicy.examples.gateway.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerMessageTest {
    private static ServerMessage glance(String message) {
        return ServerMessage.glance(message.getBytes(UTF_8)).orElseThrow();
    }

    @Test
    void anAnswer() {
        assertThat(glance("{\"id\":7.0,\"result\":{\"x\":[{\"tools\":[]}],\"tools\":{}}}"))
                .isEqualTo(new ServerMessage(List.of(7L), true, false, false, false));
        assertThat(glance("{\"id\":\"7\",\"result\":{\"isError\":true}}").failed())
                .isTrue();
        assertThat(glance("{\"id\":1,\"result\":{\"isError\":false}}").failed()).isFalse();
        assertThat(glance("{\"error\":{\"code\":1},\"id\":null}"))
                .isEqualTo(new ServerMessage(List.of(), true, true, false, false));
        assertThat(glance("{\"id\":123456789012345678901234567890,\"result\":{}}")
                        .id())
                .contains(new BigInteger("123456789012345678901234567890"));
    }

    @Test
    void aRequestOfTheServers() {
        ServerMessage ping = glance("{\"id\":1,\"method\":\"ping\",\"params\":{\"tools\":[]}}");
        assertThat(ping.answers()).isFalse();
        assertThat(ping.id()).isEmpty();
        assertThat(ping.hasTools()).isFalse();
    }

    @Test
    void aListIsSeenHoweverItIsWritten() {
        assertThat(glance("{\"result\":{\"tools\":[]},\"id\":1}").hasTools()).isTrue();
        assertThat(glance("{\"result\":{\"\\u0074ools\":[{}]},\"id\":1}").hasTools())
                .isTrue();
        assertThat(glance("{\"result\":{\"tools\":[1]},\"result\":{},\"id\":1}").hasTools())
                .isTrue();
        assertThat(glance("{\"result\":{\"tools\":[],\"tools\":1},\"id\":1,\"id\":2}")
                        .ids())
                .containsExactly(1L, 2L);
        assertThat(glance("{\"result\":{\"tools\":[],\"x\":NaN,\"y\":\"\t\"},\"id\":1}")
                        .hasTools())
                .isTrue();
    }

    @Test
    void anIdThatIsNoNumberIsNone() {
        for (String id : List.of("NaN", "Infinity", "-Infinity", "1e9999", "null", "{}", "[1]"))
            assertThat(glance("{\"id\":" + id + ",\"result\":{}}").ids()).as(id).isEmpty();
    }

    @Test
    void aListIsAnAnswerThoughItNamesAMethod() {
        ServerMessage both = glance("{\"id\":1,\"method\":\"x\",\"result\":{\"tools\":[{}]}}");
        assertThat(both.answers()).isTrue();
        assertThat(both.hasTools()).isTrue();
    }

    @Test
    void whatTellsOfChanges() {
        String asked =
                "{\"id\":1,\"result\":{\"capabilities\":{\"prompts\":{\"listChanged\":true},\"tools\":{\"x\":{\"y\":1},"
                        + "\"listChanged\":%s}}}}";
        assertThat(glance(asked.formatted("true")).offersListChanges()).isTrue();
        assertThat(glance(asked.formatted("false")).offersListChanges()).isFalse();
    }

    @Test
    void whatIsNoObjectIsNone() {
        for (String text : List.of("", "[]", "1", "{", "{}{}", "{\"a\":}", "hello", "{\"result\":{\"tools\":[}")) {
            assertThat(ServerMessage.glance(text.getBytes(UTF_8))).as(text).isEqualTo(Optional.empty());
        }
    }

    @Test
    void deepAndLongIsSeenToo() {
        String deep = "{\"id\":1,\"result\":{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + ",\"b\":\""
                + "x".repeat(21 << 20) + "\",\"tools\":[]}}";
        assertThat(glance(deep).hasTools()).isTrue();
    }
}
