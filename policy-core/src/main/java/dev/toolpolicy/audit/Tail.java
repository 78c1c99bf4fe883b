package dev.toolpolicy.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How a log ends.
 *
 * @param lines whether there is a whole line
 * @param last what the last one says; empty if it was changed
 * @param torn what comes after it
 */
record Tail(boolean lines, Optional<Link> last, Torn torn) {
    private static final int WINDOW = 2 * LineReader.LONGEST + 2;

    /** Looks back from the current file, as far as there is no whole line. */
    static Tail of(LogFiles files, Chain chain) throws IOException {
        Deque<byte[]> torn = new ArrayDeque<>();
        List<Path> paths = new ArrayList<>(List.of(files.current()));
        files.older().descendingSet().forEach(segment -> paths.add(files.older(segment)));
        for (Path path : paths) {
            byte[] end = end(path);
            int feed = lastFeed(end, end.length);
            torn.addFirst(Arrays.copyOfRange(end, feed + 1, end.length));
            if (feed < 0) continue;
            byte[] line = Arrays.copyOfRange(end, lastFeed(end, feed) + 1, feed);
            return new Tail(true, Link.of(chain, line, line.length), Torn.of(List.copyOf(torn)));
        }
        return new Tail(false, Optional.empty(), Torn.of(List.copyOf(torn)));
    }

    /** Enough of a file's end for a whole line and one without an end; what has longer ones is no log. */
    private static byte[] end(Path path) throws IOException {
        if (LogFiles.length(path) == 0) return new byte[0];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(WINDOW, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return end;
        }
    }

    private static int lastFeed(byte[] bytes, int before) {
        int at = before - 1;
        while (at >= 0 && bytes[at] != '\n') at--;
        return at;
    }
}
