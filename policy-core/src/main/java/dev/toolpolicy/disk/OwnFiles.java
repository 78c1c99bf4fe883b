package dev.toolpolicy.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Opens files that nobody else may read or write, where the file system knows owners. */
public final class OwnFiles {
    private OwnFiles() {}

    /**
     * Opens a file to read and write; makes it if it is not there, and its owner's alone if it is not. It is no channel: those are
     * closed under whoever writes when a thread is interrupted.
     *
     * @throws IllegalStateException as {@link #requireRegular}: a link may lead to where somebody else wants to be written
     */
    public static RandomAccessFile open(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (posix) Files.createFile(path, PosixFilePermissions.asFileAttribute(owners));
            else Files.createFile(path);
        }
        requireRegular(path);
        if (posix && !Files.getPosixFilePermissions(path).equals(owners)) Files.setPosixFilePermissions(path, owners);
        return new RandomAccessFile(path.toFile(), "rw");
    }

    /**
     * Refuses what leads elsewhere: a symbolic link, or one of several names of a file. Under each name it would be held, written and
     * put aside for itself.
     *
     * @throws IllegalStateException if something is there that is no regular file of this one name
     */
    public static void requireRegular(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (regular && unix) regular = Integer.valueOf(1).equals(Files.getAttribute(path, "unix:nlink"));
        if (!regular)
            throw new IllegalStateException(
                    "a regular file of one name is kept here, and this is something else: " + path.getFileName());
    }

    /** Forces the names in a folder to the device, where the system can do that. */
    public static void syncFolder(Path folder) {
        // A folder is opened by a channel or not at all, and that is closed by an interrupt: so none is let through.
        boolean interrupted = Thread.interrupted();
        while (true) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                break;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            } catch (IOException e) {
                // Windows opens no folder, and needs none.
                break;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
