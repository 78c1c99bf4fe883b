package dev.toolpolicy.audit;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file line by line, and no more of it into memory than the longest line. */
final class LineReader implements Closeable {
    /** Longer than any line of a log: what a record says is cut long before. */
    static final int LONGEST = 1 << 20;

    private static final int MOST_TRIES = 10;

    enum Found {
        LINE,
        /** What comes after the last line feed. */
        TORN,
        TOO_LONG,
        END
    }

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1024];
    private int length;

    private LineReader(InputStream in) {
        this.in = in;
    }

    /** A file that is not there has no lines. */
    static LineReader of(Path path) throws IOException {
        for (int tries = 1; ; tries++) {
            // A pipe would have whoever opens it wait for a writer.
            if (Files.exists(path) && !Files.isRegularFile(path)) throw new IOException("not a regular file");
            try {
                return new LineReader(new FileInputStream(path.toFile()));
            } catch (FileNotFoundException e) {
                // Also said of a file that is there and must not be read; or one that is made just now, after a
                // rotation.
                if (!Files.exists(path)) return new LineReader(InputStream.nullInputStream());
                if (tries == MOST_TRIES) throw e;
            }
        }
    }

    Found next() throws IOException {
        length = 0;
        while (fill()) {
            int end = from;
            while (end < to && buffer[end] != '\n') end++;
            if (length + end - from > LONGEST) return Found.TOO_LONG;
            keep(end - from);
            boolean whole = end < to;
            from = whole ? end + 1 : end;
            if (whole) return Found.LINE;
        }
        return length == 0 ? Found.END : Found.TORN;
    }

    /** The line that was found, and perhaps more after its {@link #length}. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    private boolean fill() throws IOException {
        if (from < to) return true;
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private void keep(int more) {
        if (length + more > line.length) line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
