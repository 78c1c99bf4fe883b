package dev.toolpolicy;

import dev.toolpolicy.json.Sha256;
import java.nio.charset.StandardCharsets;

/** The digests of texts. */
final class Digests {
    private Digests() {}

    /** SHA-256 of a text in UTF-8, in lower-case hexadecimal digits. */
    static String sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
