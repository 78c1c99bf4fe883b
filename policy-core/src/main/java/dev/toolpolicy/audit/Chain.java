package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.toolpolicy.audit.AuditVerifier.Head;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What ties each line to the one before: a hash, under a key if there is one. Not safe for several threads. */
final class Chain {
    static final String PLAIN = "sha-256";
    static final String KEYED = "hmac-sha-256";

    /** How short a key may be. */
    private static final int SHORTEST_KEY = 16;

    private static final String HMAC = "HmacSHA256";

    /** No line begins so: what seals a head seals no line, nor the other way round. */
    private static final String HEAD = "toolpolicy audit head 1\n";

    private final MessageDigest digest;
    private final @Nullable Mac mac;

    private Chain(byte @Nullable [] key) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
            mac = key == null ? null : Mac.getInstance(HMAC);
            if (mac != null) mac.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Chain plain() {
        return new Chain(null);
    }

    static Chain keyed(byte[] key) {
        return new Chain(checkedKey(key));
    }

    /** A copy of a key that is long enough. */
    static byte[] checkedKey(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key has at least " + SHORTEST_KEY + " bytes, got " + key.length);
        }
        return key.clone();
    }

    String kind() {
        return mac == null ? PLAIN : KEYED;
    }

    /** In lower-case hexadecimal digits, as all hashes here. */
    String hash(byte[] bytes, int length) {
        if (mac == null) {
            // An error may have left something behind.
            digest.reset();
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        }
        mac.reset();
        mac.update(bytes, 0, length);
        return HexFormat.of().formatHex(mac.doFinal());
    }

    /** What only who has the key can make of a head. */
    String seal(Head head) {
        byte[] text = (HEAD + head).getBytes(US_ASCII);
        return hash(text, text.length);
    }

    /** Whether two hashes are the same, in a time that does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
    }
}
