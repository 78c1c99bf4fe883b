package dev.toolpolicy.examples.mcpserver;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Identity;
import dev.toolpolicy.examples.mcpserver.GuardedTools.Offer;
import dev.toolpolicy.examples.mcpserver.GuardedTools.Work;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of this server, as {@code tools.json} describes them, over the store. What they are given was judged before. */
final class Toolbox {
    private final Store store;

    private Toolbox(Store store) {
        this.store = store;
    }

    static List<Offer> over(Store store, McpJsonMapper json) throws IOException {
        Map<String, Work> works = new Toolbox(store).works();
        return described(json).stream()
                .map(tool -> new Offer(
                        tool,
                        requireNonNull(works.get(tool.name()), () -> tool.name() + " is described, and does nothing")))
                .toList();
    }

    static List<Tool> described(McpJsonMapper json) throws IOException {
        try (InputStream file = requireNonNull(Toolbox.class.getResourceAsStream("/tools.json"))) {
            return json.readValue(file.readAllBytes(), new TypeRef<List<Tool>>() {});
        }
    }

    private Map<String, Work> works() {
        return Map.of(
                "list_notes", (who, arguments) -> lines(store.titles()),
                "read_note", (who, arguments) -> read(text(arguments, "title")),
                "write_note", this::write,
                "delete_note", (who, arguments) -> delete(text(arguments, "title")),
                "list_charges", (who, arguments) -> lines(store.charges()),
                "create_charge", (who, arguments) -> charge(arguments),
                "refund_charge", (who, arguments) -> refund(number(arguments, "charge")));
    }

    private CallToolResult read(String title) throws SQLException {
        return store.note(title).map(Toolbox::done).orElseGet(() -> failed("there is no note of that title"));
    }

    private CallToolResult write(Identity who, Map<String, @Nullable Object> arguments) throws SQLException {
        store.write(text(arguments, "title"), text(arguments, "text"), who.grant());
        return done("written");
    }

    private CallToolResult delete(String title) throws SQLException {
        return store.delete(title) ? done("deleted") : failed("there is no note of that title");
    }

    private CallToolResult charge(Map<String, @Nullable Object> arguments) throws SQLException {
        long id = store.charge(text(arguments, "customer"), number(arguments, "amount"), text(arguments, "currency"));
        return done("charge " + id);
    }

    private CallToolResult refund(BigDecimal charge) throws SQLException {
        return store.refund(charge.longValueExact()) ? done("refunded") : failed("there is no such charge to refund");
    }

    private static String text(Map<String, @Nullable Object> arguments, String name) {
        return (String) requireNonNull(arguments.get(name), name);
    }

    private static BigDecimal number(Map<String, @Nullable Object> arguments, String name) {
        // A Long, a BigInteger or a BigDecimal: exact, whichever it is.
        return new BigDecimal(((Number) requireNonNull(arguments.get(name), name)).toString());
    }

    private static CallToolResult lines(List<String> lines) {
        return done(lines.isEmpty() ? "none" : String.join("\n", lines));
    }

    private static CallToolResult done(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static CallToolResult failed(String text) {
        return CallToolResult.builder().addTextContent(text).isError(true).build();
    }
}
