package dev.toolpolicy.analysis;

import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Subject.StandingTest;

/** Regular expressions that let more through than their author sees: found anywhere, or in either case. */
final class Regexes implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.tests(standing -> look(standing, notes));
    }

    private static void look(StandingTest standing, Notes notes) {
        Test test = standing.placed().test();
        boolean regex = test.operator() == Operator.REGEX || test.operator() == Operator.MATCHES;
        if (!standing.letsThrough() || !regex) return;
        if (!(test.operand() instanceof Value value) || !(value.json() instanceof String pattern)) return;
        // What holds of every text is a finding of its own.
        if (pattern.isEmpty() || pattern.equals("^") || pattern.equals("$")) return;
        Expression expression = new Expression(pattern);
        if (test.operator() == Operator.REGEX && expression.isUnanchored()) {
            notes.add(
                    Code.UNANCHORED_REGEX,
                    standing.placed().pointer(),
                    "`regex` is content wherever in the text " + Shown.quoted(pattern)
                            + " is found, so whatever stands " + expression.openPlaces() + " it is let through as well",
                    "write `\"op\": \"matches\"`, which covers the whole text; where more may follow, end the pattern in `.*`");
        }
        if (expression.ignoresCase()) {
            notes.add(
                    Code.IGNORES_CASE,
                    standing.placed().pointer(),
                    "`(?i)` lets through every spelling of " + Shown.quoted(pattern)
                            + (expression.foldsBeyondAscii()
                                    ? ", among them letters outside ASCII: U+212A for `k`, U+017F for `s`"
                                    : ""),
                    "write the spellings that are meant, as in `[Aa]b`, or list them under `in`");
        }
    }
}
