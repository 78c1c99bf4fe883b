package dev.toolpolicy.examples.cluster.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own, on the loopback address, that can be killed, paused, emptied and started again. It ends
 * with this object, or with this JVM.
 */
public final class Redis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final int MOST_STARTS = 5;

    private final Path folder;
    private final Path executable;
    private final int port;
    private final boolean durable;
    private final Thread hook;
    private volatile Process process;

    private Redis(Path folder, Path executable, boolean durable, int port) throws IOException {
        this.folder = folder;
        this.executable = executable;
        this.durable = durable;
        this.port = port;
        this.process = launch();
        this.hook = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** One that has written down what it has said, before it says it: what it knew it knows when it is started again. */
    public static Redis start() throws IOException {
        return start(true);
    }

    /** One that forgets everything when it ends. */
    public static Redis startForgetful() throws IOException {
        return start(false);
    }

    private static Redis start(boolean durable) throws IOException {
        Path folder = Files.createTempDirectory("toolpolicy-redis");
        Path executable =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
        IOException last = new IOException("Redis was not started");
        for (int tries = 0; tries < MOST_STARTS; tries++) {
            try {
                return new Redis(folder, executable, durable, Ports.free());
            } catch (IOException e) {
                // The port was free, and may be no more.
                last = e;
            }
        }
        delete(folder);
        throw last;
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("redis.log").toFile()))
                .start();
        try {
            awaitAnswer(started);
            return started;
        } catch (IOException | RuntimeException e) {
            end(started);
            throw e;
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", folder.toString(), "--save", "", "--daemonize", "no"));
        // At its bound of memory it refuses to write: what it threw out would be counted anew.
        command.addAll(List.of("--maxmemory-policy", "noeviction"));
        command.addAll(List.of("--appendonly", durable ? "yes" : "no", "--appendfsync", "always"));
        return command;
    }

    private void awaitAnswer(Process started) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            if (!started.isAlive()) throw new IOException("Redis ended: " + log());
            if (System.nanoTime() - begun > PATIENCE.toNanos())
                throw new IOException("Redis does not answer: " + log());
            try {
                // It accepts connections before it has read what it has written down.
                if (ask("PING").equals("+PONG")) return;
            } catch (IOException e) {
                // It does not listen yet.
            }
            pauseBriefly();
        }
    }

    private static void pauseBriefly() throws IOException {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS); // another process starts, and there is no event to wait for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("redis.log"));
    }

    /** The first line of what it answers to a command. */
    public String ask(String... words) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) ANSWER_PATIENCE.toMillis());
            socket.setSoTimeout((int) ANSWER_PATIENCE.toMillis());
            socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes(StandardCharsets.UTF_8));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) throw new IOException("no answer to " + words[0]);
            return line;
        }
    }

    private void order(String... words) throws IOException {
        String answer = ask(words);
        if (!answer.equals("+OK")) throw new IOException(String.join(" ", words) + ": " + answer);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The same as clients are told it. */
    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** How many keys it holds. */
    public int keys() throws IOException {
        return Integer.parseInt(ask("DBSIZE").substring(1));
    }

    /** Takes all that it holds from it, as an operator might by mistake. */
    public void empty() throws IOException {
        order("FLUSHALL");
    }

    /** Changes one of its settings. */
    public void set(String setting, String value) throws IOException {
        order("CONFIG", "SET", setting, value);
    }

    /** Has it refuse to write any more, for it has no memory left; or lets it write again. */
    public void full(boolean full) throws IOException {
        set("maxmemory", full ? "1" : "0");
    }

    /** Ends it as {@code kill -9} does, and comes back when it is gone. */
    public void kill() {
        end(process);
    }

    /** Starts it after it was killed, at the same port, with what it has written down. */
    public void restart() throws IOException {
        if (process.isAlive()) throw new IllegalStateException("it runs");
        process = launch();
    }

    /** It stands still: connections stay open, and nobody answers. */
    public void pause() throws IOException {
        Signal.STOP.to(List.of(process.toHandle()));
    }

    /** It goes on, with what was sent to it in the meantime. */
    public void resume() throws IOException {
        Signal.CONT.to(List.of(process.toHandle()));
    }

    private static void end(Process process) {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() throws IOException {
        end(process);
        Runtime.getRuntime().removeShutdownHook(hook);
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
