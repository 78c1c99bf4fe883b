package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.mcpserver.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very demo that the README's command runs. */
class DemoTest {
    private static final Path GOLDEN = Path.of("src/test/resources/demo.txt");

    @Test
    void printsWhatItAlwaysPrints(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Demo.show(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));

        String text = steady(printed.toString(StandardCharsets.UTF_8));
        if (System.getProperty("golden", "").equals("write")) Files.writeString(GOLDEN, text);
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    /** Without what differs from run to run. */
    private static String steady(String printed) {
        return printed.replace("\r\n", "\n")
                .replaceAll("retry after \\d+ s", "retry after SECONDS s")
                .replaceAll("[0-9a-f]{64}", "HASH");
    }
}
