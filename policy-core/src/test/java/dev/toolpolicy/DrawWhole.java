package dev.toolpolicy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Draws documents with everything a policy may say: what {@link Draw} draws, limits, approvals and schemas. */
final class DrawWhole {
    private static final List<Object> WINDOWS = List.of("second", "minute", "minute", "hour", "day", 1L, 7L, 60L, 90L);
    private static final List<String> SCOPES = List.of(
            "grant",
            "grant",
            "session",
            "session",
            "global",
            "global",
            "identity.tenant",
            "identity.scopes",
            "identity[\"x y\"]");
    private static final List<String> AMOUNT_PATHS =
            List.of("args.n", "args.n", "args.n", "args[\"n\"]", "args.a", "args.b[1]", "args.c.a");
    private static final List<Object> AMOUNTS = List.of(
            0L,
            1L,
            1L,
            2L,
            3L,
            0.5,
            new BigDecimal("0.01"),
            new BigDecimal("0.004"),
            new BigDecimal("1e-9"),
            new BigDecimal("1.000000001"),
            new BigDecimal("2.50"),
            new BigDecimal("-0.0"),
            new BigDecimal("0.0000000001"),
            -1L,
            "1",
            100L,
            new BigDecimal("1e23"));

    final Draw draw;
    /** Whether there is one counter in all, the same for everybody. */
    final boolean oneCounter;

    private final List<Map<String, Object>> counters = new ArrayList<>();
    private int names;

    DrawWhole(long seed) {
        draw = new Draw(seed);
        oneCounter = draw.chance(15);
        int wanted = oneCounter ? 1 : 2 + draw.below(3);
        while (counters.size() < wanted) {
            Map<String, Object> counter = new LinkedHashMap<>();
            counter.put("counter", draw.chance(90) ? "c" + counters.size() : "c:" + counters.size() + "/1");
            what(counter);
            counters.add(counter);
        }
    }

    private void what(Map<String, Object> counter) {
        Object window = draw.pick(WINDOWS);
        counter.put("window", window);
        counter.put("scope", oneCounter ? "global" : draw.pick(SCOPES));
        counter.remove("decimals");
        boolean tight = window.equals("second") || window.equals(1L) || window.equals(7L);
        if (draw.chance(50)) counter.put("decimals", draw.pick(tight ? List.of(0L, 2L) : List.of(0L, 1L, 2L, 9L)));
        max(counter);
    }

    private void max(Map<String, Object> counter) {
        counter.put("max", draw.chance(85) ? 1L + draw.below(6) : 40L);
    }

    Map<String, Object> document() {
        names = 0;
        Map<String, Object> document = draw.document();
        if (draw.chance(70)) document.remove("hide");
        if (draw.chance(60)) document.put("default", "allow");
        if (!document.containsKey("tools")) document.put("tools", new LinkedHashMap<>());
        Map<String, Object> tools = Reference.object(document, "tools");
        tools.replaceAll((entry, rules) -> tool(Changed.tree(rules)));
        if (document.containsKey("all_tools") || draw.chance(20))
            document.put("all_tools", part(document, "all_tools", 35, false));
        List<Map<String, Object>> groups = Reference.list(document, "groups");
        for (int i = 0; i < groups.size(); i++) groups.set(i, more(groups.get(i), 35, false));
        return draw.shuffled(document);
    }

    private Map<String, Object> part(Map<String, Object> document, String key, int percent, boolean amounts) {
        return more(new LinkedHashMap<>(Reference.object(document, key)), percent, amounts);
    }

    private Map<String, Object> tool(Map<String, Object> rules) {
        if ("deny".equals(rules.get("action"))) return rules;
        Map<String, Object> tool = more(rules, 65, true);
        if (draw.chance(12)) {
            tool.put("action", "require_approval");
            if (draw.chance(50)) tool.put("reason", draw.pick(List.of("a person looks", "really?")));
        }
        if (draw.chance(25)) tool.put("arguments_schema", schema());
        if (!oneCounter && draw.chance(15)) {
            Map<String, Object> rate = new LinkedHashMap<>();
            rate.put("window", draw.pick(WINDOWS));
            if (draw.chance(50)) rate.put("scope", draw.pick(SCOPES));
            max(rate);
            tool.put("rate_limit", draw.shuffled(rate));
        }
        return draw.shuffled(tool);
    }

