package dev.toolpolicy.simulation;

/** The machine is dead: whatever its code does now reaches nothing and nobody. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
