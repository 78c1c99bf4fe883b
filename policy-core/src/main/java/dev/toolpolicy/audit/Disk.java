package dev.toolpolicy.audit;

import dev.toolpolicy.disk.OwnFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Where a log is written to; a test puts one here that fails. */
@FunctionalInterface
interface Disk {
    Disk REAL = path -> new Plain(OwnFiles.open(path));

    /** Opens a file, which is made if it is not there, for its owner alone. */
    Output open(Path path) throws IOException;

    /** A file that is written to. */
    interface Output extends AutoCloseable {
        /** In one write of the system, unless the disk takes a part only. */
        void write(long at, byte[] bytes, int length) throws IOException;

        void cut(long length) throws IOException;

        /** Does not return before the device has it all. */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** No channel: an interrupt closes those under whoever writes. */
    final class Plain implements Output {
        private static final long SOMEWHERE = -1;

        private final RandomAccessFile file;
        /** Where the next byte would go: to be put there once more is a call of the system for nothing. */
        private long at = SOMEWHERE;

        Plain(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public void write(long at, byte[] bytes, int length) throws IOException {
            if (this.at != at) file.seek(at);
            // What fails may have written a part.
            this.at = SOMEWHERE;
            file.write(bytes, 0, length);
            this.at = at + length;
        }

        @Override
        public void cut(long length) throws IOException {
            at = SOMEWHERE;
            file.setLength(length);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
