package dev.toolpolicy.examples.gateway.approvals;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.approval.ApprovalDesk;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The page where a person answers what agents ask, and the JSON for the command line; on this machine only. */
public final class ApprovalsPage implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final int IDLE_SECONDS = 60;
    private static final int WAIT_SECONDS = 30;

    private final HttpServer server;
    private final WorkerExecutor worker;
    private final URI address;

    private ApprovalsPage(HttpServer server, WorkerExecutor worker, URI address) {
        this.server = server;
        this.worker = worker;
        this.address = address;
    }

    /**
     * Opens the page, and returns when it listens.
     *
     * @param host an address of this machine alone: 127.0.0.1, another that begins with 127, ::1, or localhost
     * @param port on which to listen; 0 takes any that is free
     * @param token whoever has it may answer
     * @param approver the name under which answers are given
     * @throws IllegalArgumentException if the host is not such an address, the token could be guessed, or the approver has no name
     * @throws IllegalStateException if it cannot listen there
     */
    public static ApprovalsPage open(
            Vertx vertx, ApprovalDesk desk, String host, int port, String token, String approver) {
        return open(vertx, desk, host, port, token, approver, InstantSource.system(), ZoneId.systemDefault());
    }

    static ApprovalsPage open(
            Vertx vertx,
            ApprovalDesk desk,
            String host,
            int port,
            String token,
            String approver,
            InstantSource clock,
            ZoneId zone) {
        requireNonNull(desk, "desk");
        if (approver.isBlank()) throw new IllegalArgumentException("approver must not be blank");
        InetAddress loopback = loopback(host);
        String name = loopback instanceof Inet4Address ? loopback.getHostAddress() : "[::1]";
        TokenCheck check = new TokenCheck(vertx, token);
        ShownTime time = new ShownTime(zone);
        Answers answers = new Answers(desk, approver, time);
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("approvals-" + ApprovalToken.random(4), WORKERS);
        PageHtml html = new PageHtml(approver, time, clock);
        Pages pages = new Pages(desk, answers, check, new Sessions(clock), html, worker);
        Api api = new Api(desk, answers, check, worker);
        HttpServer server =
                vertx.createHttpServer(options()).requestHandler(new FrontDoor(Set.of(name, "localhost"), pages, api));
        try {
            waitFor(server.listen(port, loopback.getHostAddress()));
        } catch (IllegalStateException e) {
            waitFor(worker.close());
            throw e;
        }
        return new ApprovalsPage(server, worker, URI.create("http://" + name + ":" + server.actualPort() + "/"));
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS);
    }

    /** No name is looked up: what it leads to could change, and lead away from this machine. */
    private static InetAddress loopback(String host) {
        String literal = host.equals("localhost") ? "127.0.0.1" : host;
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(literal);
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "approvals are given on this machine only: host must be a loopback address such as 127.0.0.1, got "
                            + ShownText.ascii(host));
        }
        return address;
    }

    /** Where the person goes, with a slash at its end. */
    public URI address() {
        return address;
    }

    /** Ends every session, and listens no more; blocks until then, so never call it on an event loop. The desk stays open. */
    @Override
    public void close() {
        waitFor(server.close());
        waitFor(worker.close());
    }

    private static <T> void waitFor(Future<T> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the approvals page could not be opened or closed", e);
        }
    }
}
