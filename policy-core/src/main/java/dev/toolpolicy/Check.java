package dev.toolpolicy;

import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Test;
import java.util.ArrayList;
import java.util.List;

/** A condition, compiled for the place where it stands. */
interface Check {
    /** What the condition says of a call. */
    Verdict judge(ToolCall call);

    /** The tests of which it is made. */
    List<TestCheck> tests();

    /** Compiles a condition; the {@code not}s above it are in the stance. */
    static Check compile(Condition condition, Stance stance) {
        if (condition instanceof AllOf all) return new All(compileAll(all.conditions(), stance));
        if (condition instanceof AnyOf any) return new Any(compileAll(any.conditions(), stance));
        if (condition instanceof Not not) return new Negated(compile(not.condition(), stance.turned()));
        return TestCheck.of((Test) condition, stance);
    }

    /** All of these conditions as one; without any, it always holds. */
    static Check all(List<Condition> conditions, Stance stance) {
        return conditions.size() == 1 ? compile(conditions.get(0), stance) : new All(compileAll(conditions, stance));
    }

    private static Check[] compileAll(List<Condition> conditions, Stance stance) {
        return conditions.stream().map(condition -> compile(condition, stance)).toArray(Check[]::new);
    }

    private static List<TestCheck> testsOf(Check[] checks) {
        List<TestCheck> tests = new ArrayList<>();
        for (Check check : checks) tests.addAll(check.tests());
        return tests;
    }

    /** All of several. */
    final class All implements Check {
        private final Check[] checks;

        All(Check[] checks) {
            this.checks = checks;
        }

        @Override
        public Verdict judge(ToolCall call) {
            Verdict verdict = Verdict.TRUE;
            for (Check check : checks) {
                verdict = verdict.and(check.judge(call));
                if (verdict == Verdict.FALSE) return verdict;
            }
            return verdict;
        }

        @Override
        public List<TestCheck> tests() {
            return testsOf(checks);
        }
    }

    /** Any of several. */
    final class Any implements Check {
        private final Check[] checks;

        Any(Check[] checks) {
            this.checks = checks;
        }

        @Override
        public Verdict judge(ToolCall call) {
            Verdict verdict = Verdict.FALSE;
            for (Check check : checks) {
                verdict = verdict.or(check.judge(call));
                if (verdict == Verdict.TRUE) return verdict;
            }
            return verdict;
        }

        @Override
        public List<TestCheck> tests() {
            return testsOf(checks);
        }
    }

    /** The other way round. */
    final class Negated implements Check {
        private final Check check;

        Negated(Check check) {
            this.check = check;
        }

        @Override
        public Verdict judge(ToolCall call) {
            return check.judge(call).not();
        }

        @Override
        public List<TestCheck> tests() {
            return check.tests();
        }
    }
}
