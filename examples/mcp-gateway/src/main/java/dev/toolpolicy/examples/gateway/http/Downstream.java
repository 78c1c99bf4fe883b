package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.examples.gateway.rpc.Answers;
import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.examples.gateway.rpc.Decoy;
import dev.toolpolicy.examples.gateway.rpc.Outcome;
import dev.toolpolicy.examples.gateway.rpc.ServerMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers, on its way to the client. It streams through as it comes; held back are only the pages of a list, and what is
 * said of a tool that was asked for in another's place. On the event loop of its request.
 */
final class Downstream {
    /** A longer answer is passed on all the same, but nobody looks at whether it says that the call failed. */
    private static final int LOOKED_AT = 1 << 20;

    private static final int MOST_HELD_BACK = 64 << 20;

    private final HttpExchange exchange;
    private final @Nullable ClientMessage message;
    private final @Nullable Decoy decoy;
    private final @Nullable CompletableFuture<Outcome> outcome;
    private final Buffer seen = Buffer.buffer();
    private @Nullable HttpClientRequest up;
    private boolean failed;
    private boolean answered;
    private boolean over;

    private Downstream(
            HttpExchange exchange,
            @Nullable ClientMessage message,
            @Nullable Decoy decoy,
            @Nullable CompletableFuture<Outcome> outcome) {
        this.exchange = exchange;
        this.message = message;
        this.decoy = decoy;
        this.outcome = outcome;
    }

    /** Of a message that is not judged. */
    static Downstream of(HttpExchange exchange, ClientMessage message) {
        return new Downstream(exchange, message, null, null);
    }

    /** Of a call that runs. */
    static Downstream running(HttpExchange exchange, ClientMessage call, CompletableFuture<Outcome> outcome) {
        return new Downstream(exchange, call, null, outcome);
    }

    /** Of a call of a tool that no server has. */
    static Downstream asking(HttpExchange exchange, ClientMessage call, Decoy decoy) {
        return new Downstream(exchange, call, decoy, null);
    }

    /** Of no message. */
    static Downstream open(HttpExchange exchange) {
        return new Downstream(exchange, null, null, null);
    }

    void sending(HttpClientRequest request) {
        up = request;
        if (over) request.reset();
    }

