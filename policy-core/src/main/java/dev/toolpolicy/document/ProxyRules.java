package dev.toolpolicy.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the rules that the proxy has for a tool into our four lists of rules. */
final class ProxyRules {
    /** A rule, where it stands, and the tool it is for: {@code *} for all of them. */
    record Rule(String tool, String pointer, Map<String, Object> keys) {
        boolean ofAllTools() {
            return tool.equals("*");
        }
    }

    /** Our four lists; a rule that holds for every call has an empty list of conditions. */
    record Lists(
            List<Map<String, Object>> require,
            List<Map<String, Object>> denyIf,
            List<Map<String, Object>> requireApprovalIf,
            List<Map<String, Object>> limits) {
        private Lists() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** Those that are not empty, as they follow each other in a document. */
        Map<String, List<Map<String, Object>>> byKey() {
            Map<String, List<Map<String, Object>>> byKey = new LinkedHashMap<>();
            byKey.put("require", require);
            byKey.put("deny_if", denyIf);
            byKey.put("require_approval_if", requireApprovalIf);
            byKey.put("limits", limits);
            byKey.values().removeIf(List::isEmpty);
            return byKey;
        }
    }

    private static final int MOST_RULES = 30; // so that the limits of a tool and of all tools stay below our 64
    private static final Set<String> KEYS = Set.of("name", "action", "conditions", "on_deny", "rate_limit", "state");

    private final ProxyNotes notes;
    private final ProxyLimits limits;
    private final ProxyConditions conditions;

    ProxyRules(ProxyNotes notes, ProxyLimits limits) {
        this.notes = notes;
        this.limits = limits;
        conditions = new ProxyConditions(notes);
    }

    /** The rules of one tool: there, what holds for every call is an {@code action}, and {@code deny} stands alone. */
    Map<String, Object> tool(String name, List<?> written) {
        int notesBefore = notes.count();
        Lists lists = lists(name, written);
        Map<String, Object> tool = new LinkedHashMap<>();
        if (lists.byKey().isEmpty() && notes.count() > notesBefore) {
            // What could not be told restricted the tool; without it, an entry of ours would open it.
            putAction(tool, "deny", "not converted: see the notes");
            return tool;
        }
        Optional<Map<String, Object>> denial = takeUnconditional(lists.denyIf());
        Optional<Map<String, Object>> question = takeUnconditional(lists.requireApprovalIf());
        if (denial.isPresent()) {
            putAction(tool, "deny", denial.get().get("on_deny"));
            return tool;
        }
        question.ifPresent(asked -> putAction(tool, "require_approval", asked.get("reason")));
        tool.putAll(lists.byKey());
        return tool;
    }

    private static Optional<Map<String, Object>> takeUnconditional(List<Map<String, Object>> rules) {
        List<Map<String, Object>> unconditional = rules.stream()
                .filter(rule -> List.of().equals(rule.get("conditions")))
                .toList();
        rules.removeAll(unconditional);
        return unconditional.stream().findFirst();
    }

    private static void putAction(Map<String, Object> tool, String action, @Nullable Object reason) {
        tool.put("action", action);
        if (reason != null) {
            tool.put("reason", reason);
        }
    }

    /** The rules of one tool or of all; where a call is always denied, that is all that is left. */
    Lists lists(String tool, List<?> written) {
        Lists lists = new Lists();
        String pointer = "/tools/" + tool + "/rules";
        int denial = firstDenial(written);
        if (denial >= 0 && written.size() > 1) {
            notes.leftOut(
                    pointer, "all but number " + denial + ": it denies every call, so that the others never matter");
        }
        if (denial < 0 && written.size() > MOST_RULES) {
            notes.add("left out for length: " + (written.size() - MOST_RULES) + " more of `" + pointer + "`");
        }
        int last = denial >= 0 ? denial + 1 : Math.min(written.size(), MOST_RULES);
        for (int i = Math.max(denial, 0); i < last; i++) {
            if (written.get(i) instanceof Map<?, ?> rule) {
                convert(new Rule(tool, pointer + "/" + i, notes.object(rule, pointer)), lists);
            } else {
                notes.leftOut(pointer + "/" + i, "not an object");
            }
        }
        return lists;
    }

