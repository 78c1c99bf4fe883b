package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.examples.gateway.http.GrantFile;
import dev.toolpolicy.examples.gateway.http.HttpGateway;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In front of a server that speaks HTTP, as the command line says. */
final class Serving {
    private static final long LOOK_MILLIS = 1_000;

    @Option(names = "--upstream", required = true, paramLabel = "URL", description = "The server's endpoint.")
    private @Nullable URI upstream;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "Where clients come, with the path of the server's endpoint.")
    private @Nullable HostAndPort listen;

    @Option(
            names = "--grants",
            required = true,
            paramLabel = "FILE",
            description = "Who has which bearer token, by its hash: see the command `grant`. It is followed, too.")
    private Path grants = Path.of("");

    @Option(
            names = "--upstream-token-file",
            paramLabel = "FILE",
            description = "A bearer token for the server; a client's is never passed on.")
    private @Nullable Path upstreamToken;

    @Option(names = "--allow-host", paramLabel = "HOST:PORT", description = "Another name that clients may use.")
    private List<String> hosts = List.of();

    /** Serves until the process is ended. */
    int serve(Gate gate, Vertx vertx, Console console, Ending ending, Runnable onHangup) throws Exception {
        URI server = requireHttp(upstream);
        HostAndPort at = listen == null ? new HostAndPort("127.0.0.1", 0) : listen;
        GrantFile holders = GrantFile.read(grants);
        HttpGateway gateway = HttpGateway.open(
                vertx, gate, holders, new HttpGateway.Upstream(server, token()), at.host(), at.port(), hosts);
        Runnable look = () -> {
            holders.look().ifPresent(problem -> console.say("the grants before stay in force: " + problem));
            gateway.grantsChanged();
        };
        vertx.setPeriodic(
                LOOK_MILLIS,
                now -> vertx.executeBlocking(() -> {
                    look.run();
                    return "";
                }));
        Hangup.run(() -> {
            onHangup.run();
            look.run();
        });
        ending.add(gateway::close);
        console.onReload(gateway::policyChanged);
        console.say("listening on http://" + at.host() + ":" + gateway.port() + gateway.path());
        new CountDownLatch(1).await();
        return 0;
    }

    private static URI requireHttp(@Nullable URI uri) {
        boolean http = uri != null
                && uri.getHost() != null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        if (uri == null || !http) throw new IllegalArgumentException("--upstream is an http or https URL");
        return uri;
    }

    private Optional<String> token() throws IOException {
        return upstreamToken == null
                ? Optional.empty()
                : Optional.of(Files.readString(upstreamToken).strip());
    }
}
