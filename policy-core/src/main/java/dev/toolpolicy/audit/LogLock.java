package dev.toolpolicy.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** That nobody else writes to a log, neither another process nor this one a second time. */
final class LogLock implements AutoCloseable {
    /**
     * The lock of a file is the process's, and is lost when the process closes that file anywhere: so the file is not even opened a
     * second time, and who has it is known for the process too. A file of its own, for the log and its head are read by others.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path held;
    private final RandomAccessFile file;

    private LogLock(Path held, RandomAccessFile file) {
        this.held = held;
        this.file = file;
    }

    static LogLock on(LogFiles files) throws IOException {
        Path held = files.folder().toRealPath().resolve(LogFiles.name(files.lock()));
        if (!HELD.add(held)) throw taken("this process");
        try {
            Disk.REAL.open(held).close();
            RandomAccessFile file = new RandomAccessFile(held.toFile(), "rw");
            FileLock lock = file.getChannel().tryLock();
            if (lock != null) return new LogLock(held, file);
            file.close();
            throw taken("another process");
        } catch (Throwable e) {
            HELD.remove(held);
            throw e;
        }
    }

    private static IllegalStateException taken(String by) {
        return new IllegalStateException("the audit log is already open in " + by
                + ": two that write to it would break its chain; give each a log of its own");
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD.remove(held);
        }
    }
}
