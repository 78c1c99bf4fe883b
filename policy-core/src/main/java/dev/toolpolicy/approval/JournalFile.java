package dev.toolpolicy.approval;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.disk.HeldLock;
import dev.toolpolicy.disk.OwnFiles;
import dev.toolpolicy.spi.ApprovalEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file of a journal: what is written to it is forced to the device, and it is written anew when most of it is over. */
final class JournalFile implements Journal {
    /** The file as it was opened, and what it tells of. */
    record Opened(Journal journal, Collection<Entry> entries) {}

    /** Below this it is not worth the while to write it anew. */
    private static final long SMALL = 4 << 20;

    private final Path path;
    private final Path folder;
    private final HeldLock lock;
    private @Nullable RandomAccessFile file;
    private long length;
    /** How long it was when it held nothing but what was known. */
    private long lengthOfKnown;

    private @Nullable Object key;
    private boolean broken;

    private JournalFile(Path path, Path folder, HeldLock lock) {
        this.path = path;
        this.folder = folder;
        this.lock = lock;
    }

    static Opened open(Path given) {
        try {
            Path parent = given.toAbsolutePath().normalize().getParent();
            if (parent == null) throw new IllegalArgumentException("a journal is a file in a folder");
            if (!Files.isDirectory(parent))
                throw new IllegalArgumentException("the folder of the journal of approvals is not there");
            Path folder = parent.toRealPath();
            Path path = folder.resolve(given.getFileName());
            HeldLock lock = HeldLock.on(
                    beside(path, ".lock"), "the journal of approvals", "give each process a journal of its own");
            try {
                JournalFile journal = new JournalFile(path, folder, lock);
                List<Entry> known = Register.remembered(read(path));
                journal.rewrite(known);
                return new Opened(journal, known);
            } catch (Throwable e) {
                try (lock) {
                    throw e;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of approvals cannot be read or written", e);
        }
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private static Collection<Entry> read(Path path) throws IOException {
        OwnFiles.requireRegular(path);
        return JournalText.read(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
    }

    @Override
    public void write(ApprovalEvent event, Collection<Entry> known) {
        if (broken) throw new IllegalStateException("the journal of approvals could not be written before");
        try {
            requireInPlace();
            if (length > SMALL && length > 4 * lengthOfKnown) shorten(known);
            append(JournalText.framed(JournalEntry.of(event)), true);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of approvals cannot be written", e);
        }
    }

    @Override
    public void note(ApprovalEvent event) {
        if (broken) return;
        try {
            append(JournalText.framed(JournalEntry.of(event)), false);
        } catch (IOException e) {
            // It is taken back, or nothing is written any more.
        }
    }

    /** Whoever put another file into its place would have what is written here forgotten. */
    private void requireInPlace() throws IOException {
        Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        if (!Objects.equals(now, key)) {
            broken = true;
            throw new IllegalStateException("another file was put into the place of the journal of approvals");
        }
    }

    private void shorten(Collection<Entry> known) throws IOException {
        try {
            rewrite(known);
        } catch (IOException e) {
            // For want of room, say. There may be enough for what is to be written.
            if (broken) throw e;
            lengthOfKnown = length;
        }
    }

    private void append(byte[] change, boolean forced) throws IOException {
        RandomAccessFile out = requireNonNull(file, "file");
        boolean written = false;
        try {
            out.seek(length);
            out.write(change);
            if (forced) out.getFD().sync();
            length += change.length;
            written = true;
        } finally {
            if (!written) takeBack(out);
        }
    }

    /** What may have got to the disk in part is taken away, or nothing is written any more. */
    private void takeBack(RandomAccessFile out) {
        broken = true;
        try {
            out.setLength(length);
            out.getFD().sync();
            broken = false;
        } catch (IOException e) {
            // It stays broken: whether the change is there is found out when the file is read anew.
        }
    }

    /** Writes a new file of what is known, and puts it in the place of the old one. */
    private void rewrite(Collection<Entry> known) throws IOException {
        Path next = beside(path, ".new");
        Files.deleteIfExists(next);
        try (RandomAccessFile out = OwnFiles.open(next)) {
            out.write(JournalText.BEGINNING);
            for (Entry entry : known) {
                for (byte[] change : JournalEntry.leadingTo(entry)) out.write(JournalText.framed(change));
            }
            out.getFD().sync();
        }
        // Until the new file is open: what is written to the old one would be lost.
        broken = true;
        if (file != null) file.close();
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        OwnFiles.syncFolder(folder);
        RandomAccessFile opened = OwnFiles.open(path);
        file = opened;
        length = opened.length();
        lengthOfKnown = length;
        key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        broken = false;
    }

    @Override
    public void close() {
        broken = true;
        // Let go of whatever becomes of the file.
        try (lock) {
            if (file != null) file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of approvals cannot be closed", e);
        }
    }
}
