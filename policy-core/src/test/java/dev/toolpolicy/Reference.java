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
    /**
     * What is decided: a kind, a code of {@link Reason.Code} (none for an Allow) and the rule that made it.
     *
     * @param more of a RateLimited the counter, {@code max}, what is left and how long to wait; of a NeedsApproval which question it
     *     is and when it lapses
     */
    record Answer(String kind, String code, String rule, List<Object> more) {
        Answer(String kind, String code, String rule) {
            this(kind, code, rule, List.of());
        }
    }

    /** A call as a tree; {@code who} has the grant, the session and the attributes by their names. */
    record Call(Map<String, Object> who, String tool, Map<String, Object> args) {}

    /** A part of the document whose rules a call is judged by: its entry, one of its groups, {@code all_tools}. */
    record Part(String pointer, Map<String, Object> rules) {}

    private Reference() {}

    /** The decision where nothing was counted or asked before; a policy that is null is none. */
    static Answer decide(Map<String, Object> policy, Call call) {
        return decide(policy, call, new NaiveState(), true).answer();
    }

    /** The decision, and what the call has taken; without {@code takes} nothing is taken, and nobody asked. */
    static NaiveState.Decided decide(Map<String, Object> policy, Call call, NaiveState state, boolean takes) {
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
        List<Part> parts = parts(document, new Part("/tools/" + governing, own), tool);
        for (String step : List.of("require", "deny_if")) for (Part part : parts) stops.addAll(stops(step, part, call));
        if (own.containsKey("arguments_schema") && !NaiveTinySchema.accepts(own.get("arguments_schema"), call.args()))
            stops.add(deny("INVALID_ARGUMENTS", "/tools/" + governing + "/arguments_schema"));

        List<NaiveLimits.Due> due = NaiveLimits.due(parts, call, state.namespace);
        due.stream().filter(one -> one.stops() != null).forEach(one -> stops.add(deny(one.stops(), one.rule())));
        if (!stops.isEmpty()) return new NaiveState.Decided(stops.get(0), List.of());
        Answer allow = new Answer("ALLOW", "", governing == null ? "/default" : "/tools/" + governing);
        return state.settled(due, NaiveQuestions.asking(parts, call), call, allow, takes);
    }

    /** In document order. */
    private static List<Part> parts(Map<String, Object> document, Part own, String tool) {
        List<Part> parts = new ArrayList<>();
        for (String key : document.keySet()) {
            if (key.equals("all_tools")) parts.add(new Part("/all_tools", object(document, key)));
            if (key.equals("tools")) parts.add(own);
            List<Map<String, Object>> groups = key.equals("groups") ? list(document, key) : List.of();
            for (int i = 0; i < groups.size(); i++) {
                List<String> patterns = list(groups.get(i), "tools");
                if (patterns.stream().anyMatch(pattern -> NaiveNames.matches(pattern, tool)))
                    parts.add(new Part("/groups/" + i, groups.get(i)));
            }
        }
        return parts;
    }

    private static List<Answer> stops(String step, Part part, Call call) {
        List<Answer> stops = new ArrayList<>();
        List<Map<String, Object>> written = list(part.rules(), step);
        for (int i = 0; i < written.size(); i++) {
            String name = name(written.get(i), part.pointer() + "/" + step + "/" + i);
            Said said = NaiveConditions.rule(written.get(i), call, step.equals("require"));
            if (step.equals("require") && said != Said.TRUE) stops.add(deny("REQUIREMENT_NOT_MET", name));
            if (step.equals("deny_if") && (said == Said.TRUE || said == Said.UNDECIDABLE))
                stops.add(deny("FORBIDDEN", name));
        }
        return stops;
    }

    /** The id of a rule or a limit, else where it stands. */
    static String name(Map<String, Object> rule, String pointer) {
        return (String) rule.getOrDefault("id", pointer);
    }

    /** What a test can say. */
    enum Said {
        TRUE,
        FALSE,
        UNDECIDABLE,
        MISSING
    }

    static Answer deny(String code, String rule) {
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
