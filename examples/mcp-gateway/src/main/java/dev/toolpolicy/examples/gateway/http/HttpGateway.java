package dev.toolpolicy.examples.gateway.http;

import dev.toolpolicy.Identity;
import dev.toolpolicy.examples.gateway.rpc.Answers;
import dev.toolpolicy.examples.gateway.rpc.ClientMessage;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Stands between clients and a server that speak streamable HTTP. Whom it does not know it turns away before anything is read. */
public final class HttpGateway implements AutoCloseable {
    private static final String BEARER = "Bearer ";
    private static final long BODY_PATIENCE_MILLIS = 30_000;
    private static final int MOST_CONNECTIONS_UP = 10_000;

    private final Vertx vertx;
    private final Gate gate;
    private final GrantFile grants;
    private final Upstream upstream;
    private final Sessions sessions = new Sessions();
    private final Load load = new Load();
    private final Set<HttpExchange> streams = ConcurrentHashMap.newKeySet();
    private final HttpClient client;
    private final HttpServer server;
    private @Nullable Origins origins;

    /**
     * The server behind.
     *
     * @param uri of its one endpoint
     * @param token that it wants to see of us; never one of a client's
     */
    public record Upstream(URI uri, Optional<String> token) {}

    private HttpGateway(Vertx vertx, Gate gate, GrantFile grants, Upstream upstream) {
        this.vertx = vertx;
        this.gate = gate;
        this.grants = grants;
        this.upstream = upstream;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(5_000)
                        // Shorter than servers keep theirs, so that none is used that is being closed at the other end.
                        .setKeepAliveTimeout(3),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS_UP));
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setMaxHeaderSize(16 << 10).setHttp2ClearTextEnabled(false));
    }

    /** Listens; the port is known then. */
    public static HttpGateway open(
            Vertx vertx,
            Gate gate,
            GrantFile grants,
            Upstream upstream,
            String host,
            int port,
            Collection<String> allowedHosts)
            throws IOException {
        HttpGateway gateway = new HttpGateway(vertx, gate, grants, upstream);
        gateway.server.requestHandler(gateway::handle);
        listen(gateway.server, host, port);
        gateway.origins = new Origins(host, gateway.port(), allowedHosts);
        return gateway;
    }

    private static void listen(HttpServer server, String host, int port) throws IOException {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("cannot listen on " + host + ":" + port + ": is the port in use?", e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** The path that clients ask for: the server's own. */
    public String path() {
        String path = upstream.uri().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** The policy is another: what clients have for a list may be wrong now. */
    public void policyChanged() {
        streams.forEach(HttpExchange::tellOfChanges);
    }

    /** Other tokens may be good now: what streams to the holder of one that is not ends. */
    public void grantsChanged() {
        streams.stream()
                .filter(stream -> grants.holder(token(stream.request())).isEmpty())
                .forEach(stream -> stream.request().connection().close());
    }

    @Override
    public void close() {
        Future.all(server.close(), client.close())
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
    }

    private void handle(HttpServerRequest request) {
        request.pause();
        Origins allowed = origins;
        if (allowed == null || !allowed.isOurs(request.getHeader("host"))) {
            refuse(request, 421, "not called by a name of ours");
        } else if (!allowed.mayCall(request.getHeader("origin"))) {
            refuse(request, 403, "not from this page");
        } else if (Headers.repeats(request.headers())) {
            refuse(request, 400, "a header is repeated");
        } else if (!path().equals(request.path()) || request.query() != null) {
            refuse(request, 404, "nothing here");
        } else {
            grants.holder(token(request)).ifPresentOrElse(who -> handle(request, who), () -> refuseUnknown(request));
        }
    }

    private static @Nullable String token(HttpServerRequest request) {
        String authorization = request.getHeader("authorization");
        boolean bears = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bears ? authorization.substring(BEARER.length()).strip() : null;
    }

    private static void refuseUnknown(HttpServerRequest request) {
        request.response().putHeader("www-authenticate", "Bearer");
        refuse(request, 401, "a bearer token is needed");
    }

    static void refuse(HttpServerRequest request, int status, String why) {
        // What of the body has not been read is not waited for.
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .putHeader("connection", "close")
                .end(why + "\n")
                .onComplete(ended -> request.connection().close());
    }

    private void handle(HttpServerRequest request, Identity who) {
        String id = request.getHeader(Headers.SESSION);
        Optional<Sessions.Session> session = id == null ? Optional.empty() : sessions.of(who, id);
        if (id != null && session.isEmpty()) {
            refuse(request, 404, "there is no such session");
            return;
        }
        if (!load.begin(who)) {
            refuse(request, 429, "too many requests at once");
            return;
        }
        Buffer body = Buffer.buffer();
        request.response().endHandler(over -> load.end(who, body.length()));
        HttpExchange exchange = new HttpExchange(this, request, who, session);
        if (HttpMethod.POST.equals(request.method())) readBody(request, who, body, exchange);
        else if (HttpMethod.GET.equals(request.method())) exchange.stream();
        else if (HttpMethod.DELETE.equals(request.method())) exchange.end();
        else refuse(request, 405, "POST, GET or DELETE");
    }

    private void readBody(HttpServerRequest request, Identity who, Buffer body, HttpExchange exchange) {
        if (!isJson(request.getHeader("content-type")) || request.getHeader("content-encoding") != null) {
            refuse(request, 415, "a message is application/json");
            return;
        }
        long timer = vertx.setTimer(
                BODY_PATIENCE_MILLIS, late -> request.connection().close());
        request.handler(part -> {
            if (body.length() + part.length() > ClientMessage.MAX_BYTES) {
                vertx.cancelTimer(timer);
                request.handler(null).endHandler(null);
                offLoop(exchange, () -> gate.tooLong(who, exchange));
            } else if (!load.hold(who, part.length())) {
                vertx.cancelTimer(timer);
                request.handler(null).endHandler(null);
                refuse(request, 429, "too much at once");
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            offLoop(exchange, () -> gate.read(who, body.getBytes(), exchange).ifPresent(exchange::judge));
        });
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.resume();
    }

    /** JSON in the one encoding that it has. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) return false;
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    /** Decisions may write to disks. */
    void offLoop(HttpExchange exchange, Runnable work) {
        Future<@Nullable Void> done = vertx.executeBlocking(
                () -> {
                    work.run();
                    return null;
                },
                false);
        done.onFailure(e -> exchange.reply(500, Answers.failed(null, "the gateway failed")));
    }

    Gate gate() {
        return gate;
    }

    HttpClient client() {
        return client;
    }

    Upstream upstream() {
        return upstream;
    }

    Sessions sessions() {
        return sessions;
    }

    Set<HttpExchange> streams() {
        return streams;
    }
}
