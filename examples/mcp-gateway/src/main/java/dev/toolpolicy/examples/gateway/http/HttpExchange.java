package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.Identity;
import dev.toolpolicy.examples.gateway.rpc.Answers;
import dev.toolpolicy.examples.gateway.rpc.BrokenMessage;
import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.examples.gateway.rpc.Decoy;
import dev.toolpolicy.examples.gateway.rpc.Exchange;
import dev.toolpolicy.examples.gateway.rpc.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Between the two ends of one HTTP request. What is done with a message is decided on any thread, and done on the request's own. */
final class HttpExchange implements Exchange {
    private static final int HEADERS_DISAGREE = -32020;

    private final HttpGateway gateway;
    private final HttpServerRequest request;
    private final Identity who;
    private final Optional<Sessions.Session> session;
    private final Context context;
    private @Nullable Object claimed;
    private @Nullable Downstream downstream;

    HttpExchange(HttpGateway gateway, HttpServerRequest request, Identity who, Optional<Sessions.Session> session) {
        this.gateway = gateway;
        this.request = request;
        this.who = who;
        this.session = session;
        this.context = Vertx.currentContext();
    }

    /** Has a message judged, unless the head says another thing, or it takes the id of another request of its session. */
    void judge(ClientMessage message) {
        if (!Headers.agree(request.headers(), message)) {
            reject(message, HEADERS_DISAGREE, "a header does not say what the body says");
            return;
        }
        Object id = message.id();
        if (message.isRequest() && id != null && session.isPresent()) {
            if (!session.get().begin(id)) {
                reject(message, BrokenMessage.INVALID_REQUEST, "the `id` is that of a request without an answer");
                return;
            }
            claimed = id;
        }
        gateway.gate().judge(who, message, this);
    }

    private void reject(ClientMessage message, int code, String why) {
        gateway.gate().refused(who, message, why);
        reject(Answers.error(message.id(), code, why));
    }

    @Override
    public void pass(ClientMessage message) {
        onLoop(() -> forward(HttpMethod.POST, message.bytes(), head -> {}, Downstream.of(this, message)));
    }

    @Override
    public CompletionStage<Outcome> call(ClientMessage message, byte[] judged) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        onLoop(() -> forward(HttpMethod.POST, judged, head -> {}, Downstream.running(this, message, outcome)));
        return outcome;
    }

    @Override
    public void ask(ClientMessage message, byte[] instead, Decoy decoy) {
        onLoop(() -> forward(
                HttpMethod.POST,
                instead,
                head -> Headers.nameInstead(head.headers(), decoy.name()),
                Downstream.asking(this, message, decoy)));
    }

    /** The server's own messages, as long as the client listens. */
    void stream() {
        Downstream open = Downstream.open(this);
        downstream = open;
        gateway.streams().add(this);
        forward(HttpMethod.GET, null, head -> {}, open);
    }

    /** The client ends its session. */
    void end() {
        String id = request.getHeader(Headers.SESSION);
        if (id != null) gateway.sessions().closed(who, id);
        forward(HttpMethod.DELETE, null, head -> {}, Downstream.open(this));
    }

    @Override
    public void answer(byte[] answer) {
        onLoop(() -> reply(200, answer));
    }

    @Override
    public void reject(byte[] error) {
        onLoop(() -> reply(400, error));
    }

    @Override
    public void drop() {
        onLoop(() -> {
            finished();
            request.response().setStatusCode(202).end();
        });
    }

    void tellOfChanges() {
        onLoop(() -> {
            Downstream open = downstream;
            if (open != null && session.filter(Sessions.Session::tellsOfChanges).isPresent()) open.tellOfChanges();
        });
    }

    /** What comes back is the client's, as it comes. */
    private void forward(HttpMethod method, byte @Nullable [] body, Consumer<HttpClientRequest> head, Downstream back) {
        if (request.response().closed()) {
            // Of a client that is gone already the handler would not be told, and the call would hang for good.
            back.clientGone();
            return;
        }
        request.response().closeHandler(gone -> back.clientGone());
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(gateway.upstream().uri().toString());
        gateway.client()
                .request(options)
                .compose(up -> {
                    back.sending(up);
                    Headers.toServer(request.headers(), up.headers());
                    gateway.upstream().token().ifPresent(token -> up.putHeader("authorization", "Bearer " + token));
                    head.accept(up);
                    return body == null ? up.send() : up.send(Buffer.buffer(body));
                })
                .onComplete(back::begin, e -> back.failed());
    }

    void reply(int status, byte[] json) {
        finished();
        if (request.response().ended()) return;
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(json));
    }

    /** Nothing more will come. */
    void finished() {
        gateway.streams().remove(this);
        Object id = claimed;
        if (id != null) session.ifPresent(open -> open.end(id));
        claimed = null;
    }

    private void onLoop(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    HttpGateway gateway() {
        return gateway;
    }

    HttpServerRequest request() {
        return request;
    }

    Identity who() {
        return who;
    }

    Optional<Sessions.Session> session() {
        return session;
    }
}
