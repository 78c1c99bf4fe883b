package dev.toolpolicy.document;

import dev.toolpolicy.Condition;
import dev.toolpolicy.document.Members.Keys;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the conditions of one document: tests, and combinations of them. */
final class ConditionReader {
    /** The keys of a test. */
    static final List<String> TEST_KEYS = List.of("path", "op", "value", "value_from", "if_missing");
    /** The keys of combinations. */
    static final List<String> COMBINATION_KEYS = List.of("any_of", "all_of", "not");

    static final String EXAMPLE = "{ \"path\": \"args.amount\", \"op\": \"lte\", \"value\": 100 }";

    /** What other languages call these. */
    static final Map<String, String> HINTS = Map.of(
            "or", Suggestion.didYouMean("any_of"),
            "any", Suggestion.didYouMean("any_of"),
            "and", Suggestion.didYouMean("all_of"),
            "all", Suggestion.didYouMean("all_of"),
            "operator", Suggestion.didYouMean("op"),
            "field", Suggestion.didYouMean("path"));

    private static final String OF_THE_RULE = "write it beside `conditions`: the text belongs to the rule";
    private static final Keys KEYS = new Keys(
            joined(TEST_KEYS, COMBINATION_KEYS),
            Keys.with(
                    HINTS,
                    Map.of(
                            "conditions", "`conditions` is a list of a rule; write `all_of` within a condition",
                            "on_deny", OF_THE_RULE,
                            "reason", OF_THE_RULE)));

    private final TestReader tests = new TestReader();

    static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /**
     * The conditions of a list; empty, and said, if something in it is wrong.
     *
     * @param letsThrough whether a match of one of them lets the call through; else it stops it
     */
    Optional<List<Condition>> readList(Node node, boolean letsThrough) {
        List<Node> elements = node.list("a list of conditions", "`[" + EXAMPLE + "]`");
        List<Condition> conditions = new ArrayList<>();
        for (Node element : elements) read(element, letsThrough).ifPresent(conditions::add);
        boolean complete = node.value() instanceof List<?> && conditions.size() == elements.size();
        return complete ? Optional.of(conditions) : Optional.empty();
    }

    /** The same, of at least one condition. */
    Optional<List<Condition>> readSome(Node node, boolean letsThrough) {
        Optional<List<Condition>> conditions = readList(node, letsThrough);
        if (conditions.isEmpty() || !conditions.get().isEmpty()) return conditions;
        node.wrong(
                Code.EMPTY_LIST,
                "found an empty list, expected at least one condition",
                "list the conditions, or remove the key");
        return Optional.empty();
    }

    private Optional<Condition> read(Node node, boolean letsThrough) {
        return Members.of(node, KEYS, "a condition", "`" + EXAMPLE + "`")
                .flatMap(members -> readForm(members, letsThrough));
    }

    /** The one condition whose keys stand in this object, perhaps beside those of a rule. */
    Optional<Condition> readForm(Members members, boolean letsThrough) {
        List<String> forms = forms(members);
        if (forms.size() > 1) {
            members.find(forms.get(1))
                    .ifPresent(second -> second.wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `" + forms.get(1) + "` beside `" + forms.get(0) + "`, expected one condition",
                            "write each as a condition of its own"));
            return Optional.empty();
        }
        if (forms.isEmpty()) {
            members.requireOneOf(
                    joined(KEYS.known(), List.of("conditions")),
                    "missing key `path`, or one of `any_of`, `all_of`, `not`",
                    "write a condition: `" + EXAMPLE + "`");
            return Optional.empty();
        }
        return switch (forms.get(0)) {
            case "any_of" ->
                members.find("any_of")
                        .flatMap(list -> readSome(list, letsThrough))
                        .map(Condition.AnyOf::new);
            case "all_of" ->
                members.find("all_of")
                        .flatMap(list -> readSome(list, letsThrough))
                        .map(Condition.AllOf::new);
            case "not" ->
                members.find("not").flatMap(node -> read(node, !letsThrough)).map(Condition.Not::new);
            default -> tests.read(members, letsThrough);
        };
    }

    /** What kinds of condition the object's keys speak of; a test counts once, by its first key. */
    private static List<String> forms(Members members) {
        List<String> forms = new ArrayList<>();
        boolean test = false;
        for (String key : members.keys()) {
            boolean ofTest = TEST_KEYS.contains(key);
            if (COMBINATION_KEYS.contains(key) || (ofTest && !test)) forms.add(key);
            test |= ofTest;
        }
        return forms;
    }
}
