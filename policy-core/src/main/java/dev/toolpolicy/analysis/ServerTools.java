package dev.toolpolicy.analysis;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tools of an MCP server, as it lists them. All of it is the server's word: texts of others, which nobody has checked.
 *
 * @param tools in the order of the list
 */
public record ServerTools(List<ServerTool> tools) {
    /** The most bytes that a list may have: 16 MiB. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    public ServerTools {
        tools = List.copyOf(tools);
    }

    /**
     * Reads what a server answers to {@code tools/list}: the whole answer, its {@code result}, or the list of tools alone.
     *
     * @throws IllegalArgumentException if it is none of these; the message says what is wrong
     */
    public static ServerTools parse(String json) {
        JsonText text = JsonText.read(requireNonNull(json, "json"), MAX_BYTES);
        if (!text.sound()) {
            JsonText.Fault fault = text.faults().get(0);
            int line = text.lines().line(fault.offset());
            throw new IllegalArgumentException("line " + line + ": " + fault.message() + "; " + fault.hint());
        }
        List<ServerTool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object element : list(text.value())) {
            ServerTool tool = tool(element, "/tools/" + tools.size());
            if (!names.add(tool.name())) {
                throw new IllegalArgumentException("two tools are called `" + Json.shown(tool.name()) + "`");
            }
            tools.add(tool);
        }
        return new ServerTools(tools);
    }

    private static List<?> list(@Nullable Object json) {
        if (json instanceof List<?> list) return list;
        Object members =
                json instanceof Map<?, ?> answer && answer.get("result") instanceof Map<?, ?> result ? result : json;
        if (members instanceof Map<?, ?> page && page.get("nextCursor") != null) {
            throw new IllegalArgumentException(
                    "found one page of several, for it has a `nextCursor`: write the tools of all pages into one list");
        }
        if (members instanceof Map<?, ?> object && object.get("tools") instanceof List<?> list) return list;
        throw new IllegalArgumentException(
                "found no list of tools, expected what a server answers to `tools/list`: `{ \"tools\": [ … ] }`");
    }

    private static ServerTool tool(@Nullable Object json, String at) {
        if (!(json instanceof Map<?, ?> object)) throw new IllegalArgumentException(at + ": expected a tool");
        if (!(object.get("name") instanceof String name)) {
            throw new IllegalArgumentException(at + ": expected a tool with a `name`");
        }
        return new ServerTool(
                name,
                text(object.get("title")),
                text(object.get("description")),
                members(object.get("inputSchema")),
                members(object.get("annotations")));
    }

    private static String text(@Nullable Object json) {
        return json instanceof String text ? text : "";
    }

    private static Map<String, Object> members(@Nullable Object json) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> object) object.forEach((key, value) -> members.put((String) key, value));
        return members;
    }

    /** The tool of that name. */
    public Optional<ServerTool> find(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /**
     * One tool.
     *
     * @param title what people call it, or {@code ""}
     * @param description what the server says of it, or {@code ""}
     * @param inputSchema the JSON Schema of its arguments; empty if there is none
     * @param annotations what the server hints at; empty if it does not
     */
    public record ServerTool(
            String name,
            String title,
            String description,
            Map<String, Object> inputSchema,
            Map<String, Object> annotations) {
        public ServerTool {
            requireNonNull(name, "name");
            requireNonNull(title, "title");
            requireNonNull(description, "description");
            // JSON's null is a value, which Map.copyOf refuses.
            inputSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inputSchema));
            annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        }
    }
}
