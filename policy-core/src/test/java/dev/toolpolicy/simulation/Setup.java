package dev.toolpolicy.simulation;

import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * What a seed is played with.
 *
 * @param shared whether machines count together, in a store
 * @param swaps whether the store compares and swaps
 * @param machines how many there are
 * @param desk who keeps the questions
 */
record Setup(boolean shared, boolean swaps, int machines, Desk desk, Path folder, Sabotage sabotage) {
    /** Where questions are kept. */
    enum Desk {
        /** By each life of a machine for itself. */
        MEMORY,
        /** By each machine for itself, in a journal that outlives a kill. */
        FILE,
        /** By all machines together. */
        SHARED
    }

    static Setup drawn(SplittableRandom random, Path folder, Sabotage sabotage) {
        // What is broken on purpose must be there.
        boolean shared = random.nextInt(3) > 0 || sabotage.replays();
        // A journal waits for its disk.
        boolean file = random.nextInt(8) == 0 || sabotage.losesTheLastChanges();
        Desk other = random.nextBoolean() ? Desk.MEMORY : Desk.SHARED;
        return new Setup(
                shared,
                random.nextBoolean() && !sabotage.replays(),
                shared ? random.nextInt(2, 4) : random.nextInt(1, 3),
                file ? Desk.FILE : other,
                folder,
                sabotage);
    }
}
