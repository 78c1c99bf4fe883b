package dev.toolpolicy.approval;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read or write, where the file system knows owners. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /**
     * Opens a file to read and write, and makes it if it is not there. It is no channel: those close when a thread that writes is
     * interrupted.
     */
    static RandomAccessFile open(Path path) throws IOException {
        boolean posix = Files.getFileStore(parent(path)).supportsFileAttributeView(PosixFileAttributeView.class);
        try {
            if (posix) Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER));
            else Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            if (posix) Files.setPosixFilePermissions(path, OWNER);
        }
        return new RandomAccessFile(path.toFile(), "rw");
    }

    /** Has it on disk that a file was put into its folder, where folders can be opened. */
    static void syncFolderOf(Path path) {
        try (FileChannel folder = FileChannel.open(parent(path), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Not everywhere; there, a file system that keeps its own order is relied on.
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }
}
