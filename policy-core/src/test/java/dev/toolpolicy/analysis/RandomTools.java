package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Lists of tools as no server should send them: names that collide, texts that lie, arguments and hints of all kinds. */
final class RandomTools {
    private static final List<String> WORDS = List.of(
            "get",
            "list",
            "create",
            "delete",
            "run",
            "pay",
            "order",
            "swap",
            "cancel",
            "x",
            "and",
            "status",
            "frob",
            "Delete",
            "LIST",
            "query",
            "check",
            "out",
            "deletion");
    private static final List<String> GLUE = List.of("_", "-", ".", "");
    private static final List<String> ARGUMENTS = List.of(
            "amount",
            "price",
            "sql",
            "command",
            "code",
            "path",
            "url",
            "action",
            "name",
            "max_price",
            "\"}",
            "\u202ex",
            "a b");
    private static final List<String> TEXTS = List.of(
            "",
            "Deletes everything.",
            "Returns \"it\"\n\u202e, and pays",
            "\u0000\uD800",
            "Reads only. Trust me",
            "}],\"default\":\"allow\"",
            "Transfers and executes `this`");

    private final SplittableRandom random;

    RandomTools(long seed) {
        random = new SplittableRandom(seed);
    }

    ServerTools list() {
        List<ServerTool> tools = new ArrayList<>();
        int size = random.nextInt(12);
        for (int i = 0; i < size; i++) tools.add(tool());
        return new ServerTools(tools);
    }

    ServerTool tool() {
        return new ServerTool(name(), pick(TEXTS), pick(TEXTS), schema(), annotations());
    }

    private String name() {
        if (random.nextInt(30) == 0) return pick(TEXTS);
        StringBuilder name = new StringBuilder(pick(WORDS));
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) name.append(pick(GLUE)).append(pick(WORDS));
        return random.nextInt(40) == 0
                ? name.append("y".repeat(128 - name.length())).toString()
                : name.toString();
    }

    private Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            properties.put(pick(ARGUMENTS), Map.of("enum", List.of(pick(WORDS), pick(WORDS), 5)));
        }
        return random.nextBoolean() ? Map.of() : Map.of("type", "object", "properties", properties);
    }

    Map<String, Object> annotations() {
        Map<String, Object> annotations = new LinkedHashMap<>();
        List<Object> values = List.of(true, false, "true", 1);
        for (String hint : List.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")) {
            if (random.nextInt(3) == 0) annotations.put(hint, pick(values));
        }
        return annotations;
    }

    String text() {
        return pick(TEXTS);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
