package dev.toolpolicy.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of ours whose lines are read as they come, and which is gone when the test is. */
public final class Started implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final String END = "<the end>";

    private final Process process;
    private final OutputStream in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> err = new LinkedBlockingQueue<>();

    private Started(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        read(process.getInputStream(), out);
        read(process.getErrorStream(), err);
    }

    /** Starts a class of this class path, with these arguments. */
    public static Started java(Class<?> main, List<String> args) {
        return command(javaCommand(main, args));
    }

    /** The command that starts it. */
    public static List<String> javaCommand(Class<?> main, List<String> args) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(args);
        return command;
    }

    public static Started command(List<String> command) {
        try {
            return new Started(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(InputStream from, BlockingQueue<String> to) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, UTF_8))) {
                String line;
                while ((line = lines.readLine()) != null) to.add(line);
            } catch (IOException e) {
                // It is gone.
            }
            to.add(END);
        });
        reader.setDaemon(true);
        reader.start();
    }

    public void send(String line) {
        send((line + "\n").getBytes(UTF_8));
    }

    public void send(byte[] bytes) {
        try {
            in.write(bytes);
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line on its standard output. */
    public String next() throws InterruptedException {
        return next(out);
    }

    /** The same of a program that has much to do first. */
    public String next(Duration patience) throws InterruptedException {
        return next(out, patience.toSeconds());
    }

    /** The next line on its standard error that has this in it. */
    public String said(String part) throws InterruptedException {
        while (true) {
            String line = next(err);
            if (line.contains(part)) return line;
            assertThat(line).as("waiting for: " + part).isNotEqualTo(END);
        }
    }

    private static String next(BlockingQueue<String> lines) throws InterruptedException {
        return next(lines, PATIENCE_SECONDS);
    }

    private static String next(BlockingQueue<String> lines, long seconds) throws InterruptedException {
        String line = lines.poll(seconds, TimeUnit.SECONDS);
        assertThat(line).as("a line within %s seconds", seconds).isNotNull();
        return line;
    }

    /** Nothing more comes from it. */
    public void goes() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    /** Everything else that it has written to its standard output, now that it has ended. */
    public List<String> rest() {
        return rest(out);
    }

    /** The same of its standard error. */
    public List<String> errors() {
        return rest(err);
    }

    private static List<String> rest(BlockingQueue<String> lines) {
        List<String> rest = new ArrayList<>();
        try {
            for (String line = next(lines); !line.equals(END); line = next(lines)) rest.add(line);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return rest;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
