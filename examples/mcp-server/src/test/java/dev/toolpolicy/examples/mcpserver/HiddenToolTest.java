package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hidden tool cannot be told from one that never was. */
class HiddenToolTest {
    /** Parameters of a call, right and wrong; the tool's name comes first in each. */
    private static final String[] REST = {
        "}",
        ",\"arguments\":{}}",
        ",\"arguments\":null}",
        ",\"arguments\":{\"title\":\"a\"}}",
        ",\"arguments\":{\"title\":7,\"more\":[{}]}}",
        ",\"arguments\":{\"title\":1e400}}",
        ",\"arguments\":\"a\"}",
        ",\"arguments\":[1]}",
        ",\"arguments\":{},\"_meta\":7}",
        ",\"arguments\":{},\"_meta\":{\"progressToken\":1}}",
    };

    @Test
    void overHttpAHiddenToolAnswersAsAnUnknownOne(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp client = RawHttp.begun(server.address, server.site.premises.alice());
            for (String rest : REST) compare(client::call, rest);
            assertThat(server.site.recorded("decision")).hasSize(REST.length);
        }
    }

    @Test
    void isRefusedAsReliablyAsAnyOther(@TempDir Path folder) throws Exception {
        try (Site.Http server = new Site.Http(new Site(folder))) {
            RawHttp client = RawHttp.begun(server.address, server.site.premises.alice());
            // Where an error was thrown on a thread of the SDK's, one connection in twenty was cut.
            for (int i = 0; i < 250; i++)
                assertThat(client.call("{\"name\":\"delete_note\"}")).contains("-32602");
        }
    }

    @Test
    void overStdioAHiddenToolAnswersAsAnUnknownOne(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                RawStdio client = RawStdio.begun(site, "alice-laptop")) {
            for (String rest : REST) compare(client::call, rest);
            assertThat(site.recorded("decision")).hasSize(REST.length);
        }
    }

    private static void compare(Call call, String rest) throws Exception {
        String hidden = call.of("{\"name\":\"delete_note\"" + rest);
        String unknown = call.of("{\"name\":\"never_there\"" + rest);
        assertThat(hidden).contains("-32602").doesNotContain("dev.toolpolicy");
        assertThat(hidden.replace("delete_note", "never_there")).as(rest).isEqualTo(unknown);
    }

    @FunctionalInterface
    private interface Call {
        String of(String params) throws Exception;
    }
}
