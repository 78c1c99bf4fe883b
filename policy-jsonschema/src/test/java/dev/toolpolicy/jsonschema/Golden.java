package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a user sees is kept in files: compared byte for byte, and written anew by {@code -Dgolden=write}. */
final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private Golden() {}

    /** Fails unless the file holds exactly this text. */
    static void assertMatches(Path file, String actual) {
        try {
            if (WRITE) Files.writeString(file, actual);
            assertThat(file).as("golden file (-Dgolden=write writes it)").exists();
            assertThat(actual).as("%s (-Dgolden=write rewrites it)", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