    private static int firstDenial(List<?> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (deniesEveryCall(rules.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean deniesEveryCall(@Nullable Object rule) {
        return rule instanceof Map<?, ?> keys && "deny".equals(keys.get("action")) && isNone(keys.get("conditions"));
    }

    private void convert(Rule rule, Lists lists) {
        rule.keys().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> notes.foreignKey(rule.pointer(), key));
        Optional<String> text = text(rule);
        Object action = rule.keys().get("action");
        if (rule.keys().get("rate_limit") != null) {
            limits.ofRate(rule).ifPresent(limit -> addLimit(rule, limit, text, lists));
        }
        switch (action == null ? "evaluate" : action.toString()) {
            case "evaluate" -> evaluate(rule, text, lists);
            case "deny" -> lists.denyIf().add(denial(rule, text));
            case "require_approval" -> lists.requireApprovalIf().add(matching(rule, "reason", text));
            default -> notes.leftOut(rule.pointer(), "its `action` is not `evaluate`, `deny` or `require_approval`");
        }
    }

    private Optional<String> text(Rule rule) {
        Object text = rule.keys().get("on_deny");
        if (text != null && !(text instanceof String)) {
            notes.leftOut(rule.pointer() + "/on_deny", "not a text");
        }
        return text instanceof String said && !said.isBlank() ? Optional.of(said.strip()) : Optional.empty();
    }

    private void evaluate(Rule rule, Optional<String> text, Lists lists) {
        List<Long> bounds = new ArrayList<>();
        List<Map<String, Object>> tests = tests(rule, bounds);
        if (!tests.isEmpty()) {
            lists.require().add(rule(tests, "on_deny", text));
        }
        if (rule.keys().get("state") != null) {
            limits.ofState(rule, bounds).ifPresent(limit -> addLimit(rule, limit, text, lists));
        }
        boolean counts = rule.keys().keySet().stream().anyMatch(Set.of("rate_limit", "state", "spend")::contains);
        if (isNone(rule.keys().get("conditions")) && !counts) {
            notes.leftOut(rule.pointer(), "it has no conditions");
        }
    }

    private Map<String, Object> denial(Rule rule, Optional<String> text) {
        if (!isNone(rule.keys().get("conditions"))) {
            notes.add("`" + rule.pointer() + "`: the proxy refused `deny` with conditions;"
                    + " here it became `deny_if`, which denies when all of them hold");
        }
        return matching(rule, "on_deny", text);
    }

    /** A rule that does something when all its conditions hold, whereas those of the proxy mostly did when one failed. */
    private Map<String, Object> matching(Rule rule, String textKey, Optional<String> text) {
        if (rule.keys().remove("state") != null) {
            notes.leftOut(rule.pointer() + "/state", "the proxy counted under `evaluate` only");
        }
        List<Map<String, Object>> tests = tests(rule, new ArrayList<>());
        if (tests.isEmpty() && !isNone(rule.keys().get("conditions"))) {
            notes.add("`" + rule.pointer() + "`: without the conditions that were left out it holds for every call");
        }
        return rule(tests, textKey, text);
    }

    private List<Map<String, Object>> tests(Rule rule, List<Long> bounds) {
        String pointer = rule.pointer() + "/conditions";
        List<?> written = notes.list(rule.keys().get("conditions"), pointer);
        List<Map<String, Object>> tests = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            OptionalLong bound = ProxyLimits.bound(rule, written.get(i));
            if (bound.isPresent()) {
                bounds.add(bound.getAsLong());
            } else {
                conditions.convert(pointer + "/" + i, written.get(i)).ifPresent(tests::add);
            }
        }
        return tests;
    }

    private void addLimit(Rule rule, Map<String, Object> limit, Optional<String> text, Lists lists) {
        if (Long.valueOf(0).equals(limit.get("max"))) {
            notes.add("`" + rule.pointer() + "`: a limit that admits nothing is a denial here");
            lists.denyIf().add(rule(List.of(), "on_deny", text));
            return;
        }
        text.ifPresent(said -> limit.put("on_limit", said));
        lists.limits().add(limit);
    }

    private static Map<String, Object> rule(List<Map<String, Object>> tests, String textKey, Optional<String> text) {
        Map<String, Object> rule = new LinkedHashMap<>();
        if (tests.size() == 1) {
            rule.putAll(tests.get(0));
        } else {
            rule.put("conditions", tests);
        }
        text.ifPresent(said -> rule.put(textKey, said));
        return rule;
    }

    private static boolean isNone(@Nullable Object conditions) {
        return conditions == null || conditions.equals(List.of());
    }
}
