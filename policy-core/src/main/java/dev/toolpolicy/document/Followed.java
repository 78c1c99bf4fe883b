package dev.toolpolicy.document;

import dev.toolpolicy.Policy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a watch follows: documents, by the names of their policies. */
interface Followed {
    /** Where they are. */
    Path path();

    /** The documents that are there now. */
    Listing list();

    /** One digest of all policies. */
    String digest(SortedMap<String, Policy> policies);

    /**
     * Where the documents are.
     *
     * @param fault why that cannot be told
     */
    record Listing(SortedMap<String, Path> documents, Optional<Problem> fault) {
        static Listing of(SortedMap<String, Path> documents) {
            return new Listing(documents, Optional.empty());
        }

        static Listing faulty(Problem fault) {
            return new Listing(new TreeMap<>(), Optional.of(fault));
        }
    }
}
