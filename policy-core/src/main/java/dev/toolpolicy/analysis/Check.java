package dev.toolpolicy.analysis;

/** One idea of what may be wrong with a policy. It finds nothing where it is not sure, and never throws. */
@FunctionalInterface
interface Check {
    /** Looks at a policy, and notes what it finds. */
    void look(Subject subject, Notes notes);
}
