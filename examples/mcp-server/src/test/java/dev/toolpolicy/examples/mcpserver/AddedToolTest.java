package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.examples.mcpserver.GuardedTools.Offer;
import dev.toolpolicy.examples.mcpserver.demo.Agent;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server's new tools and new policies are under the policy at once, in the list and when they are called. */
class AddedToolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<List<String>> lists = new LinkedBlockingQueue<>();
    private final List<Map<String, ?>> ran = new ArrayList<>();

    @Test
    void isListedAndRunOnlyAsThePolicySays(@TempDir Path folder) throws Exception {
        String rule =
                "\"count_notes\": { \"require\": [ { \"path\": \"args.least\", \"op\": \"gte\", \"value\": 1 } ] },";
        Site site = new Site(folder, Map.of("\"list_notes\":", rule + "\"list_notes\":"));
        try (Site.Http server = new Site.Http(site);
                Agent alice = listening(server)) {
            server.tools.add(offer("delete_notes"));
            server.tools.add(offer("unheard_of"));
            server.tools.add(offer("count_notes"));
            hears(list -> list.contains("count_notes"));
            assertThat(alice.tools()).hasSize(7).contains("count_notes").doesNotContain("delete_notes", "unheard_of");

            assertThat(told(alice.call("count_notes", Map.of("least", 0)))).isEqualTo("args.least must be at least 1");
            assertThat(told(alice.call("count_notes", Map.of("least", 2)))).isEqualTo("count_notes ran");
            assertThat(alice.call("unheard_of", Map.of()).meta()).containsEntry("dev.toolpolicy/code", "NOT_LISTED");
            assertThatThrownBy(() -> alice.call("delete_notes", Map.of()))
                    .isInstanceOf(McpError.class)
                    .hasMessage("Unknown tool: invalid_tool_name");
            assertThat(ran).isEqualTo(List.of(Map.of("least", 2L)));
            assertThat(site.recorded("decision")).hasSize(4);
        }
    }

    @Test
    void whatItThrowsStaysHere(@TempDir Path folder) throws Exception {
        Site site = new Site(folder, Map.of("\"list_notes\":", "\"list_more\": {}, \"list_notes\":"));
        try (Site.Http server = new Site.Http(site)) {
            server.tools.add(new Offer(tool("list_more"), (who, arguments) -> {
                throw McpError.builder(-32000).message("secret").data("secret").build();
            }));
            RawHttp client = RawHttp.begun(server.address, site.premises.alice());
            for (int i = 0; i < 3; i++) {
                assertThat(client.call("{\"name\":\"list_more\"}"))
                        .contains("\"text\":\"the tool failed\"", "\"isError\":true")
                        .doesNotContain("secret");
            }
            assertThat(site.recorded("run"))
                    .hasSize(3)
                    .allMatch(run -> run.get("result").asText().equals("FAILED"));
        }
    }

    @Test
    void aNewPolicyIsInForceAndClientsAreTold(@TempDir Path folder) throws Exception {
        Site site = new Site(folder);
        try (Site.Http server = new Site.Http(site);
                Agent alice = listening(server)) {
            site.edit(Map.of("\"hide\": [\"delete_*\"]", "\"hide\": [\"delete_*\", \"*_note\"]"));
            site.policy.check();
            hears(list -> !list.contains("write_note"));
            assertThat(alice.tools()).containsExactly("list_notes", "list_charges", "create_charge", "refund_charge");
            assertThatThrownBy(() -> alice.call("read_note", Map.of("title", "a")))
                    .isInstanceOf(McpError.class);

            site.edit(Map.of("\"version\"", "\"vers\""));
            site.policy.check();
            assertThat(site.policy.status().upToDate()).isFalse();
            assertThatThrownBy(() -> alice.call("read_note", Map.of("title", "a")))
                    .isInstanceOf(McpError.class);
        }
    }

    /** A client that hears of changes by now: it begins to listen at a time of its own. */
    private Agent listening(Site.Http server) throws InterruptedException {
        Agent agent = Agent.overHttp(
                server.address,
                server.site.premises.alice(),
                "listening",
                tools -> lists.add(tools.stream().map(Tool::name).toList()));
        long until = System.nanoTime() + PATIENCE.toNanos();
        do server.tools.listChanged();
        while (lists.poll(50, TimeUnit.MILLISECONDS) == null && System.nanoTime() < until);
        return agent;
    }

    private void hears(Predicate<List<String>> list) throws InterruptedException {
        List<String> heard;
        do {
            heard = lists.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(heard).as("the client was told").isNotNull();
        } while (!list.test(heard));
    }

    private Offer offer(String name) {
        return new Offer(tool(name), (who, arguments) -> {
            ran.add(arguments);
            return CallToolResult.builder().addTextContent(name + " ran").build();
        });
    }

    private static Tool tool(String name) {
        return Tool.builder(name, Map.of("type", "object")).build();
    }

    private static String told(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }
}
