package dev.toolpolicy.examples.gateway.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream cut into lines, none of which takes more memory than it may. For one thread. */
final class Lines {
    /** What stands for a line that is longer than it may be; it has been read, and is gone. */
    static final byte[] TOO_LONG = new byte[0];

    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    Lines(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** The next line that is not empty, without its end; null when there are no more. */
    byte @Nullable [] next() throws IOException {
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean tooLong = false;
            boolean ended = false;
            while (!ended) {
                if (from == to) {
                    from = 0;
                    to = Math.max(0, in.read(buffer));
                    if (to == 0) break;
                }
                int end = from;
                while (end < to && buffer[end] != '\n') end++;
                if (line.size() + (end - from) > most) {
                    tooLong = true;
                    line = new ByteArrayOutputStream();
                }
                if (!tooLong) line.write(buffer, from, end - from);
                ended = end < to;
                from = ended ? end + 1 : end;
            }
            if (tooLong) return TOO_LONG;
            byte[] bytes = line.toByteArray();
            if (!isBlank(bytes)) return bytes;
            if (!ended) return null;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) if (b != ' ' && b != '\t' && b != '\r') return false;
        return true;
    }
}
