package dev.toolpolicy.document;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was there when somebody looked.
 *
 * @param fault why it cannot be told what is there
 */
record Look(SortedMap<String, Seen> documents, Optional<Problem> fault) {
    /** No policy has this name. */
    private static final String NO_NAME = "";

    /** What tells one state of affairs from another, wherever the bytes lie: the digests, by name. */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        documents.forEach((name, seen) -> contents.put(name, seen.content()));
        fault.ifPresent(problem -> contents.put(NO_NAME, problem.message()));
        return contents;
    }

    /** What is compared of looks that came to nothing. */
    static Map<String, String> contentsOfNone(String why) {
        return Map.of(NO_NAME, why);
    }

    /**
     * One file.
     *
     * @param content the digest of its bytes, or what else it is
     * @param problem why it cannot be read
     */
    record Seen(Path path, String content, Optional<Problem> problem) {}
}
