package dev.toolpolicy.examples.mcpserver;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Standard input, less the lines that are no message of the protocol: one of those would end the SDK's transport for good. They are
 * answered here.
 */
final class MessageLines extends InputStream {
    private static final int LONGEST = 2 << 20;
    private static final byte[] END = {};

    private final InputStream in;
    private final OutputStream out;
    private final McpJsonMapper json;
    private final Runnable whenEnded;
    private boolean ended;
    private byte[] line = END;
    private int next;

    /**
     * @param out where the transport writes too, a line at a time while it holds the lock of this object
     * @param whenEnded is told when there is no more to read
     */
    MessageLines(InputStream in, OutputStream out, McpJsonMapper json, Runnable whenEnded) {
        this.in = in;
        this.out = out;
        this.json = json;
        this.whenEnded = whenEnded;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? line[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!hasMore()) return -1;
        int some = Math.min(length, line.length - next);
        System.arraycopy(line, next, into, offset, some);
        next += some;
        return some;
    }

    private boolean hasMore() throws IOException {
        try {
            while (next == line.length && !ended) {
                line = message();
                next = 0;
            }
        } catch (IOException e) {
            whenEnded.run();
            throw e;
        }
        if (next < line.length) return true;
        whenEnded.run();
        return false;
    }

    /** The next line if it is a message, else nothing. */
    private byte[] message() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int found;
        while ((found = in.read()) != '\n' && found != -1) {
            // What is longer is read on, not kept, and is no message for want of its end.
            if (read.size() <= LONGEST) read.write(found);
        }
        ended = found == -1;
        if (read.size() == 0) return END;
        try {
            return checked(read.toByteArray());
        } catch (IOException e) {
            answer(ErrorCodes.PARSE_ERROR, "Parse error");
        } catch (RuntimeException e) {
            answer(ErrorCodes.INVALID_REQUEST, "Invalid Request");
        }
        return END;
    }

    private byte[] checked(byte[] read) throws IOException {
        if (read.length > LONGEST) throw new IllegalArgumentException("too long");
        // The SDK takes a carriage return for the end of a line; in JSON it can only be white space.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(read))
                .toString()
                .replace('\r', ' ');
        if (text.isBlank()) return END;
        boolean note = McpSchema.deserializeJsonRpcMessage(json, text) instanceof JSONRPCNotification sent
                && !sent.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED);
        // This server has no use for other notes, and one whose handling fails would end the transport as well.
        return note ? END : (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void answer(int code, String message) throws IOException {
        String answer =
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}\n";
        synchronized (out) {
            out.write(answer.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
