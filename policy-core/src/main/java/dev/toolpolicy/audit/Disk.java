package dev.toolpolicy.audit;

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

/** Where a log is written to; a test puts one here that fails. */
@FunctionalInterface
interface Disk {
    Disk REAL = path -> {
        makeOurs(path);
        return new Plain(new RandomAccessFile(path.toFile(), "rw"));
    };

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
    record Plain(RandomAccessFile file) implements Output {
        @Override
        public void write(long at, byte[] bytes, int length) throws IOException {
            file.seek(at);
            file.write(bytes, 0, length);
        }

        @Override
        public void cut(long length) throws IOException {
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

    /** Makes a file that nobody else may read, or makes one so. */
    private static void makeOurs(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (posix) Files.createFile(path, PosixFilePermissions.asFileAttribute(ours));
            else Files.createFile(path);
        }
        // A link may lead to where somebody else wants a log to be written.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException(
                    "an audit log is kept in regular files, and one of its names is of something else");
        }
        if (posix && !Files.getPosixFilePermissions(path).equals(ours)) Files.setPosixFilePermissions(path, ours);
    }

    /** Forces the names in a folder to the device, where the system can do that. */
    static void syncFolder(Path folder) {
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
