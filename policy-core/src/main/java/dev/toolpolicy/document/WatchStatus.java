package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a source that follows files is doing, for health checks.
 *
 * @param digest of the policy in force, or of all of them together
 * @param upToDate whether what is on disk is in force, as far as the last look saw
 * @param watched whether looks go on: not once it is closed, and not while one has taken half a minute, for a follower or a file
 *     system that hangs
 * @param problems why what is on disk is not in force; empty if it is, or if it has only just changed
 */
public record WatchStatus(String digest, boolean upToDate, boolean watched, List<Problem> problems) {
    public WatchStatus {
        requireNonNull(digest, "digest");
        // A list of ours is immutable, and knows which documents its problems lie in.
        problems = problems instanceof RenderedProblems ? problems : List.copyOf(problems);
    }

    /** The problems as a person reads them, each with its file and line; {@code ""} if there are none. */
    public String report() {
        if (problems.isEmpty()) return "";
        // A line's end is in no text of a document.
        return new ParseResult.Rejected(problems)
                .report()
                .replace(", so there is no policy\n", ", so what was in force stays\n");
    }
}
