package dev.toolpolicy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a document is made into, for a law that compares the two. */
final class Changed {
    /** Lists whose order is said to mean nothing; an array that is a value to compare with is none of them. */
    private static final Set<String> SETS = Set.of(
            "hide",
            "groups",
            "tools",
            "require",
            "deny_if",
            "conditions",
            "any_of",
            "all_of",
            "in",
            "not_in",
            "path_within",
            "host_in");

    private Changed() {}

    /** A rule more, somewhere. */
    static boolean addARule(Map<String, Object> document, Draw draw) {
        String list = draw.chance(50) ? "require" : "deny_if";
        List<String> open = Reference.object(document, "tools").entrySet().stream()
                .filter(entry -> !"deny".equals(tree(entry.getValue()).get("action")))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Object> rule = draw.rule(list);
        int place = draw.below(3);
        if (place == 0 && !open.isEmpty())
            add(Reference.object(document, "tools"), draw.pick(open), list, rule, draw.below(4));
        else if (place == 1) {
            List<Object> groups = new ArrayList<>(Reference.<Object>list(document, "groups"));
            groups.add(draw.below(groups.size() + 1), Map.of("tools", List.of("r*"), list, List.of(rule)));
            document.put("groups", groups);
        } else add(document, "all_tools", list, rule, draw.below(4));
        return true;
    }

    static void add(Map<String, Object> parent, String key, String list, Map<String, Object> rule, int place) {
        Map<String, Object> rules = new LinkedHashMap<>(Reference.object(parent, key));
        List<Object> written = new ArrayList<>(Reference.<Object>list(rules, list));
        written.add(Math.min(place, written.size()), rule);
        rules.put(list, written);
        parent.put(key, rules);
    }

    /** Each rule and each part of a combination is there once more, at the end of its list. */
    static boolean doubled(Object node) {
        boolean any = false;
        if (node instanceof List<?> list) for (Object element : list) any |= doubled(element);
        if (!(node instanceof Map<?, ?>)) return any;
        Map<String, Object> object = tree(node);
        for (Object member : object.values()) any |= doubled(member);
        for (String key : List.of("require", "deny_if", "conditions", "any_of", "all_of", "hide")) {
            if (!(object.get(key) instanceof List<?> list) || list.isEmpty()) continue;
            List<Object> twice = new ArrayList<>(list);
            for (Object element : list) twice.add(withoutIds(element));
            object.put(key, twice);
            any = true;
        }
        return any;
    }

    /** What of it matches this name, or almost. */
    static Map<String, Object> slice(Map<String, Object> document, String tool) {
        Map<String, Object> slice = copy(document);
        slice.computeIfPresent("hide", (key, hide) -> matching((List<?>) hide, tool));
        Map<String, Object> tools = new LinkedHashMap<>(Reference.object(document, "tools"));
        tools.keySet().removeIf(entry -> !NaiveNames.resembles(entry, tool));
        slice.put("tools", tools);
        List<Object> groups = new ArrayList<>(Reference.<Object>list(document, "groups"));
        groups.removeIf(
                group -> matching(Reference.list(tree(group), "tools"), tool).isEmpty());
        if (document.containsKey("groups")) slice.put("groups", groups);
        return slice;
    }

    private static List<?> matching(List<?> patterns, String tool) {
        return patterns.stream()
                .filter(pattern -> NaiveNames.resembles((String) pattern, tool))
                .toList();
    }

    /** The same in another order, wherever order means nothing. */
    static Object shuffled(String key, Object node, Draw draw) {
        if (node instanceof Map<?, ?>) {
            Map<String, Object> object = draw.shuffled(tree(node));
            boolean set = object.get("op") instanceof String op && SETS.contains(op);
            object.replaceAll((name, member) -> shuffled(set && name.equals("value") ? "in" : name, member, draw));
            return object;
        }
        if (!(node instanceof List<?> list)) return node;
        List<Object> shuffled = new ArrayList<>();
        for (Object element : list) shuffled.add(shuffled("", element, draw));
        if (SETS.contains(key)) draw.shuffle(shuffled);
        return shuffled;
    }

    static Map<String, Object> copy(Map<String, Object> tree) {
        return tree(deepCopy(tree, false));
    }

    static Object withoutIds(Object tree) {
        return deepCopy(tree, true);
    }

    private static Object deepCopy(Object node, boolean withoutIds) {
        if (node instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            for (Object element : list) copy.add(deepCopy(element, withoutIds));
            return copy;
        }
        if (!(node instanceof Map<?, ?> object)) return node;
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((key, member) -> {
            if (!withoutIds || !key.equals("id")) copy.put((String) key, deepCopy(member, withoutIds));
        });
        return copy;
    }

    @SuppressWarnings("unchecked") // JSON
    static Map<String, Object> tree(Object node) {
        return (Map<String, Object>) node;
    }
}
