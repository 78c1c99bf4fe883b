package dev.toolpolicy.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Documents that are policies, as JSON values: every key of the grammar, what may be left out now there and now not.
 *
 * <p>They are good by construction: patterns begin with names of their own and so cannot tie, a counter has one meaning and is
 * named once for each call, and what may only let a call through stands where it does.
 */
final class RandomPolicies {
    private static final List<String> RULE_LISTS = List.of("require", "deny_if", "require_approval_if");

    private final RandomGenerator random;
    private final RandomConditions conditions;
    private final List<String> entries = new ArrayList<>();
    private int ids;
    private int counters;

    private RandomPolicies(RandomGenerator random) {
        this.random = random;
        conditions = new RandomConditions(random);
    }

    static Map<String, Object> policy(long seed) {
        return policy(new SplittableRandom(seed));
    }

    static Map<String, Object> policy(RandomGenerator random) {
        return new RandomPolicies(random).policy();
    }

    private Map<String, Object> policy() {
        for (int i = random.nextInt(4); i > 0; i--) entries.add(entry(i));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", "1");
        document.put("default", random.nextBoolean() ? "allow" : "deny");
        maybe(document, "$schema", conditions::text);
        maybe(document, "description", conditions::text);
        maybe(document, "hide", () -> listOf(0, 3, () -> pattern("h")));
        maybe(document, "all_tools", () -> rules(new LinkedHashMap<>(), false));
        maybe(document, "groups", () -> listOf(0, 2, this::group));
        if (!entries.isEmpty() || random.nextBoolean()) document.put("tools", tools());
        return document;
    }

    /** A name or pattern of {@code tools}: no other one begins like it. */
    private String entry(int number) {
        return pattern("t" + number + "_");
    }

    private String pattern(String start) {
        String end = random.nextBoolean() ? "" : "*." + random.nextInt(100) + (random.nextBoolean() ? "-*" : "");
        return start + "create".substring(random.nextInt(6)) + end;
    }

    private Map<String, Object> group() {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("tools", listOf(1, 3, () -> entries.isEmpty() || random.nextBoolean() ? pattern("g") : any(entries)));
        maybe(group, "description", conditions::text);
        return rules(group, false);
    }

    private Map<String, Object> tools() {
        Map<String, Object> tools = new LinkedHashMap<>();
        Map<String, Object> shared = limit(false);
        for (String entry : entries) {
            Map<String, Object> tool = tool();
            boolean open = !"deny".equals(tool.get("action"));
            if (open && random.nextInt(3) == 0) tool.put("rate_limit", rateLimit());
            // Of two entries one governs a call, so they may charge one counter.
            if (open && random.nextInt(3) == 0 && tool.get("limits") instanceof List<?> limits) {
                List<Object> more = new ArrayList<>(limits);
                more.add(copyWithoutId(shared));
                tool.put("limits", more);
            }
            tools.put(entry, tool);
        }
        return tools;
    }

    private static Map<String, Object> copyWithoutId(Map<String, Object> limit) {
        Map<String, Object> copy = new LinkedHashMap<>(limit);
        copy.remove("id");
        return copy;
    }

    private Map<String, Object> tool() {
        Map<String, Object> tool = new LinkedHashMap<>();
        maybe(tool, "description", conditions::text);
        int action = random.nextInt(5);
        if (action == 0) {
            tool.put("action", "deny");
            maybe(tool, "reason", conditions::sayable);
            maybe(tool, "limits", ArrayList::new);
            return tool;
        }
        if (action == 1) tool.put("action", "allow");
        if (action == 2) {
            tool.put("action", "require_approval");
            maybe(tool, "reason", conditions::sayable);
        }
        maybe(tool, "arguments_schema", () -> random.nextInt(4) == 0 ? (Object) random.nextBoolean() : schema());
        return rules(tool, true);
    }

    private Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        maybe(schema, "type", () -> "object");
        maybe(schema, "description", () -> "");
        maybe(schema, "limits", () -> conditions.json(2));
        return schema;
    }

    private Map<String, Object> rules(Map<String, Object> owner, boolean takesAmounts) {
        for (String key : RULE_LISTS) {
            if (random.nextInt(3) == 0) owner.put(key, listOf(0, 2, () -> rule(key)));
        }
        if (random.nextInt(2) == 0) owner.put("limits", listOf(0, 2, () -> limit(takesAmounts)));
        return owner;
    }

    private Map<String, Object> rule(String list) {
        boolean letsThrough = list.equals("require");
        Map<String, Object> rule = new LinkedHashMap<>();
        labels(rule);
        maybe(rule, letsThrough || list.equals("deny_if") ? "on_deny" : "reason", conditions::sayable);
        if (random.nextBoolean()) rule.putAll(conditions.condition(letsThrough, 2));
        else rule.put("conditions", listOf(letsThrough ? 1 : 0, 3, () -> conditions.condition(letsThrough, 2)));
        return rule;
    }

    private void labels(Map<String, Object> owner) {
        maybe(owner, "id", () -> "id-" + ids++);
        maybe(owner, "description", conditions::text);
    }

    private Map<String, Object> limit(boolean takesAmounts) {
        Map<String, Object> limit = window(new LinkedHashMap<>());
        limit.put("counter", conditions.sayable() + "#" + counters++);
        limit.put("scope", scope());
        labels(limit);
        maybe(limit, "decimals", () -> (long) random.nextInt(4));
        if (takesAmounts && random.nextBoolean()) {
            limit.put("amount", "args" + conditions.name() + (random.nextBoolean() ? "[0]" : ""));
            maybe(limit, "amount_if_missing", () -> BigDecimal.valueOf(random.nextInt(1_000), 3));
        }
        maybe(limit, "when", () -> listOf(1, 2, () -> conditions.condition(false, 1)));
        maybe(limit, "on_limit", conditions::sayable);
        return limit;
    }

    private Map<String, Object> rateLimit() {
        Map<String, Object> limit = window(new LinkedHashMap<>());
        maybe(limit, "scope", this::scope);
        return limit;
    }

    private Map<String, Object> window(Map<String, Object> limit) {
        limit.put("window", any(List.of("second", "minute", "hour", "day", 1L, 60L, 61L, 86_400L, 2_678_400L)));
        limit.put("max", (long) random.nextInt(1, 1_000_000));
        return limit;
    }

    private Object scope() {
        return random.nextBoolean() ? any(List.of("grant", "session", "global")) : "identity" + conditions.name();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<Object> listOf(int least, int most, Supplier<T> element) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(least, most + 1); i > 0; i--) list.add(element.get());
        return list;
    }

    private void maybe(Map<String, Object> object, String key, Supplier<?> value) {
        if (random.nextInt(3) == 0) object.put(key, value.get());
    }
}
