package dev.toolpolicy;

import java.util.List;

/** What a match of a condition does to the call, by the list in which it stands and the {@code not}s above it. */
enum Stance {
    LETS_THROUGH,
    STOPS;

    Stance turned() {
        return this == STOPS ? LETS_THROUGH : STOPS;
    }

    /** Refuses tests that may only ever let a call through, and stand where a match would stop it. */
    void check(List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (condition instanceof Condition.AllOf all) check(all.conditions());
            else if (condition instanceof Condition.AnyOf any) check(any.conditions());
            else if (condition instanceof Condition.Not not) turned().check(List.of(not.condition()));
            else if (condition instanceof Condition.Test test
                    && this == STOPS
                    && test.operator().allowListOnly()) {
                throw new IllegalArgumentException(test.operator().word() + " must not stop a call");
            }
        }
    }
}