    /** Most of the rules that deny are left out: what comes after them is to be reached. */
    private Map<String, Object> more(Map<String, Object> rules, int percent, boolean amounts) {
        Map<String, Object> more = new LinkedHashMap<>(rules);
        if (draw.chance(70)) more.remove("require");
        if (draw.chance(60)) more.remove("deny_if");
        if (draw.chance(percent)) {
            List<Integer> which =
                    new ArrayList<>(IntStream.range(0, counters.size()).boxed().toList());
            draw.shuffle(which);
            int wanted = Math.min(which.size(), 1 + draw.below(2));
            more.put(
                    "limits",
                    which.stream()
                            .limit(wanted)
                            .map(i -> limit(counters.get(i), amounts))
                            .toList());
        }
        if (draw.chance(amounts ? 20 : 10)) {
            List<Object> asking = new ArrayList<>();
            for (int i = 1 + draw.below(2); i > 0; i--) asking.add(asking());
            more.put("require_approval_if", asking);
        }
        return draw.shuffled(more);
    }

    private Map<String, Object> limit(Map<String, Object> counter, boolean amounts) {
        Map<String, Object> limit = new LinkedHashMap<>(counter);
        if (amounts && draw.chance(60)) {
            limit.put("amount", draw.pick(AMOUNT_PATHS));
            if (draw.chance(60))
                limit.put("amount_if_missing", draw.pick(List.of(0L, 1L, 0.5, new BigDecimal("0.001"))));
        }
        if (draw.chance(25)) limit.put("when", List.of(draw.condition(1, false)));
        if (draw.chance(15)) limit.put("id", "limit-" + names++);
        if (draw.chance(15)) limit.put("on_limit", "wait");
        return draw.shuffled(limit);
    }

    private Map<String, Object> asking() {
        Map<String, Object> rule = draw.rule("require_approval_if");
        rule.remove("on_deny");
        if (rule.containsKey("id")) rule.put("id", "asks-" + names++);
        if (draw.chance(60)) rule.put("reason", draw.pick(List.of("a person looks", "really?", "over the top")));
        return draw.shuffled(rule);
    }

    private Object schema() {
        if (draw.chance(10)) return draw.chance(70);
        Map<String, Object> schema = new LinkedHashMap<>();
        List<String> names = List.of("a", "b", "c", "n");
        if (draw.chance(30)) schema.put("required", List.of(draw.pick(names)));
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names) {
            Map<String, Object> property = new LinkedHashMap<>();
            if (draw.chance(25)) property.put("type", draw.pick(List.of("string", "integer")));
            if (draw.chance(25)) property.put("maximum", draw.pick(Alphabet.NUMBERS));
            if (draw.chance(60)) properties.put(name, property);
        }
        if (draw.chance(80)) schema.put("properties", properties);
        if (draw.chance(25)) schema.put("additionalProperties", draw.chance(30));
        return schema;
    }

    /** What a reload may bring: the counters of before with another {@code max}, or more that is new. */
    Map<String, Object> reloaded(Map<String, Object> document) {
        for (Map<String, Object> counter : counters) {
            if (draw.chance(60)) max(counter);
            if (draw.chance(10) && !oneCounter) what(counter);
        }
        if (draw.chance(30)) return document();
        Map<String, Object> reloaded = Changed.copy(document);
        if (draw.chance(50)) reloaded = Changed.tree(Changed.shuffled("", reloaded, draw));
        for (Map<String, Object> limit : limits(reloaded)) {
            for (Map<String, Object> counter : counters) {
                if (!counter.get("counter").equals(limit.get("counter"))) continue;
                limit.remove("decimals");
                limit.putAll(counter);
            }
        }
        for (Map<String, Object> entry : tools(reloaded)) {
            if (draw.chance(15)) entry.remove("limits");
            if (draw.chance(15)) entry.remove("require_approval_if");
            if (draw.chance(15)) entry.computeIfPresent("reason", (key, text) -> "another text");
        }
        return reloaded;
    }

    private static List<Map<String, Object>> tools(Map<String, Object> document) {
        return Reference.object(document, "tools").values().stream()
                .map(Changed::tree)
                .toList();
    }

    private static List<Map<String, Object>> limits(Map<String, Object> document) {
        List<Map<String, Object>> parts = new ArrayList<>(tools(document));
        parts.add(Reference.object(document, "all_tools"));
        parts.addAll(Reference.list(document, "groups"));
        return parts.stream()
                .flatMap(part -> Reference.<Map<String, Object>>list(part, "limits").stream())
                .toList();
    }

    /** What the rules and the limits may well be about. */
    Map<String, Object> arguments(List<Map<String, Object>> tests) {
        Map<String, Object> arguments = draw.arguments(tests);
        if (draw.chance(85)) arguments.put("n", amount());
        if (draw.chance(30)) arguments.put("a", amount());
        return arguments;
    }

    Object amount() {
        return draw.pick(AMOUNTS.subList(0, draw.chance(85) ? 13 : AMOUNTS.size()));
    }

    /** The name of a counter that may well have been charged. */
    String counter() {
        return draw.chance(90) ? (String) draw.pick(counters).get("counter") : "none";
    }

    Object window() {
        return draw.pick(WINDOWS);
    }
}
