package dev.toolpolicy.analysis;

import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Draws small policies of so few names, paths and values that rules often cover or contradict each other, and calls of them. */
final class RandomLint {
    private static final List<String> NAMES = List.of("a", "ab", "ab_c", "b", "AB");
    private static final List<String> PATTERNS = List.of("*", "a*", "*b", "a*c", "ab*");
    private static final List<String> PATHS = List.of(
            "args.n",
            "args.n",
            "args.n",
            "args.s",
            "args.s",
            "args.l[*]",
            "args.n.m",
            "args",
            "tool",
            "identity.tenant",
            "identity.session",
            "args.l[*].k",
            "args[0]");
    private static final List<Object> NUMBERS = List.of(1L, 2L, 5L, new BigDecimal("1.5"));
    private static final List<String> TEXTS = List.of("", "x", "xy", "y");

    private final SplittableRandom random;
    private final Map<String, Map<String, Object>> counters = new HashMap<>();

    RandomLint(long seed) {
        random = new SplittableRandom(seed);
    }

    Map<String, Object> document() {
        counters.clear();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", "1");
        document.put("default", chance(30) ? "allow" : "deny");
        if (chance(40)) document.put("hide", distinct(1 + below(3), this::name));
        if (chance(40)) document.put("all_tools", rules(false));
        if (chance(40)) {
            List<Object> groups = new ArrayList<>();
            for (int i = 1 + below(2); i > 0; i--) {
                Map<String, Object> group = new LinkedHashMap<>();
                group.put("tools", distinct(1 + below(3), this::name));
                group.putAll(rules(false));
                groups.add(group);
            }
            document.put("groups", groups);
        }
        Map<String, Object> tools = new LinkedHashMap<>();
        for (int i = 1 + below(3); i > 0; i--) tools.put(name(), entry());
        document.put("tools", tools);
        return document;
    }

    private Map<String, Object> entry() {
        if (chance(12)) return new LinkedHashMap<>(Map.of("action", "deny"));
        Map<String, Object> entry = rules(true);
        if (chance(8)) entry.put("action", "require_approval");
        if (chance(15))
            entry.put(
                    "rate_limit", new LinkedHashMap<>(Map.of("max", 1L + below(3), "window", pick(List.of(10L, 20L)))));
        return entry;
    }

