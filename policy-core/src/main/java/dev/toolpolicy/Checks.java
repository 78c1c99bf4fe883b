package dev.toolpolicy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the conditions of one policy. What several rules say alike they share, which saves memory, and time wherever calls of
 * different tools are judged in turn.
 */
final class Checks {
    private static final int PLACES_BITS = 10;

    private record Said(List<Condition> conditions, Stance stance) {}

    // One for each place, and the latest stays: conditions that were made to have one hash cost no more than others do.
    private final @Nullable Said[] said = new @Nullable Said[1 << PLACES_BITS];
    private final @Nullable Check[] compiled = new @Nullable Check[1 << PLACES_BITS];

    /** All of these conditions as one. */
    Check all(List<Condition> conditions, Stance stance) {
        Said wanted = new Said(conditions, stance);
        // Multiplied, for the low bits of a hash of hashes tell little.
        int place = (wanted.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - PLACES_BITS);
        Check known = compiled[place];
        if (known != null && wanted.equals(said[place])) return known;
        Check check = Check.all(conditions, stance);
        said[place] = wanted;
        compiled[place] = check;
        return check;
    }
}
