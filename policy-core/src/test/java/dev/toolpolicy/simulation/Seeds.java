package dev.toolpolicy.simulation;

import dev.toolpolicy.simulation.Simulation.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Plays seeds, each in a folder of its own: in memory, where Linux has one for that, for logs and journals wait for their disk. */
final class Seeds implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path folder;

    Seeds() throws IOException {
        folder = Files.isWritable(IN_MEMORY)
                ? Files.createTempDirectory(IN_MEMORY, "simulation")
                : Files.createTempDirectory("simulation");
    }

    Result play(long seed, Sabotage sabotage) {
        try {
            Result result = Simulation.of(seed, folder, sabotage);
            clear(false);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear(boolean all) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (all || !path.equals(folder)) Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        clear(true);
    }
}
