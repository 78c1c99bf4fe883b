package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.toolpolicy.audit.AuditVerifier.Head;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** The head beside the log: one line of fixed width, so that it is written over in one write and is never half as long. */
final class HeadFile {
    private static final int KIND_WIDTH = 12;
    private static final int LINES_WIDTH = 20;
    private static final int HASH_AT = KIND_WIDTH + 1 + LINES_WIDTH + 1;
    private static final int WIDTH = HASH_AT + 64 + 1 + 64 + 1;

    private HeadFile() {}

    static byte[] text(Chain chain, Head head) {
        String lines = Long.toString(head.lines());
        String text = chain.kind()
                + " ".repeat(KIND_WIDTH - chain.kind().length()) + " "
                + "0".repeat(LINES_WIDTH - lines.length()) + lines + " "
                + head.hash() + " "
                + chain.seal(head) + "\n";
        return text.getBytes(US_ASCII);
    }

    /** What the file holds; nothing if it is not there. */
    static byte[] read(Path path) throws IOException {
        File file = path.toFile();
        if (!file.exists()) return new byte[0];
        // A pipe would have whoever opens it wait for a writer.
        if (!file.isFile()) throw new IOException("not a regular file");
        try (InputStream in = new FileInputStream(file)) {
            return in.readNBytes(WIDTH + 1);
        }
    }

    /** Whether it was written to its end; the very first may have not been, and then there is no line yet. */
    static boolean isWhole(byte[] bytes) {
        return bytes.length >= WIDTH;
    }

    /** The head, if these bytes are what this chain would write of one. */
    static Optional<Head> head(byte[] bytes, Chain chain) {
        if (bytes.length != WIDTH) return Optional.empty();
        String text = new String(bytes, ISO_8859_1);
        Optional<Head> head =
                Head.parsed(lines(text.substring(KIND_WIDTH + 1, HASH_AT - 1)), text.substring(HASH_AT, HASH_AT + 64));
        return head.filter(read -> MessageDigest.isEqual(bytes, text(chain, read)));
    }

    private static String lines(String padded) {
        int first = 0;
        while (first < padded.length() - 1 && padded.charAt(first) == '0') first++;
        return padded.substring(first);
    }

    /** Whether the head says of itself that it is of the other chain, plain for keyed or keyed for plain. */
    static boolean isOfTheOther(byte[] bytes, Chain chain) {
        String other = chain.kind().equals(Chain.PLAIN) ? Chain.KEYED : Chain.PLAIN;
        return new String(bytes, ISO_8859_1).startsWith(other + " ");
    }
}
