package dev.toolpolicy.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** That nobody else writes to some files, neither another process nor this one a second time. */
public final class HeldLock implements AutoCloseable {
    /**
     * The lock of a file is the process's, and is lost when the process closes that file anywhere: so the file is not even opened a
     * second time, and who has it is known for the process too.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Files that are not closed, for that would take the lock from whoever in this process has it. */
    private static final Queue<RandomAccessFile> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path held;
    private final RandomAccessFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HeldLock(Path held, RandomAccessFile file) {
        this.held = held;
        this.file = file;
    }

    /**
     * Holds the lock of this file, which is there for nothing else.
     *
     * @param what is guarded by it, for the message: {@code the audit log}
     * @param hint what to do where somebody else has it
     * @throws IllegalStateException if somebody else has it
     */
    public static HeldLock on(Path lock, String what, String hint) throws IOException {
        Path absolute = lock.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null) throw new IllegalArgumentException("a lock is a file in a folder");
        Path held = folder.toRealPath().resolve(absolute.getFileName());
        if (!HELD.add(held)) throw taken(what, "this process", hint);
        try {
            RandomAccessFile file = OwnFiles.open(held);
            FileLock locked = tryLock(file, what, hint);
            if (locked != null) return new HeldLock(held, file);
            file.close();
            throw taken(what, "another process", hint);
        } catch (Throwable e) {
            HELD.remove(held);
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file, String what, String hint) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            // By classes of another loader, which have a set of their own.
            LEFT_OPEN.add(file);
            throw taken(what, "this process", hint);
        }
    }

    private static IllegalStateException taken(String what, String by, String hint) {
        return new IllegalStateException(what + " is already open in " + by + ": " + hint);
    }

    /** Lets go of it; a second time it does nothing, for the lock may be somebody else's by then. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) return;
        try {
            file.close();
        } finally {
            HELD.remove(held);
        }
    }
}
