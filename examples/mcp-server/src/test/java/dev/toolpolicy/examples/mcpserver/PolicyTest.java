package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policy and the tools that it governs belong together. */
class PolicyTest {
    private static final Path POLICY = Path.of("src/main/resources/policy.json");

    /** The SDK does not look at arguments here, so a tool without a schema in the policy would get whatever is sent. */
    @Test
    void everyToolThatMayRunHasTheSchemaThatItTellsClients() throws IOException {
        JsonNode policy = Site.JSON.readTree(Files.readString(POLICY)).get("tools");
        List<String> named = new ArrayList<>();
        for (Tool tool : Toolbox.described(new StrictJson())) {
            if (tool.name().startsWith("delete_")) continue;
            named.add(tool.name());
            assertThat(policy.at("/" + tool.name() + "/arguments_schema").toString())
                    .as(tool.name())
                    .isEqualTo(Site.JSON
                            .readTree(Site.JSON.writeValueAsString(tool.inputSchema()))
                            .toString());
        }
        assertThat(policy.fieldNames()).toIterable().containsExactlyElementsOf(named);
    }
}
