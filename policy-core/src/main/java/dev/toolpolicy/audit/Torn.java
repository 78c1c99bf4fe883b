package dev.toolpolicy.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What stands after the last whole line: the begun one of every file that ended in a crash since. The log goes on with a record
 * that tells its hash, so that nothing can be hidden there later.
 *
 * @param hash without the key: under it, whoever adds bytes to a log would have them signed
 */
record Torn(long bytes, String hash) {
    static final Torn NOTHING = new Torn(0, "");

    static Torn of(List<byte[]> parts) {
        long bytes = parts.stream().mapToLong(part -> part.length).sum();
        if (bytes == 0) return NOTHING;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                if (part.length == 0) continue;
                // With its length: bytes that are moved from one part to the next are a change too.
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return new Torn(bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
