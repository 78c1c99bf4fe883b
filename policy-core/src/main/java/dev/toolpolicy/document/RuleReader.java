package dev.toolpolicy.document;

import dev.toolpolicy.Condition;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.document.Members.Keys;
import dev.toolpolicy.document.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one rule, in either of its forms: with a list of conditions, or with the one condition beside its text. */
final class RuleReader {
    static final String EXAMPLE =
            "{ \"path\": \"args.amount\", \"op\": \"lte\", \"value\": 100, \"on_deny\": \"at most 100\" }";

    /**
     * In which list a rule stands, and what follows from that.
     *
     * @param letsThrough whether a match lets the call through; else it stops it
     */
    record Kind(String key, String text, boolean letsThrough, Keys keys) {
        static final Kind REQUIRE = of("require", "on_deny", true);
        static final Kind DENY_IF = of("deny_if", "on_deny", false);
        static final Kind REQUIRE_APPROVAL_IF = of("require_approval_if", "reason", false);

        private static Kind of(String key, String text, boolean letsThrough) {
            List<String> known = new ArrayList<>(List.of("id", "description", "conditions", text));
            known.addAll(ConditionReader.TEST_KEYS);
            known.addAll(ConditionReader.COMBINATION_KEYS);
            String other = text.equals("reason") ? "on_deny" : "reason";
            String hint = "in `" + key + "` the text is called `" + text + "`";
            return new Kind(
                    key,
                    text,
                    letsThrough,
                    new Keys(known, Keys.with(ConditionReader.HINTS, Map.of(other, hint, "message", hint))));
        }
    }

    private final CrossChecks crossChecks;
    private final ConditionReader conditionReader;

    RuleReader(CrossChecks crossChecks, ConditionReader conditionReader) {
        this.crossChecks = crossChecks;
        this.conditionReader = conditionReader;
    }

    Optional<Rule> read(Node node, Kind kind) {
        return Members.of(node, kind.keys(), "a rule", "`" + EXAMPLE + "`").flatMap(members -> rule(members, kind));
    }

    private Optional<Rule> rule(Members members, Kind kind) {
        String id = Labels.id(members, crossChecks);
        String description = Labels.description(members);
        String text = members.find(kind.text()).map(Labels::sayable).orElse("");
        return conditions(members, kind).map(conditions -> new Rule(id, description, conditions, text));
    }

    private Optional<List<Condition>> conditions(Members members, Kind kind) {
        Optional<Node> list = members.find("conditions");
        if (list.isEmpty())
            return conditionReader.readForm(members, kind.letsThrough()).map(List::of);
        for (String key : members.keys()) {
            if (ConditionReader.TEST_KEYS.contains(key) || ConditionReader.COMBINATION_KEYS.contains(key)) {
                Node later = members.later("conditions", key);
                later.wrongKey(
                        Code.CONFLICTING_KEYS,
                        "found `conditions` and `" + key + "`, expected one of the two forms",
                        "move the condition into the list `conditions`");
                return Optional.empty();
            }
        }
        return conditionReader
                .readList(list.get(), kind.letsThrough())
                .filter(conditions -> !conditions.isEmpty() || !requiresNothing(list.get(), kind));
    }

    private static boolean requiresNothing(Node list, Kind kind) {
        if (!kind.equals(Kind.REQUIRE)) return false;
        list.wrong(
                Code.EMPTY_LIST,
                "found no conditions, expected at least one: a requirement that always holds says nothing",
                "write the conditions, or remove the rule; to block the tool write `\"action\": \"deny\"`");
        return true;
    }
}
