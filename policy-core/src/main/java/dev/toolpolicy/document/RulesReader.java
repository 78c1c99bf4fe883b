package dev.toolpolicy.document;

import dev.toolpolicy.Limit;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.document.RuleReader.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the four lists that a tool, a group and {@code all_tools} have: what is required, denied, asked, and limited. */
final class RulesReader {
    /** The four lists. */
    static final List<String> KEYS = List.of("require", "deny_if", "require_approval_if", "limits");

    private final ConditionReader conditionReader = new ConditionReader();
    private final RuleReader ruleReader;
    private final CrossChecks crossChecks;

    RulesReader(CrossChecks crossChecks) {
        this.ruleReader = new RuleReader(crossChecks, conditionReader);
        this.crossChecks = crossChecks;
    }

    /**
     * The four lists among the members of an object; what is wrong with them is said, and left out.
     *
     * @param owner whose limits these are
     */
    Rules read(Members members, CrossChecks.Owner owner) {
        return new Rules(
                rules(members, Kind.REQUIRE),
                rules(members, Kind.DENY_IF),
                rules(members, Kind.REQUIRE_APPROVAL_IF),
                limits(members, owner));
    }

    private List<Rule> rules(Members members, Kind kind) {
        List<Rule> rules = new ArrayList<>();
        for (Node node : elements(members, kind.key(), RuleReader.EXAMPLE)) {
            ruleReader.read(node, kind).ifPresent(rules::add);
        }
        return rules;
    }

    private List<Limit> limits(Members members, CrossChecks.Owner owner) {
        List<Limit> limits = new ArrayList<>();
        for (Node node : elements(members, "limits", LimitReader.EXAMPLE)) {
            LimitReader.read(node, owner.takesAmounts(), crossChecks, conditionReader)
                    .ifPresent(limit -> {
                        limits.add(limit);
                        crossChecks.limit(owner, limit.counter(), node);
                    });
        }
        return limits;
    }

    private static List<Node> elements(Members members, String key, String example) {
        return members.find(key)
                .map(node -> node.list("a list", "`[" + example + "]`"))
                .orElse(List.of());
    }
}