    private Map<String, Object> rules(boolean entry) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (String list : List.of("require", "deny_if", "require_approval_if")) {
            List<Object> written = new ArrayList<>();
            while (written.size() < 3 && chance(list.equals("require_approval_if") ? 20 : 30)) written.add(rule(list));
            if (!written.isEmpty()) rules.put(list, written);
        }
        List<Object> limits = new ArrayList<>();
        while (limits.size() < 2 && chance(25)) limits.add(limit(entry));
        if (!limits.isEmpty()) rules.put("limits", limits);
        return rules;
    }

    private Map<String, Object> limit(boolean entry) {
        Map<String, Object> limit = new LinkedHashMap<>();
        // Limits that name one counter must agree on it.
        limit.putAll(counters.computeIfAbsent(pick(List.of("c", "d", "e", "f")), this::counter));
        boolean counted = limit.remove("amount") != null;
        if (counted && entry) {
            limit.put("amount", "args.n");
            if (chance(50)) limit.put("amount_if_missing", 1L);
        }
        if (chance(20)) limit.put("when", List.of(condition(1, false)));
        return limit;
    }

    private Map<String, Object> counter(String name) {
        Map<String, Object> counter = new LinkedHashMap<>();
        counter.put("counter", name);
        counter.put("window", pick(List.of(10L, 20L, 30L)));
        counter.put("max", 1L + below(4));
        counter.put("scope", pick(List.of("grant", "grant", "session", "global", "identity.tenant")));
        if (chance(25)) counter.put("amount", true);
        if (chance(10)) counter.put("decimals", 1L);
        return counter;
    }

    private Map<String, Object> rule(String list) {
        boolean lets = list.equals("require");
        Map<String, Object> rule = new LinkedHashMap<>();
        if (chance(50)) rule.putAll(condition(2, lets));
        else {
            List<Object> conditions = new ArrayList<>();
            for (int i = 1 + below(2); i > 0; i--) conditions.add(condition(1, lets));
            if (!lets && chance(8)) conditions.clear();
            rule.put("conditions", conditions);
        }
        if (chance(15))
            rule.put(list.equals("require_approval_if") ? "reason" : "on_deny", pick(List.of("no", "never")));
        return rule;
    }

    private Map<String, Object> condition(int depth, boolean lets) {
        if (depth == 0 || chance(65)) return test();
        if (chance(40)) return new LinkedHashMap<>(Map.of("not", condition(depth - 1, !lets)));
        List<Object> parts = new ArrayList<>();
        for (int i = 1 + below(3); i > 0; i--) parts.add(condition(depth - 1, lets));
        return new LinkedHashMap<>(Map.of(chance(50) ? "any_of" : "all_of", parts));
    }

    private Map<String, Object> test() {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("path", pick(PATHS));
        String op = pick(List.of(
                "eq",
                "neq",
                "in",
                "not_in",
                "lt",
                "lte",
                "gt",
                "gte",
                "gt",
                "lt",
                "contains",
                "starts_with",
                "ends_with",
                "exists",
                "exists",
                "is",
                "matches",
                "regex"));
        test.put("op", op);
        if (chance(8) && !List.of("exists", "is", "matches", "regex").contains(op)) test.put("value_from", "args.s");
        else test.put("value", operand(op));
        if (!op.equals("exists") && chance(30)) test.put("if_missing", chance(50));
        return test;
    }

    private Object operand(String op) {
        return switch (op) {
            case "in", "not_in" -> distinct(1 + below(3), this::value);
            case "lt", "lte", "gt", "gte" -> pick(NUMBERS);
            case "starts_with", "ends_with" -> pick(TEXTS);
            case "exists" -> chance(60);
            case "is" -> pick(List.of("string", "number", "integer", "boolean", "object", "array", "null"));
            case "matches", "regex" -> pick(List.of("x.*", ".*", "", "^xy$", "(?i)X"));
            default -> value();
        };
    }

    private Object value() {
        return switch (below(8)) {
            case 0 -> chance(50);
            case 1 -> null;
            case 2, 3, 4 -> pick(NUMBERS);
            default -> pick(TEXTS);
        };
    }

    Identity who() {
        Identity who = Identity.of(pick(List.of("g", "h")));
        if (chance(50)) who = who.withSession(pick(List.of("s", "t")));
        if (chance(20)) return who.with("tenant", List.of("x", "y"));
        return chance(80) ? who.with("tenant", pick(List.of("x", "xy"))) : who;
    }

    ToolCall call() {
        Map<String, Object> args = new LinkedHashMap<>();
        if (chance(80))
            args.put("n", chance(60) ? pick(List.of(0L, 1L, new BigDecimal("1.5"), 2L, 3L, 5L, 6L)) : any(2));
        if (chance(80)) args.put("s", chance(70) ? pick(List.of("", "x", "xy", "y", "zy", "x\ny", "1")) : any(2));
        if (chance(70)) args.put("l", chance(80) ? list() : any(1));
        return ToolCall.of(who(), pick(List.of("a", "ab", "ab_c", "b", "AB", "A", "ab.c", "abc", "axc", "xb")), args);
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        for (int i = below(3); i > 0; i--) list.add(any(1));
        return list;
    }

    private Object any(int depth) {
        int sort = below(depth == 0 ? 6 : 9);
        if (sort < 2) return pick(NUMBERS);
        if (sort < 4) return pick(List.of("x", "xy", "y", "", "zz"));
        if (sort == 4) return chance(50);
        if (sort == 5) return null;
        if (sort == 6) return list();
        Map<String, Object> object = new LinkedHashMap<>();
        if (chance(60)) object.put(sort == 7 ? "m" : "k", any(depth - 1));
        return object;
    }

    private String name() {
        return pick(chance(50) ? NAMES : PATTERNS);
    }

    private <T> List<T> distinct(int wanted, Supplier<T> drawn) {
        LinkedHashSet<T> distinct = new LinkedHashSet<>();
        for (int i = 0; i < wanted; i++) distinct.add(drawn.get());
        return new ArrayList<>(distinct);
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean chance(int percent) {
        return below(100) < percent;
    }
}
