package dev.toolpolicy.examples.cluster.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Worker} in a process of its own, which ends with this object, or with this process. */
public final class WorkerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final Thread reader;

    private WorkerProcess(Process process, Consumer<Report> reports) {
        this.process = process;
        this.reader = new Thread(() -> read(reports), "reads-worker");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param main {@link Worker}, or another that runs it
     * @param reports hears what it tells, from one thread
     */
    public static WorkerProcess start(Class<?> main, Settings settings, Consumer<Report> reports) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // It lives for seconds: what starts quickly counts.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(settings.toArguments());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new WorkerProcess(process, reports);
    }

    private void read(Consumer<Report> reports) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                reports.accept(Report.ofLine(line));
        } catch (IOException e) {
            // It was ended.
        }
    }

    /** Whether it has not ended by itself. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Has it end, and waits until all that it told was heard. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
