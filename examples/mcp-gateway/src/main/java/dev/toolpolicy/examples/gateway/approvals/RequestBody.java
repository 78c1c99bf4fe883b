package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a request brings along, up to a bound. */
final class RequestBody {
    /** A reason of 1,000 characters, each of them percent-encoded, and the rest of the form. */
    static final int MOST_BYTES = 16 * 1_024;

    private static final int MOST_FIELDS = 8;

    private RequestBody() {}

    /** A request that cannot be taken; the reply says why. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        Refused(Reply reply) {
            super(reply.body(), null, false, false);
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    /** The fields of a form. */
    static Future<Map<String, List<String>>> form(HttpServerRequest request) {
        return text(request, "application/x-www-form-urlencoded").map(text -> {
            try {
                return new QueryStringDecoder(text, UTF_8, false, MOST_FIELDS).parameters();
            } catch (IllegalArgumentException e) {
                throw new Refused(Reply.text(400, "This is no form."));
            }
        });
    }

    /** The one value of a field, or nothing. */
    static String field(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    static Future<JsonObject> json(HttpServerRequest request) {
        return text(request, "application/json").map(text -> {
            try {
                return new JsonObject(text);
            } catch (DecodeException e) {
                throw new Refused(Reply.text(400, "This is no JSON object."));
            }
        });
    }

    private static Future<String> text(HttpServerRequest request, String type) {
        String given = request.getHeader("Content-Type");
        if (given == null
                || !given.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(type))
            return Future.failedFuture(new Refused(Reply.text(415, "Only " + type + ".")));
        Promise<String> text = Promise.promise();
        Buffer bytes = Buffer.buffer();
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() <= MOST_BYTES) bytes.appendBuffer(chunk);
            else text.tryFail(new Refused(Reply.text(413, "Too long.").with("Connection", "close")));
        });
        request.exceptionHandler(text::tryFail);
        request.endHandler(end -> text.tryComplete(bytes.toString(UTF_8)));
        return text.future();
    }
}
