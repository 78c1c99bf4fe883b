package dev.toolpolicy;

import dev.toolpolicy.Reference.Call;
import dev.toolpolicy.Reference.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Conditions for the reference evaluator: SPEC §2, save what the operators say of one value. */
final class NaiveConditions {
    /** The step to every element. */
    private static final Object EVERY = new Object();

    /** Paths that were read before, for speed. */
    private static final Map<String, List<Object>> READ = new ConcurrentHashMap<>();

    private NaiveConditions() {}

    /** What the conditions of a rule say together. */
    static Said rule(Map<String, Object> rule, Call call, boolean matchLetsThrough) {
        if (!rule.containsKey("conditions")) return says(rule, call, matchLetsThrough);
        return all(each(Reference.list(rule, "conditions"), c -> says(tree(c), call, matchLetsThrough)));
    }

    static Said says(Map<String, Object> condition, Call call, boolean lets) {
        if (condition.containsKey("all_of"))
            return all(each(Reference.list(condition, "all_of"), c -> says(tree(c), call, lets)));
        if (condition.containsKey("any_of"))
            return any(each(Reference.list(condition, "any_of"), c -> says(tree(c), call, lets)));
        if (condition.containsKey("not")) return not(says(Reference.object(condition, "not"), call, !lets));
        List<Object> steps = READ.computeIfAbsent((String) condition.get("path"), NaiveConditions::steps);
        return at(world(call), steps, condition, call, lets);
    }

    static Said not(Said said) {
        if (said == Said.TRUE) return Said.FALSE;
        return said == Said.FALSE ? Said.TRUE : said;
    }

    static Said all(List<Said> said) {
        for (Said first : List.of(Said.FALSE, Said.UNDECIDABLE, Said.MISSING)) if (said.contains(first)) return first;
        return Said.TRUE;
    }

    static Said any(List<Said> said) {
        for (Said first : List.of(Said.TRUE, Said.UNDECIDABLE, Said.MISSING)) if (said.contains(first)) return first;
        return Said.FALSE;
    }

    private static Said at(Object value, List<Object> steps, Map<String, Object> test, Call call, boolean lets) {
        if (steps.isEmpty()) return judged(value, test, call, lets);
        Object step = steps.get(0);
        List<Object> rest = steps.subList(1, steps.size());
        if (step instanceof String key) {
            if (!(value instanceof Map<?, ?> object)) return Said.UNDECIDABLE;
            return object.containsKey(key) ? at(object.get(key), rest, test, call, lets) : absent(test);
        }
        if (!(value instanceof List<?> list)) return Said.UNDECIDABLE;
        if (step instanceof Integer index)
            return index < list.size() ? at(list.get(index), rest, test, call, lets) : absent(test);
        if (list.isEmpty()) return absent(test);
        List<Said> said = each(list, element -> at(element, rest, test, call, lets));
        return lets ? all(said) : any(said);
    }

    private static Said absent(Map<String, Object> test) {
        if (test.get("op").equals("exists")) return said(test.get("value").equals(false));
        if (test.containsKey("if_missing")) return said(test.get("if_missing").equals(true));
        return Said.MISSING;
    }

    private static Said judged(Object value, Map<String, Object> test, Call call, boolean lets) {
        String op = (String) test.get("op");
        if (test.containsKey("value")) return NaiveOperators.judge(op, value, test.get("value"), true, lets);
        Object other = world(call);
        for (Object step : READ.computeIfAbsent((String) test.get("value_from"), NaiveConditions::steps)) {
            boolean there = step instanceof String key
                    ? other instanceof Map<?, ?> object && object.containsKey(key)
                    : other instanceof List<?> list && (Integer) step < list.size();
            if (!there) return Said.UNDECIDABLE;
            other = step instanceof String key ? tree(other).get(key) : ((List<?>) other).get((Integer) step);
        }
        return NaiveOperators.judge(op, value, other, false, lets);
    }

    /** What paths begin in. */
    private static Map<String, Object> world(Call call) {
        Map<String, Object> world = new HashMap<>();
        world.put("args", call.args());
        world.put("identity", call.who());
        world.put("tool", call.tool());
        return world;
    }

    /** The steps of a path: a {@code String} is a member, an {@code Integer} an element, {@link #EVERY} every element. */
    static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            if (path.startsWith("[*]", at)) {
                steps.add(EVERY);
                at += 3;
            } else if (path.startsWith("[\"", at)) {
                StringBuilder key = new StringBuilder();
                for (at += 2; path.charAt(at) != '"'; at++) {
                    if (path.charAt(at) == '\\') at++; // only \" and \\ are drawn
                    key.append(path.charAt(at));
                }
                steps.add(key.toString());
                at += 2;
            } else if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                steps.add(Integer.valueOf(path.substring(at + 1, end)));
                at = end + 1;
            } else {
                if (path.charAt(at) == '.') at++;
                int begin = at;
                while (at < path.length() && ".[".indexOf(path.charAt(at)) < 0) at++;
                steps.add(path.substring(begin, at));
            }
        }
        return steps;
    }

    static Said said(boolean holds) {
        return holds ? Said.TRUE : Said.FALSE;
    }

    private static List<Said> each(List<?> list, Function<Object, Said> says) {
        return list.stream().map(says).toList();
    }

    @SuppressWarnings("unchecked") // JSON
    private static Map<String, Object> tree(Object value) {
        return (Map<String, Object>) value;
    }
}
