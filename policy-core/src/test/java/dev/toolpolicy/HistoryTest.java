package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What is counted and asked, over time: random calls, answers, refunds, reloads and turns of the clock, on which the library and
 * the reference agree at each step. A seed on which they once did not goes to {@code histories.txt} and is run for ever.
 */
class HistoryTest {
    private static final Path SEEDS = Path.of("src/test/resources/histories.txt");

    /** The other half are those of {@link ReferenceTest}. */
    private static final long CASES = Long.getLong("cases", 1_000_000) / 2;

    private static final int CALLS_PER_HISTORY = History.STEPS * 7 / 10;

    @Test
    void agreesOnEveryStepOfRandomHistoriesAndEveryOutcomeIsDrawnOften() {
        Map<String, Long> outcomes = new TreeMap<>();
        List<String> disagreements = disagreements(LongStream.rangeClosed(1, CASES / CALLS_PER_HISTORY), outcomes);

        assertThat(disagreements).as("of %d", CASES).isEmpty();
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrder(
                        "ALLOW",
                        "MALFORMED_CALL",
                        "NO_POLICY",
                        "HIDDEN",
                        "LOOK_ALIKE",
                        "NOT_LISTED",
                        "TOOL_DENIED",
                        "REQUIREMENT_NOT_MET",
                        "FORBIDDEN",
                        "INVALID_ARGUMENTS",
                        "INVALID_AMOUNT",
                        "CHECK_FAILED",
                        "RATE_LIMITED",
                        "NEEDS_APPROVAL",
                        "TOO_MANY_QUESTIONS",
                        "APPROVAL_REJECTED",
                        "explained",
                        "answered ",
                        "answered Lapsed",
                        "answered NotAllowed",
                        "answered Settled",
                        "used",
                        "refunded false",
                        "refunded true",
                        "settled false",
                        "settled true");
        assertThat(outcomes.values()).as("%s", outcomes).allMatch(count -> count >= CASES / 1_000);
        assertThat(outcomes.get("ALLOW")).as("calls allowed: %s", outcomes).isGreaterThan(CASES / 5);
    }

    @Test
    void agreesOnEverySeedThatEverFailed() throws IOException {
        List<Long> seeds = Files.readAllLines(SEEDS).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(Long::valueOf)
                .toList();

        assertThat(seeds).isNotEmpty();
        assertThat(disagreements(seeds.stream().mapToLong(Long::longValue), new TreeMap<>()))
                .isEmpty();
    }

    private static List<String> disagreements(LongStream seeds, Map<String, Long> outcomes) {
        ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
        seeds.parallel().forEach(seed -> {
            if (found.size() >= 5) return;
            History history = new History(seed);
            history.disagreement().ifPresent(told -> found.add(told + "\nkeep the seed in " + SEEDS));
            synchronized (outcomes) {
                history.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
            }
        });
        return List.copyOf(found);
    }
}
