package dev.toolpolicy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws documents and calls as trees. What is drawn is a policy, but for two names that may not stand side by side. */
final class Draw {
    private final RandomGenerator random;
    private int ids;

    Draw(long seed) {
        this(new SplittableRandom(seed));
    }

    Draw(RandomGenerator random) {
        this.random = random;
    }

    /** A document; its keys stand in any order. */
    Map<String, Object> document() {
        ids = 0;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", "1");
        document.put("default", chance(60) ? "allow" : "deny");
        if (chance(30)) document.put("hide", distinct(1 + below(2), this::name));
        if (chance(90)) {
            Map<String, Object> tools = new LinkedHashMap<>();
            for (int i = below(5); i > 0; i--) tools.put(name(), tool());
            document.put("tools", tools);
        }
        if (chance(25)) document.put("all_tools", rules(30));
        if (chance(30)) {
            List<Object> groups = new ArrayList<>();
            for (int i = 1 + below(2); i > 0; i--) {
                Map<String, Object> group = rules(30);
                group.put("tools", distinct(1 + below(3), this::name));
                groups.add(shuffled(group));
            }
            document.put("groups", groups);
        }
        return shuffled(document);
    }

    /** The same members in another order. */
    Map<String, Object> shuffled(Map<String, Object> object) {
        List<String> keys = new ArrayList<>(object.keySet());
        shuffle(keys);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        for (String key : keys) shuffled.put(key, object.get(key));
        return shuffled;
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, new Random(random.nextLong()));
    }

    private String name() {
        return pick(chance(60) ? Alphabet.TOOLS : Alphabet.TOOL_PATTERNS);
    }

    private Map<String, Object> tool() {
        if (chance(12)) return new LinkedHashMap<>(Map.of("action", "deny"));
        Map<String, Object> tool = rules(40);
        if (chance(10)) tool.put("action", "allow");
        return shuffled(tool);
    }

    private Map<String, Object> rules(int percent) {
        Map<String, Object> rules = new LinkedHashMap<>();
        for (String list : List.of("require", "deny_if")) {
            List<Object> written = new ArrayList<>();
            while (written.size() < 3 && chance(percent)) written.add(rule(list));
            if (!written.isEmpty() || chance(5)) rules.put(list, written);
        }
        return shuffled(rules);
    }

    /** A rule of {@code require} or {@code deny_if}. */
    Map<String, Object> rule(String list) {
        boolean lets = list.equals("require");
        Map<String, Object> rule = new LinkedHashMap<>();
        if (chance(50)) rule.putAll(condition(2, lets));
        else {
            List<Object> conditions = new ArrayList<>();
            int wanted = lets ? 1 + below(2) : 1 + below(3);
            while (conditions.size() < wanted) conditions.add(condition(2, lets));
            if (!lets && chance(3)) conditions.clear();
            rule.put("conditions", conditions);
        }
        if (chance(20)) rule.put("id", "id-" + ids++);
        if (chance(20)) rule.put("on_deny", "no");
        return shuffled(rule);
    }

    /** A condition; {@code lets}: whether its match lets the call through. */
    Map<String, Object> condition(int depth, boolean lets) {
        if (depth == 0 || chance(70)) return test(lets);
        if (chance(40)) return new LinkedHashMap<>(Map.of("not", condition(depth - 1, !lets)));
        List<Object> conditions = new ArrayList<>();
        for (int i = 1 + below(3); i > 0; i--) conditions.add(condition(depth - 1, lets));
        return new LinkedHashMap<>(Map.of(chance(50) ? "any_of" : "all_of", conditions));
    }

    private Map<String, Object> test(boolean lets) {
        String op = pick(Alphabet.OPERATORS);
        boolean allowListOnly = op.equals("path_within") || op.equals("host_in");
        if (allowListOnly && !lets) return new LinkedHashMap<>(Map.of("not", test("path_within", true)));
        return test(op, lets);
    }

    private Map<String, Object> test(String op, boolean lets) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("path", chance(80) ? pick(Alphabet.PATHS) : pick(Alphabet.PATHS_TO_MANY));
        test.put("op", op);
        if (Alphabet.COMPARING.contains(op) && chance(15)) test.put("value_from", pick(Alphabet.PATHS));
        else test.put("value", operand(op));
        if (!op.equals("exists") && chance(20)) test.put("if_missing", chance(lets ? 60 : 40));
        return shuffled(test);
    }

    private Object operand(String op) {
        return switch (op) {
            case "eq", "neq", "contains" -> chance(10) ? null : chance(70) ? pick(Alphabet.TEXTS) : value(2);
            case "in", "not_in" -> {
                List<Object> list = new ArrayList<>();
                for (int i = 1 + below(4); i > 0; i--) list.add(chance(60) ? pick(Alphabet.TEXTS) : value(1));
                yield list;
            }
            case "lt", "lte", "gt", "gte" -> pick(Alphabet.NUMBERS);
            case "regex", "matches" -> pick(Alphabet.EXPRESSIONS);
            case "starts_with", "ends_with" -> pick(Alphabet.TEXTS);
            case "exists" -> chance(60);
            case "is" -> pick(Alphabet.TYPES);
            case "path_within" ->
                chance(40) ? pick(Alphabet.ROOTS) : distinct(1 + below(3), () -> pick(Alphabet.ROOTS));
            default -> distinct(1 + below(3), () -> pick(Alphabet.HOSTS));
        };
    }

    /** Any value at most so deep. */
    Object value(int depth) {
        int sort = below(depth == 0 ? 7 : 10);
        if (sort < 4) return pick(Alphabet.TEXTS);
        if (sort < 6) return pick(Alphabet.NUMBERS);
        if (sort == 6) return pick(Alphabet.SCALARS);
        if (sort == 7) return object(depth - 1);
        List<Object> list = new ArrayList<>();
        for (int i = below(4); i > 0; i--) list.add(value(depth - 1));
        return list;
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = below(3); i > 0; i--) object.put(pick(Alphabet.KEYS), value(depth));
        return object;
    }

    /** Arguments of which some may well be what these tests are about. */
    Map<String, Object> arguments(List<Map<String, Object>> tests) {
        Map<String, Object> args = new LinkedHashMap<>();
        for (String key : Alphabet.KEYS) if (chance(50)) args.put(key, value(3));
        for (int i = tests.isEmpty() ? 0 : below(5); i > 0; i--) aim(args, pick(tests));
        return args;
    }

    /** A grant, perhaps a session, and attributes. */
    Map<String, Object> who() {
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("grant", chance(2) ? "nobody" : pick(List.of("x", "acme", "read")));
        if (chance(60)) who.put("session", pick(List.of("x", "s-1", "10")));
        if (chance(75)) who.put("tenant", pick(List.of("acme", "x", "Acme", "xy")));
        if (chance(60)) who.put("scopes", distinct(below(3), () -> pick(List.of("x", "read", "xy", "X"))));
        if (chance(30)) who.put("x y", "acme");
        return who;
    }

    /** A tool that one of the entries may well be about. */
    String toolFor(Map<String, Object> document) {
        if (chance(1)) return pick(Alphabet.MALFORMED_TOOLS);
        List<String> entries =
                new ArrayList<>(Reference.object(document, "tools").keySet());
        if (entries.isEmpty() || chance(35)) return pick(Alphabet.TOOLS);
        String name = pick(entries).replace("*", pick(List.of("", "x", "_", "file", "ad_f")));
        if (chance(10)) name = name.replace('_', pick(List.of('.', '-', '_')));
        return name.isEmpty() ? "x" : name;
    }

    /** Puts something where a test looks that the test may well be content with. */
    private void aim(Map<String, Object> args, Map<String, Object> test) {
        String path = (String) test.get("path");
        Object value = content((String) test.get("op"), test.get("value"));
        if (path.endsWith("[*]")) value = new ArrayList<>(Collections.nCopies(1 + below(2), value));
        else if (path.endsWith("[0]")) value = new ArrayList<>(List.of(value == null ? "x" : value));
        else if (path.endsWith(".b")) value = new LinkedHashMap<>(Collections.singletonMap("b", value));
        if (path.endsWith("[*].b")) value = new ArrayList<>(List.of(value));
        if (path.startsWith("args[\"x y\"]")) args.put("x y", value);
        else if (path.startsWith("args.")) args.put(path.substring(5, 6), value);
    }

    private Object content(String op, Object operand) {
        return switch (op) {
            case "eq" -> operand == null && chance(50) ? "acme" : operand;
            case "neq" -> operand instanceof Number ? pick(Alphabet.NUMBERS) : pick(Alphabet.TEXTS);
            case "in" -> operand instanceof List<?> list ? pick(list) : "x";
            case "not_in" -> pick(Alphabet.TEXTS);
            case "lt", "lte", "gt", "gte" -> pick(Alphabet.NUMBERS);
            case "contains" -> chance(50) ? new ArrayList<>(Collections.singletonList(operand)) : operand;
            case "starts_with", "ends_with" -> operand == null ? "x" : operand;
            case "path_within" ->
                chance(40) ? pick(Alphabet.FILE_PATHS) : caseOfFirst(one(operand)) + pick(Alphabet.PATH_TAILS);
            case "host_in" -> chance(40) ? pick(Alphabet.URLS) : url(one(operand)) + pick(Alphabet.URL_TAILS);
            case "is" -> typical((String) operand);
            default -> pick(Alphabet.TEXTS);
        };
    }

    private String one(Object operand) {
        return (String) (operand instanceof List<?> list ? pick(list) : operand);
    }

    /** The same, or with the other case of a drive's letter. */
    private String caseOfFirst(String root) {
        if (root.startsWith("i")) return root.replace("i:", pick(List.of("i:", "I:")));
        return root.replace("C:", pick(List.of("c:", "C:")));
    }

    private String url(String pattern) {
        String host = pattern.replace("*", pick(List.of("b", "c.b", "B")));
        return host.contains("://") ? host : pick(List.of("https://", "https://", "HTTPS://", "http://")) + host;
    }

    private Object typical(String type) {
        return switch (type) {
            case "number", "integer" -> pick(Alphabet.NUMBERS);
            case "boolean" -> true;
            case "object" -> object(1);
            case "array" -> new ArrayList<>(List.of("x"));
            case "null" -> null;
            default -> pick(Alphabet.TEXTS);
        };
    }

    private <T> List<T> distinct(int wanted, Supplier<T> drawn) {
        List<T> distinct = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            T one = drawn.get();
            if (!distinct.contains(one)) distinct.add(one);
        }
        return distinct;
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }
}
