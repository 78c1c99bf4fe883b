package dev.toolpolicy;

import dev.toolpolicy.Reference.Call;
import dev.toolpolicy.Reference.Part;
import dev.toolpolicy.Reference.Said;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Limits for the reference evaluator: what SPEC §4 says that one call costs, and who pays. */
final class NaiveLimits {
    private static final Map<String, Long> WINDOWS =
            Map.of("second", 1L, "minute", 60L, "hour", 3_600L, "day", 86_400L);

    /** What is counted: limits that say the same of all this share it. */
    record Counter(String namespace, String name, long window, int decimals, List<Object> scope) {}

    /** A counter and its owner: whoever is counted together, as a tree. */
    record Account(Counter counter, Object owner) {}

    /**
     * What one limit has a call pay.
     *
     * @param stops the code of the decision that it makes by itself; null for none
     */
    record Due(String rule, Account account, BigDecimal max, BigDecimal amount, String stops) {}

    private NaiveLimits() {}

    /** All that a call is to pay, in document order. */
    static List<Due> due(List<Part> parts, Call call, String namespace) {
        List<Due> due = new ArrayList<>();
        for (Part part : parts) {
            written(part).forEach((pointer, limit) -> {
                List<Map<String, Object>> when = Reference.list(limit, "when");
                Said said = NaiveConditions.all(when.stream()
                        .map(condition -> NaiveConditions.says(condition, call, false))
                        .toList());
                if (said != Said.FALSE) due.add(due(pointer, limit, call, namespace));
            });
        }
        return due;
    }

    /** The limits of a part by their pointers; the shorthand is written out. */
    static Map<String, Map<String, Object>> written(Part part) {
        Map<String, Map<String, Object>> written = new LinkedHashMap<>();
        for (String key : part.rules().keySet()) {
            List<Map<String, Object>> limits = key.equals("limits") ? Reference.list(part.rules(), key) : List.of();
            for (int i = 0; i < limits.size(); i++) written.put(part.pointer() + "/limits/" + i, limits.get(i));
            if (!key.equals("rate_limit")) continue;
            Map<String, Object> rate = new LinkedHashMap<>(Reference.object(part.rules(), key));
            rate.put("counter", part.pointer().substring("/tools/".length()) + "_rate");
            rate.putIfAbsent("scope", "session");
            written.put(part.pointer() + "/rate_limit", rate);
        }
        return written;
    }

    /** Every limit of a document, whatever it is for. */
    static List<Map<String, Object>> everywhere(Map<String, Object> document) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("/all_tools", Reference.object(document, "all_tools")));
        for (Map<String, Object> group : Reference.<Map<String, Object>>list(document, "groups"))
            parts.add(new Part("/groups", group));
        Map<String, Object> tools = Reference.object(document, "tools");
        for (String entry : tools.keySet()) parts.add(new Part("/tools/" + entry, Reference.object(tools, entry)));
        return parts.stream().flatMap(part -> written(part).values().stream()).toList();
    }

    private static Due due(String pointer, Map<String, Object> limit, Call call, String namespace) {
        Counter counter = counter(limit, namespace);
        BigDecimal max = new BigDecimal(limit.get("max").toString());
        BigDecimal amount = amount(limit, call, counter.decimals());
        Object owner = owner(counter.scope(), call.who());
        boolean countable = amount != null && amount.signum() >= 0 && amount.compareTo(max) <= 0;
        String stops = !countable ? "INVALID_AMOUNT" : owner == null ? "CHECK_FAILED" : null;
        return new Due(Reference.name(limit, pointer), new Account(counter, owner), max, amount, stops);
    }

    static Counter counter(Map<String, Object> limit, String namespace) {
        long seconds = seconds(limit.get("window"));
        int decimals = ((Number) limit.getOrDefault("decimals", 0)).intValue();
        List<Object> scope = NaiveConditions.steps((String) limit.get("scope"));
        return new Counter(namespace, (String) limit.get("counter"), seconds, decimals, scope);
    }

    static long seconds(Object window) {
        return window instanceof String word ? WINDOWS.get(word) : ((Number) window).longValue();
    }

    /** Null if there is none. */
    private static Object owner(List<Object> scope, Map<String, Object> who) {
        if (scope.equals(List.of("global"))) return List.of();
        if (scope.equals(List.of("grant"))) return who.get("grant");
        if (scope.equals(List.of("session")))
            return who.containsKey("session") ? List.of(who.get("grant"), who.get("session")) : who.get("grant");
        return who.get((String) scope.get(1));
    }

    /** Null if it is no number, or missing and nothing is said of that. */
    private static BigDecimal amount(Map<String, Object> limit, Call call, int decimals) {
        if (!limit.containsKey("amount")) return BigDecimal.ONE;
        Object value = Map.of("args", call.args());
        for (Object step : NaiveConditions.steps((String) limit.get("amount"))) {
            if (step instanceof String key && value instanceof Map<?, ?> object) {
                if (!object.containsKey(key)) return rounded(limit.get("amount_if_missing"), decimals);
                value = object.get(key);
            } else if (step instanceof Integer index && value instanceof List<?> list) {
                if (index >= list.size()) return rounded(limit.get("amount_if_missing"), decimals);
                value = list.get(index);
            } else return null;
        }
        return rounded(value, decimals);
    }

    private static BigDecimal rounded(Object value, int decimals) {
        return value instanceof Number ? rounded(new BigDecimal(value.toString()), decimals) : null;
    }

    static BigDecimal rounded(BigDecimal amount, int decimals) {
        return amount.setScale(decimals, RoundingMode.CEILING);
    }
}
