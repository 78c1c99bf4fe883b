package dev.toolpolicy.audit;

import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.audit.LineReader.Found;
import dev.toolpolicy.audit.Opened.Why;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;

/**
 * How a log is gone on with.
 *
 * @param head where it stands
 * @param segment the number of the current file
 * @param why what its next record says
 * @param moves whether the current file has to be left as it is
 */
record Opening(Head head, int segment, Why why, Torn torn, boolean moves) {
    /**
     * Compares the end of the log with its head.
     *
     * @throws IllegalStateException if that is not how a log ends, whatever befalls who writes it
     */
    static Opening of(LogFiles files, Chain chain) throws IOException {
        byte[] bytes = HeadFile.read(files.head());
        Tail tail = Tail.of(files, chain);
        if (!HeadFile.isWhole(bytes) && !tail.lines() && tail.torn().bytes() == 0) {
            return new Opening(Head.NONE, segment(files, chain), Why.START, Torn.NOTHING, false);
        }
        Head head = head(bytes, chain);
        Why why = why(head, tail);
        if (why == Why.AHEAD) head = tail.last().map(Link::head).orElse(head);
        int segment = segment(files, chain);
        boolean moves = why == Why.TORN && LogFiles.length(files.current()) > 0;
        return new Opening(head, moves ? segment + 1 : segment, why, tail.torn(), moves);
    }

    private static Head head(byte[] bytes, Chain chain) {
        if (bytes.length == 0)
            throw refused("its head, the file beside it that says how many lines there are, is missing");
        if (HeadFile.isOfTheOther(bytes, chain)) {
            throw refused("it was begun " + (chain.kind().equals(Chain.PLAIN) ? "with a key" : "without a key"));
        }
        return HeadFile.head(bytes, chain)
                .orElseThrow(() -> refused("its head, the file beside it, was changed, or is of another key"));
    }

    private static Why why(Head head, Tail tail) {
        boolean torn = tail.torn().bytes() > 0;
        if (!tail.lines()) {
            if (!head.equals(Head.NONE)) throw refused("its head says " + head.lines() + " lines, and there are none");
            return torn ? Why.TORN : Why.START;
        }
        Link last = tail.last().orElseThrow(() -> refused("its last line was changed, or is of another key"));
        if (last.head().equals(head)) return torn ? Why.TORN : Why.START;
        // The line is written before its head; and none is begun before the head of the last is written.
        if (last.follows(head) && !torn) return Why.AHEAD;
        if (last.seq() < head.lines()) {
            throw refused(
                    "its head says " + head.lines() + " lines, and there are " + last.seq() + ": lines were cut off");
        }
        throw refused("its last line, " + last.seq() + ", is not the one that its head names, " + head.lines());
    }

    /** What the current file says, so that older ones may have been put elsewhere; else the number after theirs. */
    private static int segment(LogFiles files, Chain chain) throws IOException {
        SortedSet<Integer> older = files.older();
        int next = older.isEmpty() ? 1 : older.last() + 1;
        try (LineReader lines = LineReader.of(files.current())) {
            if (lines.next() != Found.LINE) return next;
            Optional<Opened> opened = Link.of(chain, lines.line(), lines.length())
                    .flatMap(first -> Opened.of(lines.line(), lines.length()));
            int said = opened.map(Opened::segment).orElse(0);
            if (said < next) throw refused("its first line was changed, or one of its files is not in its place");
            return said;
        }
    }

    private static IllegalStateException refused(String what) {
        return new IllegalStateException("the audit log cannot be gone on with: " + what
                + "; verify it, move all its files away and keep them, and a new log is begun");
    }
}
