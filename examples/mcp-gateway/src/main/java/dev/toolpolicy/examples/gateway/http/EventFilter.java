package dev.toolpolicy.examples.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A stream of server-sent events, cut into events: the data of each is looked at, and the event passed on as it came unless that made
 * something else of it. For one thread.
 */
final class EventFilter {
    /** Of one event; a larger one could not be looked at, and is not passed on unseen. */
    static final int MOST = 64 << 20;

    private final UnaryOperator<byte[]> look;
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private boolean lineIsEmpty = true;
    private boolean afterReturn;

    EventFilter(UnaryOperator<byte[]> look) {
        this.look = look;
    }

    /** What may be passed on, now that these have come. */
    Buffer feed(Buffer bytes) {
        Buffer out = Buffer.buffer();
        for (int i = 0; i < bytes.length(); i++) {
            byte b = bytes.getByte(i);
            if (event.size() >= MOST) throw new IllegalStateException("an event of more than " + MOST + " bytes");
            event.write(b);
            boolean secondHalf = b == '\n' && afterReturn;
            afterReturn = b == '\r';
            if (secondHalf) {
                // Of the line that ended an event, which is gone already.
                if (event.size() == 1) {
                    event.reset();
                    out.appendByte(b);
                }
                continue;
            }
            boolean lineEnds = b == '\n' || b == '\r';
            if (lineEnds && lineIsEmpty) out.appendBytes(take());
            else lineIsEmpty = lineEnds;
        }
        return out;
    }

    private byte[] take() {
        byte[] raw = event.toByteArray();
        event.reset();
        lineIsEmpty = true;
        String text = new String(raw, StandardCharsets.UTF_8).replace("\uFEFF", "");
        List<String> others = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        boolean hasData = false;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.equals("data") || line.startsWith("data:")) {
                if (hasData) data.append('\n');
                hasData = true;
                data.append(value(line));
            } else if (!line.isEmpty()) {
                others.add(line);
            }
        }
        if (!hasData) return raw;
        byte[] came = data.toString().getBytes(StandardCharsets.UTF_8);
        byte[] shown = look.apply(came);
        return shown == came ? raw : written(others, shown);
    }

    private static String value(String line) {
        int from = line.startsWith("data: ") ? 6 : 5;
        return line.substring(Math.min(from, line.length()));
    }

    /** An event with this message, which is one line. */
    static byte[] written(List<String> others, byte[] message) {
        StringBuilder event = new StringBuilder();
        others.forEach(line -> event.append(line).append('\n'));
        event.append("data: ")
                .append(new String(message, StandardCharsets.UTF_8))
                .append("\n\n");
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
