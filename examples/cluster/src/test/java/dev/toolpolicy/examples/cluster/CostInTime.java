package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.CostStore.limit;

import dev.toolpolicy.AsyncEvaluator;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.SharedCounters;
import dev.toolpolicy.examples.cluster.CostSide.Round;
import io.github.bucket4j.distributed.BucketProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many decisions a second, and how long each takes: rounds of the library and of bare Bucket4j in turn, so that whatever else the
 * machine does meets both.
 */
final class CostInTime {
    /** More than is ever taken. */
    private static final long ENOUGH = 1L << 45;

    private static final int CALLERS = 10_000;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int[] UNDER_WAY = {1, 16};
    private static final int[] PROCESSES = {1, 2, 4, 8};
    private static final int THREADS_OF_EACH = 4;

    private static final String OWN = limit("own", ENOUGH, "grant");
    private static final String EVERYBODYS = limit("everybodys", ENOUGH, "global");

    private static final List<ToolCall> CALLS = IntStream.range(0, CALLERS)
            .mapToObj(i -> ToolCall.parse(Identity.of(caller(i)), "search", "{}"))
            .toList();

    private final CostStore store;
    private final CostResults results;

    CostInTime(CostStore store, CostResults results) {
        this.store = store;
        this.results = results;
    }

    static String caller(int number) {
        return String.format(Locale.ROOT, "caller-%05d", number);
    }

    static void head(CostResults results) {
        head("store, keys, calls at a time", "library / async / bare", results);
    }

    private static void head(String what, String sides, CostResults results) {
        results.head(what, "× bare", "admitted a second: " + sides, "median, µs", "p99, µs", "not decided");
    }

    void measure() throws InterruptedException {
        measure(
                "many keys",
                OWN,
                IntStream.range(0, CALLERS).mapToObj(CostInTime::caller).toList());
        measure("one key", EVERYBODYS, List.of("everybody"));
    }

    private void measure(String keys, String limit, List<String> bareKeys) throws InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (Evaluator evaluator = store.evaluator(limit, SharedCounters.TIME_LIMIT)) {
            AsyncEvaluator async = AsyncEvaluator.of(evaluator, executor);
            List<BucketProxy> bare = bareKeys.stream()
                    .map(store.bare(ENOUGH, SharedCounters.TIME_LIMIT))
                    .toList();
            Map<String, CostSide> sides = new LinkedHashMap<>();
            sides.put("library", CostSide.threads(allowedBy(evaluator)));
            sides.put(
                    "async",
                    CostSide.stages(caller -> async.evaluate(CALLS.get(caller)).thenApply(Allow.class::isInstance)));
            sides.put(
                    "bare",
                    CostSide.threads(caller -> bare.get(caller % bare.size()).tryConsume(1)));
            for (int underWay : UNDER_WAY) {
                Map<String, List<Round>> rounds = rounds(keys, underWay, sides);
                report(keys + ", " + underWay, rounds);
            }
        } finally {
            executor.shutdown();
        }
    }

    private static IntPredicate allowedBy(Evaluator evaluator) {
        return caller -> evaluator.evaluate(CALLS.get(caller)) instanceof Allow;
    }

    private Map<String, List<Round>> rounds(String keys, int underWay, Map<String, CostSide> sides)
            throws InterruptedException {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (int number = 0; number <= ROUNDS; number++) {
            for (Map.Entry<String, CostSide> side : sides.entrySet()) {
                Round round = side.getValue().round(underWay, CALLERS, ROUND);
                // The first is there to warm up.
                if (number == 0) continue;
                rounds.computeIfAbsent(side.getKey(), name -> new ArrayList<>()).add(round);
                raw(store.name(), keys, underWay, number, side.getKey(), round);
            }
        }
        return rounds;
    }

    private void raw(String name, String keys, int underWay, int number, String side, Round round) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("measured", "time");
        raw.put("store", name);
        raw.put("keys", keys);
        raw.put("underWay", underWay);
        raw.put("round", number);
        raw.put("side", side);
        raw.put("seconds", round.seconds());
        raw.put("admitted", round.admitted());
        raw.put("failed", round.failed());
        raw.put("medianMicros", round.medianMicros());
        raw.put("p99Micros", round.p99Micros());
        results.raw(raw);
    }

    private void report(String what, Map<String, List<Round>> rounds) {
        results.row(
                store.name() + ", " + what,
                ratio(rounds),
                medians(rounds, Round::perSecond),
                medians(rounds, Round::medianMicros),
                medians(rounds, Round::p99Micros),
                ofAll(rounds, side -> side.stream().mapToLong(Round::failed).sum()));
    }

    /** Of the library's decisions a second to those of bare Bucket4j: that of each round, in the middle and at the ends. */
    private static String ratio(Map<String, List<Round>> rounds) {
        List<Round> library = rounds.getOrDefault("library", List.of());
        List<Round> bare = rounds.getOrDefault("bare", List.of());
        double[] ratios = IntStream.range(0, library.size())
                .mapToDouble(i -> library.get(i).perSecond() / bare.get(i).perSecond())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
    }

    private static String medians(Map<String, List<Round>> rounds, ToDoubleFunction<Round> what) {
        return ofAll(rounds, side -> {
            double[] sorted = side.stream().mapToDouble(what).sorted().toArray();
            return Math.round(sorted[sorted.length / 2]);
        });
    }

    private static String ofAll(Map<String, List<Round>> rounds, ToLongFunction<List<Round>> what) {
        return rounds.values().stream()
                .map(side -> String.format(Locale.ROOT, "%,d", what.applyAsLong(side)))
                .collect(Collectors.joining(" / "));
    }

    /** One key that several ask for which know nothing of each other, as processes do. */
    static void hotKeyOfSeveral(String address, CostResults results) throws InterruptedException {
        head("store, one key, processes", "library / bare", results);
        for (int processes : PROCESSES) {
            List<RedisStore> ways = Stream.generate(() -> RedisStore.connect(address))
                    .limit(processes)
                    .toList();
            try {
                new CostInTime(CostStore.of(ways.get(0)), results).hotKeyOf(ways);
            } finally {
                ways.forEach(RedisStore::close);
            }
        }
    }

    private void hotKeyOf(List<RedisStore> ways) throws InterruptedException {
        int processes = ways.size();
        List<Evaluator> evaluators = ways.stream()
                .map(way -> CostStore.of(way).evaluator(EVERYBODYS, SharedCounters.TIME_LIMIT))
                .toList();
        List<BucketProxy> bare = ways.stream()
                .map(way -> CostStore.of(way).bare(ENOUGH, SharedCounters.TIME_LIMIT))
                .map((Function<String, BucketProxy> buckets) -> buckets.apply("everybody"))
                .toList();
        Map<String, CostSide> sides = new LinkedHashMap<>();
        sides.put(
                "library",
                CostSide.threads(
                        caller -> allowedBy(evaluators.get(caller % processes)).test(caller)));
        sides.put(
                "bare", CostSide.threads(caller -> bare.get(caller % processes).tryConsume(1)));
        report(
                Integer.toString(processes),
                rounds("one key, processes " + processes, processes * THREADS_OF_EACH, sides));
        evaluators.forEach(Evaluator::close);
    }
}
