package dev.toolpolicy.examples.cluster.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several {@link Worker}s, each in a process of its own, that work at the same time. */
public final class Crew implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Tally tally;

    private Crew(int size) {
        this.tally = new Tally(size);
    }

    /** Starts one for each of these settings, and waits until all of them work. */
    public static Crew start(Class<?> main, List<Settings> settings) throws IOException, InterruptedException {
        Crew crew = new Crew(settings.size());
        try {
            for (int i = 0; i < settings.size(); i++)
                crew.workers.add(WorkerProcess.start(main, settings.get(i), crew.tally.of(i)));
            crew.awaitAll();
            return crew;
        } catch (IOException | InterruptedException | RuntimeException e) {
            crew.close();
            throw e;
        }
    }

    private void awaitAll() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!tally.heardOfAll()) {
            if (!workers.stream().allMatch(WorkerProcess::isAlive)) throw new IOException("a worker ended");
            if (System.nanoTime() - begun > PATIENCE_NANOS) throw new IOException("a worker tells nothing");
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** What becomes of their calls. */
    public Tally tally() {
        return tally;
    }

    /** Has them end, and waits until all was heard that they tell. */
    @Override
    public void close() throws IOException {
        for (WorkerProcess worker : workers) worker.close();
    }
}
