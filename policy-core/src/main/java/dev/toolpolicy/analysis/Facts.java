package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.HashSet;
import java.util.Set;

/**
 * What is asked of one part of a policy again and again, for each part that it meets.
 *
 * @param judged the paths that its rules look at
 * @param bounded the arguments for which it has something that could be a bound from above
 * @param deniesAll whether a rule without conditions denies
 * @param asks whether it has rules by which somebody is asked
 * @param asksAlways whether one of these has no conditions
 * @param limits whether it has limits
 */
record Facts(
        Set<CallPath> judged,
        Set<CallPath> bounded,
        boolean deniesAll,
        boolean asks,
        boolean asksAlways,
        boolean limits) {

    static Facts of(Section section) {
        Set<CallPath> judged = new HashSet<>();
        Set<CallPath> bounded = new HashSet<>();
        boolean deniesAll = false;
        boolean asks = false;
        boolean asksAlways = false;
        for (PlacedRule rule : section.rules()) {
            boolean empty = rule.rule().conditions().isEmpty();
            deniesAll |= empty && rule.list() == RuleList.DENY_IF;
            asks |= rule.list() == RuleList.REQUIRE_APPROVAL_IF;
            asksAlways |= empty && rule.list() == RuleList.REQUIRE_APPROVAL_IF;
            for (PlacedTest placed : rule.tests()) {
                judged.add(placed.path());
                if (mayBound(placed.test(), rule.list().letsThrough() != placed.negated())) bounded.add(placed.path());
            }
        }
        for (PlacedLimit limit : section.limits()) {
            if (limit.limit().amount() instanceof AmountAt at) bounded.add(at.path());
            if (limit.limit().amount() instanceof AmountAtOr or) bounded.add(or.path());
        }
        boolean limits = !section.limits().isEmpty();
        return new Facts(judged, bounded, deniesAll, asks, asksAlways, limits);
    }

    /** How well it holds is for other checks. */
    private static boolean mayBound(Test test, boolean lets) {
        return switch (test.operator()) {
            case LT, LTE, EQ, IN, MATCHES, REGEX -> lets;
            case GT, GTE, NEQ, NOT_IN -> !lets;
            default -> false;
        };
    }
}
