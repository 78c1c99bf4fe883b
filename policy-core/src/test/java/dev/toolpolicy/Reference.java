package dev.toolpolicy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * SPEC §5 once more, as plainly as it can be said: over the document as a tree, with no index and no early exit, and with not a
 * line of the evaluator's. Every reason to deny is collected, and the first of them is the decision.
 */
final class Reference {
    /** What is decided: a kind, a code of {@link Reason.Code} (none for an Allow) and the rule that made it. */
    record Answer(String kind, String code, String rule) {}

    /** A call as a tree; {@code who} has the grant, the session and the attributes by their names. */
    record Call(Map<String, Object> who, String tool, Map<String, Object> args) {}

    private Reference() {}

    /** The decision; a policy that is null is none. */
    static Answer decide(Map<String, Object> policy, Call call) {
        List<Answer> stops = new ArrayList<>();
        String tool = call.tool();
        if (!NaiveNames.isName(tool)) stops.add(deny("MALFORMED_CALL", ""));
        if (policy == null) stops.add(deny("NO_POLICY", ""));
        Map<String, Object> document = policy == null ? Map.of() : policy;

        List<String> hide = list(document, "hide");
        for (String hidden : hide)
            if (NaiveNames.matches(hidden, tool)) stops.add(deny("HIDDEN", "/hide/" + hide.indexOf(hidden)));
        for (String hidden : hide)
            if (NaiveNames.resembles(hidden, tool)) stops.add(deny("LOOK_ALIKE", "/hide/" + hide.indexOf(hidden)));

        Map<String, Object> tools = object(document, "tools");
        List<String> strongestFirst = tools.keySet().stream()
                .sorted(Comparator.comparing(NaiveNames::strength).reversed())
                .toList();
        List<String> matching = strongestFirst.stream()
                .filter(entry -> NaiveNames.matches(entry, tool))
                .toList();
        String governing = matching.isEmpty() ? null : matching.get(0);
        boolean listed = governing != null || "allow".equals(document.get("default"));
        if (!listed) stops.add(deny("NOT_LISTED", "/default"));
        for (String entry : tools.keySet())
            if (NaiveNames.resembles(entry, tool)
                    && (governing == null || NaiveNames.strength(entry) > NaiveNames.strength(governing)))
                stops.add(deny("LOOK_ALIKE", "/tools/" + entry));

        Map<String, Object> own = governing == null ? Map.of() : object(tools, governing);
        if ("deny".equals(own.get("action"))) stops.add(deny("TOOL_DENIED", "/tools/" + governing + "/action"));
        for (String step : List.of("require", "deny_if")) {
            for (String part : document.keySet()) {
                if (part.equals("all_tools")) stops.addAll(stops(step, object(document, part), "/all_tools", call));
                if (part.equals("tools")) stops.addAll(stops(step, own, "/tools/" + governing, call));
                List<Map<String, Object>> groups = part.equals("groups") ? list(document, part) : List.of();
                for (int i = 0; i < groups.size(); i++) {
                    List<String> patterns = list(groups.get(i), "tools");
                    if (patterns.stream().anyMatch(pattern -> NaiveNames.matches(pattern, tool)))
                        stops.addAll(stops(step, groups.get(i), "/groups/" + i, call));
                }
            }
        }
        Answer allow = new Answer("ALLOW", "", governing == null ? "/default" : "/tools/" + governing);
        return stops.isEmpty() ? allow : stops.get(0);
    }

    private static List<Answer> stops(String step, Map<String, Object> rules, String pointer, Call call) {
        List<Answer> stops = new ArrayList<>();
        List<Map<String, Object>> written = list(rules, step);
        for (int i = 0; i < written.size(); i++) {
            String name = (String) written.get(i).getOrDefault("id", pointer + "/" + step + "/" + i);
            Said said = NaiveConditions.rule(written.get(i), call, step.equals("require"));
            if (step.equals("require") && said != Said.TRUE) stops.add(deny("REQUIREMENT_NOT_MET", name));
            if (step.equals("deny_if") && (said == Said.TRUE || said == Said.UNDECIDABLE))
                stops.add(deny("FORBIDDEN", name));
        }
        return stops;
    }

    /** What a test can say. */
    enum Said {
        TRUE,
        FALSE,
        UNDECIDABLE,
        MISSING
    }

    private static Answer deny(String code, String rule) {
        return new Answer("DENY", code, rule);
    }

    @SuppressWarnings("unchecked") // the trees are JSON, and the parser took them
    static Map<String, Object> object(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.getOrDefault(key, Map.of());
    }

    @SuppressWarnings("unchecked") // likewise
    static <T> List<T> list(Map<String, Object> parent, String key) {
        return (List<T>) parent.getOrDefault(key, List.of());
    }
}
