package dev.toolpolicy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.simulation.Simulation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong in whatever order, what must never be is not. {@code -Dseeds=100000} for more, {@code -Dfirst=…} for others. A seed
 * on which something once was goes to {@code simulation-seeds.txt} and is played for ever.
 */
class SimulationTest {
    private static final Path KEPT = Path.of("src/test/resources/simulation-seeds.txt");
    private static final long SEEDS = Long.getLong("seeds", 5_000);
    private static final long FIRST = Long.getLong("first", 0);
    private static final int TWICE = 150;

    @Test
    void nothingThatMustNeverBeIs() throws IOException {
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        Map<String, Long> outcomes = new TreeMap<>();
        try (Seeds seeds = new Seeds()) {
            for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
                Result result = seeds.play(seed, Sabotage.NONE);
                requireWhole(result);
                result.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
                result.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
            }
        }
        // What is never drawn proves nothing.
        assertThat(faults).as("%s", faults).containsOnlyKeys(Fault.values());
        assertThat(faults.values()).as("%s", faults).allMatch(times -> times >= SEEDS / 100);
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrder(
                        "ALLOW", "APPROVAL_REJECTED", "CHECK_FAILED", "NEEDS_APPROVAL", "RATE_LIMITED");
        assertThat(outcomes.values()).as("%s", outcomes).allMatch(times -> times >= SEEDS / 10);
        Files.writeString(
                Path.of("target", "simulation.txt"),
                SEEDS + " seeds from " + FIRST + " on\n" + faults + "\n" + outcomes + "\n");
    }

    @Test
    void keptSeedsStayWhole() throws IOException {
        List<String> kept = Files.readAllLines(KEPT);
        try (Seeds seeds = new Seeds()) {
            for (String line : kept) {
                if (!line.isBlank() && !line.startsWith("#"))
                    requireWhole(seeds.play(Long.parseLong(line.trim().split(" ", 2)[0]), Sabotage.NONE));
            }
        }
    }

    @Test
    void theSameSeedIsTheSameStoryTwice() throws IOException {
        try (Seeds seeds = new Seeds()) {
            for (long seed : LongStream.range(0, TWICE).toArray()) {
                String once = seeds.play(seed, Sabotage.NONE).transcript();
                assertThat(seeds.play(seed, Sabotage.NONE).transcript()).isEqualTo(once);
            }
        }
    }

    private static void requireWhole(Result result) {
        if (!result.broken().isEmpty())
            throw new AssertionError("seed " + result.seed() + ": " + result.broken() + "\n" + result.transcript());
    }
}
