package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret by which a person is known to the approvals page. Whoever has it may answer. */
public final class ApprovalToken {
    private static final int BYTES = 32;
    private static final int SHORTEST = 32;
    private static final int LONGEST = 1_024;

    private ApprovalToken() {}

    /** A new one: 256 random bits, as text that fits into a header and a URL. */
    public static String fresh() {
        return random(BYTES);
    }

    /** The one that is kept in a file, without the line end behind it. */
    static String in(Path file) throws IOException {
        if (Files.size(file) > LONGEST) throw new IOException("too long for a token");
        return Files.readString(file).strip();
    }

    /** The token, if it can be one: nothing that could be guessed, nothing that a header would not take. */
    static String checked(String token) {
        boolean fits = token.length() >= SHORTEST && token.length() <= LONGEST;
        if (!fits || !token.chars().allMatch(sign -> sign > ' ' && sign <= '~')) {
            throw new IllegalArgumentException(
                    "a token is " + SHORTEST + " to " + LONGEST + " printable ASCII characters without spaces");
        }
        return token;
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Compares secrets in a time that says nothing of where they differ, nor of how long they are. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(sha256(one), sha256(other));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
