package dev.toolpolicy.approval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a journal holds: changes, each led by its length and followed by its checksum. A change that was cut off at the end never
 * counted, and is taken away; one that is wrong anywhere else means that the file was damaged, and then nothing is read from it.
 * The length has a checksum of its own: were it taken on trust, one wrong bit of it could make all that follows look cut off.
 */
final class JournalText {
    static final byte[] BEGINNING = "toolpolicy approvals 1\n".getBytes(StandardCharsets.US_ASCII);

    private static final int CHECKSUM_BYTES = 4;
    private static final int HEAD_BYTES = 4 + CHECKSUM_BYTES;

    private JournalText() {}

    /**
     * What is known after all these changes.
     *
     * @throws IllegalStateException if they are not as they were written
     */
    static Collection<Entry> read(byte[] journal) {
        ByteBuffer in = ByteBuffer.wrap(journal);
        Map<String, Entry> known = new LinkedHashMap<>();
        int magic = Math.min(in.remaining(), BEGINNING.length);
        if (!in.slice(0, magic).equals(ByteBuffer.wrap(BEGINNING, 0, magic))) throw damaged(0);
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

    static byte[] framed(byte[] change) {
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
}
