package dev.toolpolicy.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All documents that differ from one in a single place: another value, an element or a key less. Each says whether it means the
 * same all the same; the exceptions stand here, and are all there are.
 */
final class OneLeafChanged {
    /** @param sameMeaning whether what was changed says nothing, so that the policy must be equal; else it must not be */
    record Change(@Nullable Object document, String place, boolean sameMeaning) {}

    /** Words out of closed lists: each may become each other of its list, so that the document is often good again. */
    private static final List<Set<String>> WORDS = List.of(
            Set.of("allow", "deny", "require_approval"),
            Set.of("second", "minute", "hour", "day"),
            Set.of("grant", "session", "global"),
            Set.of("eq", "neq", "contains"),
            Set.of("in", "not_in"),
            Set.of("lt", "lte", "gt", "gte"),
            Set.of("regex", "matches"),
            Set.of("starts_with", "ends_with"));

    /** Below these stands JSON that is no part of our grammar: all of it means something. */
    private static final Set<String> OPAQUE = Set.of("value", "arguments_schema");

    private final List<Change> changes = new ArrayList<>();

    private OneLeafChanged() {}

    static List<Change> of(Map<String, Object> document) {
        OneLeafChanged all = new OneLeafChanged();
        all.visit(document, "", "", "", changed -> changed);
        return all.changes;
    }

    /** The whole document with this in the place that is looked at. */
    private interface Rebuild {
        @Nullable
        Object with(@Nullable Object changed);
    }

    private void visit(@Nullable Object value, String at, String key, String above, Rebuild rebuild) {
        boolean opaque = above.equals("opaque");
        if (value instanceof Map<?, ?> map) visitMembers(map, at, opaque ? "opaque" : key, rebuild);
        else if (value instanceof List<?> list) visitElements(list, at, opaque ? "opaque" : key, rebuild);
        else for (Object other : others(value)) add(rebuild.with(other), at, key.equals("$schema") && !opaque);
    }

    private void visitMembers(Map<?, ?> map, String at, String above, Rebuild rebuild) {
        map.forEach((k, value) -> {
            String key = (String) k;
            Map<Object, Object> without = new LinkedHashMap<>(map);
            without.remove(key);
            boolean same = !above.equals("opaque") && saysNothing(key, value, above);
            add(rebuild.with(without), at + "/" + key + " removed", same);
            boolean opaque = above.equals("opaque") || OPAQUE.contains(key);
            visit(value, at + "/" + key, key, opaque ? "opaque" : above, changed -> {
                Map<Object, Object> copy = new LinkedHashMap<>(map);
                copy.put(key, changed);
                return rebuild.with(copy);
            });
        });
    }

    private void visitElements(List<?> list, String at, String above, Rebuild rebuild) {
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            List<Object> without = new ArrayList<>(list);
            without.remove(index);
            add(rebuild.with(without), at + "/" + i + " removed", false);
            visit(list.get(i), at + "/" + i, above.equals("opaque") ? "" : above, above, changed -> {
                List<Object> copy = new ArrayList<>(list);
                copy.set(index, changed);
                return rebuild.with(copy);
            });
        }
    }

    private void add(@Nullable Object document, String place, boolean sameMeaning) {
        changes.add(new Change(document, place, sameMeaning));
    }

    private static List<Object> others(@Nullable Object leaf) {
        if (leaf == null) return List.of(false);
        if (leaf instanceof Boolean holds) return List.of(!holds);
        if (leaf instanceof Number number) return List.of(new BigDecimal(number.toString()).add(BigDecimal.ONE));
        List<Object> others = new ArrayList<>(List.of(leaf + "x"));
        for (Set<String> words : WORDS) {
            if (words.contains(leaf))
                words.stream().filter(word -> !word.equals(leaf)).sorted().forEach(others::add);
        }
        return others;
    }

    /** What is the same as leaving it out: SPEC §1 and §4. */
    private static boolean saysNothing(String key, @Nullable Object value, String above) {
        return switch (key) {
            case "$schema" -> true;
            case "description" -> "".equals(value);
            case "action" -> "allow".equals(value);
            case "decimals" -> Objects.equals(value, 0L);
            case "scope" -> above.equals("rate_limit") && "session".equals(value);
            case "hide", "groups", "require", "deny_if", "require_approval_if", "limits" ->
                List.of().equals(value);
            case "tools" -> Map.of().equals(value);
            case "all_tools" ->
                value instanceof Map<?, ?> map
                        && map.entrySet().stream().allMatch(e -> saysNothing((String) e.getKey(), e.getValue(), key));
            default -> false;
        };
    }
}
