package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.cluster.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void showsWindowsThatAreSpentAndWhatBecomesOfCallsWithoutRedis() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        boolean held = Demo.show(new PrintStream(shown, true, StandardCharsets.UTF_8));
        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(held).as(text).isTrue();
        assertThat(numbersAside(text)).isEqualTo(numbersAside(Readme.blocks("").get(1)));
        // Of six that Redis was there for; a busy machine may disturb one or two.
        assertThat(text.lines().filter(line -> line.matches(" +\\d\\d:\\d\\d:\\d\\d .* 20 +20 +[1-9]\\d*")))
                .as(text)
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(text).containsPattern("admitted: 0; denied with CHECK_FAILED: [1-9]\\d*");
    }

    private static String numbersAside(String text) {
        return text.replaceAll("\\d+", "1").replaceAll(" +", " ").replace(System.lineSeparator(), "\n");
    }
}