    /** The head of the answer is there. */
    void begin(HttpClientResponse response) {
        HttpServerResponse down = exchange.request().response();
        if (over || down.closed()) {
            clientGone();
            return;
        }
        String session = response.getHeader(Headers.SESSION);
        Optional<Sessions.Session> opened = message != null && message.isInitialize() && session != null
                ? Optional.of(exchange.gateway().sessions().opened(exchange.who(), session))
                : exchange.session();
        down.setStatusCode(response.statusCode());
        Headers.toClient(response.headers(), down.headers());
        response.exceptionHandler(e -> failed());
        String type = String.valueOf(response.getHeader("content-type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) events(response, down, opened);
        else if (decoy != null || (message != null && message.mayGetList())) heldBack(response);
        else untouched(response, down, opened);
    }

    private void events(HttpClientResponse response, HttpServerResponse down, Optional<Sessions.Session> opened) {
        EventFilter filter = new EventFilter(data -> event(data, opened));
        down.setChunked(true);
        exchange.gateway().streams().add(exchange);
        // The head must not wait for the first event.
        down.writeHead();
        response.handler(part -> {
            try {
                write(response, down, filter.feed(part));
            } catch (IllegalStateException e) {
                failed();
            }
        });
        response.endHandler(end -> ended(down));
    }

    private byte[] event(byte[] data, Optional<Sessions.Session> opened) {
        // No message: servers begin a stream so, to give the client an id from which to go on.
        if (data.length == 0) return data;
        Optional<ServerMessage> glance = ServerMessage.glance(data);
        if (glance.isEmpty()) return isList() ? list(data) : data;
        ServerMessage seen = glance.get();
        answered |= seen.answers();
        failed |= seen.answers() && seen.failed();
        if (decoy != null) return decoy.restore(data);
        if (seen.offersListChanges()) opened.ifPresent(Sessions.Session::tellOfChanges);
        if (!seen.answers()) return data;
        return seen.hasTools() || (isList() && !seen.failed()) ? list(data) : data;
    }

    private void heldBack(HttpClientResponse response) {
        // As the server sent it: else the head would tell whose answer was held back, and so which tools are hidden.
        if (response.getHeader("content-length") == null)
            exchange.request().response().setChunked(true);
        response.handler(part -> {
            if (seen.length() + part.length() > MOST_HELD_BACK) failed();
            else seen.appendBuffer(part);
        });
        response.endHandler(end -> {
            if (over) return;
            over = true;
            byte[] body = seen.getBytes();
            exchange.finished();
            exchange.request()
                    .response()
                    .end(Buffer.buffer(decoy == null ? page(body, response) : decoy.restore(body)));
        });
    }

    private byte[] page(byte[] body, HttpClientResponse response) {
        Optional<ServerMessage> glance = ServerMessage.glance(body);
        if (glance.isPresent() && glance.get().hasTools()) return list(body);
        boolean isError = glance.map(ServerMessage::failed).orElse(response.statusCode() >= 400);
        return isError || !isList() ? body : list(body);
    }

    private void untouched(HttpClientResponse response, HttpServerResponse down, Optional<Sessions.Session> opened) {
        String length = response.getHeader("content-length");
        if (length == null) down.setChunked(true);
        else down.putHeader("content-length", length);
        failed = response.statusCode() >= 400;
        response.handler(part -> {
            if (seen.length() < LOOKED_AT) seen.appendBuffer(part);
            write(response, down, part);
        });
        response.endHandler(end -> {
            // Of a whole answer; one that is cut short here cannot be read, and says nothing.
            ServerMessage.glance(seen.getBytes()).ifPresent(message -> {
                if (message.offersListChanges()) opened.ifPresent(Sessions.Session::tellOfChanges);
                failed |= message.failed();
            });
            answered = true;
            ended(down);
        });
    }

    private static void write(HttpClientResponse from, HttpServerResponse to, Buffer part) {
        if (part.length() == 0 || to.ended() || to.closed()) return;
        to.write(part);
        if (!to.writeQueueFull()) return;
        from.pause();
        to.drainHandler(drained -> from.resume());
    }

    private void ended(HttpServerResponse down) {
        if (over) return;
        over = true;
        exchange.finished();
        settle(failed || !answered);
        if (!down.ended() && !down.closed()) down.end();
    }

    /** The server did not answer, or not to the end. */
    void failed() {
        if (over) return;
        over = true;
        settle(true);
        HttpServerResponse down = exchange.request().response();
        if (up != null) up.reset();
        if (down.headWritten() || down.closed()) {
            exchange.finished();
            // Else half an answer would look like a whole one.
            exchange.request().connection().close();
        } else {
            Object id = message == null ? null : message.id();
            down.headers().clear();
            exchange.reply(502, Answers.failed(id, "the server behind the gateway does not answer"));
        }
    }

    /** Nobody listens any more: the server is told so by the same means. */
    void clientGone() {
        if (over) return;
        over = true;
        exchange.finished();
        settle(failed || !answered);
        if (up != null) up.reset();
    }

    void tellOfChanges() {
        HttpServerResponse down = exchange.request().response();
        if (over || !down.headWritten() || down.closed()) return;
        down.write(Buffer.buffer(EventFilter.written(List.of(), Answers.toolsChanged())));
    }

    private boolean isList() {
        return message != null && message.isList();
    }

    private byte[] list(byte[] page) {
        return exchange.gateway().gate().list(exchange.who(), message == null ? null : message.id(), page);
    }

    /** What became of the call is written down, which may take a disk. */
    private void settle(boolean failed) {
        CompletableFuture<Outcome> call = outcome;
        if (call == null) return;
        exchange.gateway().offLoop(exchange, () -> call.complete(failed ? Outcome.FAILED : Outcome.DONE));
    }
}
