package dev.toolpolicy.examples.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    private static final String STREAM = String.join(
            "",
            List.of(
                    ": comment\n\nevent: message\r\nid: 1\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\n",
                    "data:secret\rid: é\r\rretry: 5\n\ndata: plain\n\n\n\ndata\n\ndata: the last, without an end"));
    private static final String SHOWN = STREAM.replace("data:secret\rid: é\r\r", "id: é\ndata: instead\n\n")
            .replace("data: the last, without an end", "");

    @Test
    void eventsAreCutWhereverTheBytesAre() {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> looked = new ArrayList<>();
            EventFilter filter = new EventFilter(secretsInstead(looked));
            Buffer out = Buffer.buffer();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + random.nextInt(1, 12));
                out.appendBuffer(filter.feed(Buffer.buffer(java.util.Arrays.copyOfRange(bytes, at, to))));
                at = to;
            }
            assertThat(out.toString()).as("seed %s", seed).isEqualTo(SHOWN);
            assertThat(looked).as("seed %s", seed).containsExactly("{\"a\":\n1}", "secret", "plain", "");
        }
    }

    private static UnaryOperator<byte[]> secretsInstead(List<String> looked) {
        return data -> {
            looked.add(new String(data, UTF_8));
            return new String(data, UTF_8).equals("secret") ? "instead".getBytes(UTF_8) : data;
        };
    }
}
