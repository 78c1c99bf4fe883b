package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server lists is read in each of its forms, and whole or not at all. */
class ServerToolsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"a\"}]",
                "{\"tools\":[{\"name\":\"a\"}]}",
                "{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\"}]}}"
            })
    void aListIsReadInEachOfItsForms(String json) {
        assertThat(ServerTools.parse(json).tools())
                .extracting(ServerTools.ServerTool::name)
                .containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"tools\":[],\"nextCursor\":\"p2\"} # found one page of several",
                "{\"result\":{\"tools\":[],\"nextCursor\":\"p2\"}} # found one page of several",
                "{\"tools\":{}} # found no list of tools",
                "[{\"nam\":\"a\"}] # /tools/0: expected a tool with a `name`",
                "[{\"name\":\"a\"},{\"name\":\"a\"}] # two tools are called `a`",
                "[{\"name\":\"a\",\"name\":\"b\"}] # line 1: ",
                "{ # line 1: "
            })
    void whatIsNoListOrNotAllOfItIsRefused(String json, String why) {
        assertThatThrownBy(() -> ServerTools.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatATextOrASchemaIsNotIsLeftOut() {
        ServerTools tools =
                ServerTools.parse("[{\"name\":\"a\",\"description\":7,\"inputSchema\":true,\"annotations\":[]}]");
        assertThat(tools.find("a")).hasValueSatisfying(tool -> {
            assertThat(tool.description()).isEmpty();
            assertThat(tool.inputSchema()).isEmpty();
            assertThat(tool.annotations()).isEmpty();
        });
    }
}
