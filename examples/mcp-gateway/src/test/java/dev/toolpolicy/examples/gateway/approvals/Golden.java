package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person sees is kept in files: compared byte for byte, and written anew by {@code -Dgolden=write}. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/toolpolicy/examples/gateway/approvals");

    private Golden() {}

    static void assertMatches(String file, String actual) {
        Path golden = FOLDER.resolve(file);
        try {
            if ("write".equals(System.getProperty("golden"))) Files.writeString(golden, actual);
            assertThat(golden).as("golden file (-Dgolden=write writes it)").exists();
            assertThat(actual).as("%s (-Dgolden=write rewrites it)", golden).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
