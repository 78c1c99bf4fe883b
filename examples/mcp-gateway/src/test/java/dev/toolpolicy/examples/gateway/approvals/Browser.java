package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium of a test's own: no profile but a new one, and gone at the end. */
final class Browser implements AutoCloseable {
    private static final String LISTENING = "DevTools listening on ";

    private final Path profile;
    private final Process process;
    private final URI devTools;
    private final HttpClient http = HttpClient.newHttpClient();

    private Browser(Path profile, Process process, URI devTools) {
        this.profile = profile;
        this.process = process;
        this.devTools = devTools;
    }

    static Browser start(InstalledBrowser installed) throws IOException {
        Path profile = Files.createTempDirectory("approvals-browser");
        List<String> command = new ArrayList<>(List.of(installed.program().toString()));
        command.addAll(List.of(
                "--headless",
                "--no-sandbox", // it may be root's, and sees nothing but this machine's own pages
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(installed.environment());
        builder.environment().put("HOME", profile.toString());
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return new Browser(profile, process, listening(process));
    }

    private static URI listening(Process process) throws IOException {
        BufferedReader err = process.errorReader(UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith(LISTENING)) {
                drain(err);
                return URI.create(line.substring(LISTENING.length()));
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser did not start:\n" + said);
    }

    /** What else it has to say is of no use, but it would wait until somebody reads it. */
    private static void drain(BufferedReader err) {
        Thread reader = new Thread(() -> {
            try (err) {
                err.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // It has ended.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** A new tab, about nothing yet. */
    Tab tab() {
        URI create = URI.create("http://127.0.0.1:" + devTools.getPort() + "/json/new?about:blank");
        try {
            HttpRequest request = HttpRequest.newBuilder(create)
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            JsonObject made =
                    new JsonObject(http.send(request, BodyHandlers.ofString()).body());
            return new Tab(
                    http, URI.create(made.getString("webSocketDebuggerUrl").replace("localhost", "127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        // By its own ids, children too; there is nothing in it that would be worth a farewell.
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all)
            each.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
