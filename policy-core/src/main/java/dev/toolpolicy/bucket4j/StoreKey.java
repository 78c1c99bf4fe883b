package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Which bucket of a store: that of one counter and one window. Short, of plain ASCII whatever callers are named, and telling
 * nothing of them.
 */
final class StoreKey {
    private StoreKey() {}

    /**
     * The key of a charge's bucket.
     *
     * @param window the second since 1970 at which its window begins
     */
    static String of(String namespace, Charge charge, long window) {
        return namespace + ":" + digest(charge.key()) + ":" + window;
    }

    private static String digest(String text) {
        // Each char as it is: an encoding would make one of what it cannot encode.
        ByteBuffer chars = ByteBuffer.allocate(2 * text.length());
        chars.asCharBuffer().put(text);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(chars.array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
