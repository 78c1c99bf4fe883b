package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.RuleList;

/** When a rule does something: stops a call, or has somebody asked. */
final class Effect {
    private Effect() {}

    /** What its conditions say where the rule acts. */
    static int acts(RuleList list) {
        return switch (list) {
            case REQUIRE -> Says.NOT_TRUE;
            case DENY_IF -> Says.TRUE | Says.UNDECIDABLE;
            case REQUIRE_APPROVAL_IF -> Says.NOT_FALSE;
        };
    }

    /** What its conditions say where the rule lets a call be. */
    static int rests(RuleList list) {
        return Says.ANYTHING & ~acts(list);
    }

    /** That the rule acts. */
    static Calls.Supposed acting(PlacedRule rule) {
        return Calls.suppose(rule.rule().conditions(), rule.list().letsThrough(), acts(rule.list()));
    }

    /** That the rule lets the call be. */
    static Calls.Supposed resting(PlacedRule rule) {
        return Calls.suppose(rule.rule().conditions(), rule.list().letsThrough(), rests(rule.list()));
    }

    /** Whether people are told of it by a text or a name of its own. */
    static boolean isTold(Rule rule) {
        return !rule.text().isEmpty() || !rule.id().isEmpty();
    }
}
