package dev.toolpolicy.audit;

import java.io.IOException;
import java.nio.file.Path;

/** A disk on which a log is written as on any other, until something happens to it. */
public final class SimulatedDisk {
    private SimulatedDisk() {}

    /** What happens to a disk. */
    public interface Trouble {
        /** Before a write: how many of its bytes get to the disk. If that is not all of them, {@link #strike} is next. */
        int taken(boolean head, int bytes);

        /** Before what was written is taken back. */
        void beforeCut() throws IOException;

        /** Comes out of the system in place of an answer. */
        void strike() throws IOException;
    }

    /** Nothing is forced to the device: a process may be killed here, and the power does not fail. */
    public static JsonLinesAudit.Builder under(JsonLinesAudit.Builder log, Trouble trouble) {
        return log.disk(path -> open(path, trouble));
    }

    private static Disk.Output open(Path path, Trouble trouble) throws IOException {
        boolean head = path.toString().endsWith(".head");
        Disk.Output real = Disk.REAL.open(path);
        return new Disk.Output() {
            @Override
            public void write(long at, byte[] bytes, int length) throws IOException {
                int taken = trouble.taken(head, length);
                if (taken > 0) real.write(at, bytes, taken);
                if (taken < length) trouble.strike();
            }

            @Override
            public void cut(long length) throws IOException {
                trouble.beforeCut();
                real.cut(length);
            }

            @Override
            public void sync() {}

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
