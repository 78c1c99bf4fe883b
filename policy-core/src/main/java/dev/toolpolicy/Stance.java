package dev.toolpolicy;

import java.util.List;

/**
 * What a match of a condition does to the call, by the list in which it stands and the {@code not}s above it.
 *
 * <p>Where a match lets the call through, doubt must not look like one: all elements of a list must match, and a dot does not
 * take a line feed. Where a match stops the call, one element is enough, and a dot takes it.
 */
enum Stance {
    LETS_THROUGH,
    STOPS;

    Stance turned() {
        return this == STOPS ? LETS_THROUGH : STOPS;
    }

    /** The verdict on a list of which nothing is known yet: the one that leaves the first element's as it is. */
    Verdict beforeElements() {
        return Verdict.of(this == LETS_THROUGH);
    }

    /** The verdict on the elements so far and one more. */
    Verdict withElement(Verdict soFar, Verdict element) {
        return this == LETS_THROUGH ? soFar.and(element) : soFar.or(element);
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
