package dev.toolpolicy.examples.benchmarks.peers;

/** Somebody who was told the {@link Rules}, and has the questions at hand in the form he likes. */
@FunctionalInterface
interface Engine {
    /** The answer to one of the {@link Rules#CALLS} questions. */
    boolean allows(int call);
}
