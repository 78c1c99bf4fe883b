package dev.toolpolicy.approval;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.disk.HeldLock;
import dev.toolpolicy.disk.OwnFiles;
import dev.toolpolicy.spi.ApprovalEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of changes, each led by its length and followed by its checksum. A change that was cut off at the end of the file never
 * counted, and is taken away; one that is wrong anywhere else means that the file was damaged, and then nothing is read from it.
 * The length has a checksum of its own: were it taken on trust, one wrong bit of it could make all that follows look cut off.
 */
final class JournalFile implements Journal {
    /** The file as it was opened, and what it tells of. */
    record Opened(Journal journal, Collection<Entry> entries) {}

    private static final byte[] MAGIC = "toolpolicy approvals 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_BYTES = 4;
    private static final int HEAD_BYTES = 4 + CHECKSUM_BYTES;
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
        ByteBuffer in = ByteBuffer.wrap(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
        Map<String, Entry> known = new LinkedHashMap<>();
        int magic = Math.min(in.remaining(), MAGIC.length);
        if (!in.slice(0, magic).equals(ByteBuffer.wrap(MAGIC, 0, magic))) throw damaged(0);
        in.position(magic);
        while (in.hasRemaining()) {
            int at = in.position();
            byte[] change = next(in);
            if (change == null) return known.values();
            try {
                JournalEntry.replay(change, known);
            } catch (IOException | RuntimeException e) {
                throw damaged(at);
            }
        }
        return known.values();
    }

    /** The next change; null if not all of it got to the disk, and nothing was written after it. */
    private static byte @Nullable [] next(ByteBuffer in) {
        int at = in.position();
        if (in.remaining() < HEAD_BYTES) return null;
        int length = in.getInt();
        if (in.getInt() != checksum(length)) {
            if (isZero(in)) return null;
            throw damaged(at);
        }
        if (length < 1) throw damaged(at);
        if (in.remaining() < (long) length + CHECKSUM_BYTES) return null;
        byte[] change = new byte[length];
        in.get(change);
        if (in.getInt() == checksum(change)) return change;
        if (!isZero(in)) throw damaged(at);
        return null;
    }

    /** Whether nothing was written from here on: some systems fill a file with zeros before it is written. */
    private static boolean isZero(ByteBuffer bytes) {
        while (bytes.hasRemaining()) if (bytes.get() != 0) return false;
        return true;
    }

    private static IllegalStateException damaged(int at) {
        return new IllegalStateException(
                "the journal of approvals is damaged from byte " + at
                        + " on: what was used cannot be told from what was not. Move it away, and every question is asked anew");
    }

    @Override
    public void write(ApprovalEvent event, Collection<Entry> known) {
        if (broken) throw new IllegalStateException("the journal of approvals could not be written before");
        try {
            requireInPlace();
            if (length > SMALL && length > 4 * lengthOfKnown) shorten(known);
            append(framed(JournalEntry.of(event)), true);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of approvals cannot be written", e);
        }
    }

    @Override
    public void note(ApprovalEvent event) {
        if (broken) return;
        try {
            append(framed(JournalEntry.of(event)), false);
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
            out.write(MAGIC);
            for (Entry entry : known) {
                for (byte[] change : JournalEntry.leadingTo(entry)) out.write(framed(change));
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

    private static byte[] framed(byte[] change) {
        return ByteBuffer.allocate(HEAD_BYTES + change.length + CHECKSUM_BYTES)
                .putInt(change.length)
                .putInt(checksum(change.length))
                .put(change)
                .putInt(checksum(change))
                .array();
    }

    private static int checksum(int length) {
        return checksum(ByteBuffer.allocate(4).putInt(length).array());
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        // Turned around, so that zeros do not fit zeros.
        return ~(int) checksum.getValue();
    }

    @Override
    public void close() {
        broken = true;
        try {
            if (file != null) file.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of approvals cannot be closed", e);
        }
    }
}
