package dev.toolpolicy.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that users see, kept beside the tests; {@code -Dgolden=write} writes them anew. */
public final class Golden {
    private Golden() {}

    /** Fails unless the text is that of the file. */
    public static void check(String name, String actual) {
        Path file = Path.of("src/test/resources/golden", name);
        try {
            if ("write".equals(System.getProperty("golden"))) Files.writeString(file, actual);
            assertThat(actual).as(name).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
