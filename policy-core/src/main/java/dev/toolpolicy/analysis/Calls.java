package dev.toolpolicy.analysis;

import static dev.toolpolicy.analysis.Says.ANYTHING;
import static dev.toolpolicy.analysis.Says.FALSE;
import static dev.toolpolicy.analysis.Says.MISSING;
import static dev.toolpolicy.analysis.Says.NOT_FALSE;
import static dev.toolpolicy.analysis.Says.NOT_TRUE;
import static dev.toolpolicy.analysis.Says.TRUE;
import static dev.toolpolicy.analysis.Says.UNDECIDABLE;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition;
import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether there can be a call of which conditions say this or that. "No" is certain: each way in which the parts of a condition
 * could say it was ruled out. "Yes" is not: paths are looked at one by one, and where there are too many ways they are not tried.
 */
final class Calls {
    /** In one question. */
    private static final int MOST_STEPS = 500;
    /** In all questions about one policy: after that, every answer is "yes". */
    private static final long MOST_STEPS_IN_ALL = 5_000_000;

    private static final int MOST_PARTS = 100;
    /** Long lists of values are read again at each step. */
    private static final int VALUES_A_STEP = 16;

    private long stepsInAll;
    private long steps;

    /** Whether conditions, all together, may say one of these of one call; and further suppositions likewise. */
    boolean exist(Supposed supposed) {
        if (stepsInAll > MOST_STEPS_IN_ALL) return true;
        steps = 0;
        boolean exist = holds(supposed, new Knowledge());
        stepsInAll += steps + 1;
        return exist;
    }

    /** That these conditions, read as all of them, say one of these. */
    static Supposed suppose(List<Condition> conditions, boolean letsThrough, int says) {
        return new Supposed(null, null, conditions, letsThrough, says);
    }

    /** A list of suppositions, the last one first. */
    record Supposed(
            @Nullable Supposed others,
            @Nullable CallPath missing,
            List<Condition> conditions,
            boolean letsThrough,
            int says) {
        /** And that these conditions say one of these. */
        Supposed and(List<Condition> more, boolean moreLetsThrough, int moreSays) {
            return new Supposed(this, null, more, moreLetsThrough, moreSays);
        }

        /** And that there is nothing at the end of a path. */
        Supposed andMissing(CallPath path) {
            return new Supposed(this, path, List.of(), true, ANYTHING);
        }
    }

    private boolean holds(@Nullable Supposed first, Knowledge known) {
        // A loop, and deeper only at combinations: the conditions of a rule may be many.
        for (Supposed supposed = first; supposed != null; supposed = supposed.others) {
            if (steps++ > MOST_STEPS) return true;
            if (supposed.says == Says.NOTHING) return false;
            if (supposed.missing != null) {
                if (!known.suppose(supposed.missing, Situations.missingOnly())) return false;
            } else if (supposed.conditions.size() > 1) {
                if (supposed.says != ANYTHING) return all(supposed, supposed.conditions, false, known);
            } else if (supposed.conditions.isEmpty()) {
                if (!Says.has(supposed.says, TRUE)) return false;
            } else {
                Supposed plain = plain(supposed);
                Condition only = plain.conditions.get(0);
                if (only instanceof AllOf all) return all(plain, all.conditions(), false, known);
                if (only instanceof AnyOf any) return all(plain, any.conditions(), true, known);
                if (!holds((Test) only, plain, known)) return false;
            }
        }
        return true;
    }

    /** The same of a condition that is no {@code not}. */
    private static Supposed plain(Supposed supposed) {
        boolean lets = supposed.letsThrough;
        int says = supposed.says;
        Condition plain = supposed.conditions.get(0);
        while (plain instanceof Not not) {
            plain = not.condition();
            lets = !lets;
            says = Says.turned(says);
        }
        return new Supposed(supposed.others, null, List.of(plain), lets, says);
    }

    private boolean holds(Test test, Supposed supposed, Knowledge known) {
        if (test.operand() instanceof Value value && value.json() instanceof List<?> list) {
            steps += list.size() / VALUES_A_STEP;
        }
        return known.suppose(test, supposed.letsThrough, supposed.says);
    }

    /** The ways in which all of the conditions, or with everything turned around any of them, come to say what is supposed. */
    private boolean all(Supposed supposed, List<Condition> parts, boolean any, Knowledge known) {
        if (parts.size() > MOST_PARTS) return true;
        int says = any ? Says.turned(supposed.says) : supposed.says;
        if (says == NOT_TRUE) return oneOfThem(supposed, parts, any, NOT_TRUE, ANYTHING, known);
        boolean missing = Says.has(says, MISSING);
        boolean undecidable = Says.has(says, UNDECIDABLE);
        if (Says.has(says, TRUE)) {
            int each = !missing ? TRUE : undecidable ? NOT_FALSE : TRUE | MISSING;
            if (oneOfThem(supposed, parts, any, each, each, known)) return true;
            missing = false;
            undecidable &= each != NOT_FALSE;
        }
        if (Says.has(says, FALSE) && oneOfThem(supposed, parts, any, FALSE, ANYTHING, known)) return true;
        if (undecidable && oneOfThem(supposed, parts, any, UNDECIDABLE, NOT_FALSE, known)) return true;
        return missing && oneOfThem(supposed, parts, any, MISSING, TRUE | MISSING, known);
    }

    /** Tries each of the conditions as the one that says something of its own, the others something else. */
    private boolean oneOfThem(
            Supposed supposed, List<Condition> parts, boolean any, int one, int others, Knowledge known) {
        int ways = one == others ? 1 : parts.size();
        for (int way = 0; way < ways; way++) {
            Supposed each = supposed.others;
            for (int i = 0; i < parts.size(); i++) {
                int says = i == way ? one : others;
                each = new Supposed(
                        each, null, List.of(parts.get(i)), supposed.letsThrough, any ? Says.turned(says) : says);
            }
            if (holds(each, known.copy())) return true;
        }
        return false;
    }
}
