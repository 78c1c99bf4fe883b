package dev.toolpolicy.examples.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs benchmarks as JMH does, then prints the table of the README, ratios to the floor of the same run first, and what a counter weighs. */
public final class Benchmarks {
    /** What others of the same class are measured against; {@link Validating} has bare everit for it. */
    private static final Set<String> FLOORS = Set.of("floor", "everit");

    private Benchmarks() {}

    /** Takes the options of JMH. */
    public static void main(String[] options) throws CommandLineOptionException, RunnerException, JMException {
        print(new Runner(new CommandLineOptions(options)).run(), System.out);
        CounterMemory.print(System.out);
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.println("| benchmark | with | × floor | time | floor | B/op |");
        out.println("|---|---|---:|---:|---:|---:|");
        for (RunResult result : results) {
            if (isFloor(result)) continue;
            Optional<RunResult> floor =
                    results.stream().filter(other -> isFloorOf(result, other)).findFirst();
            out.printf(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    name(result),
                    with(result),
                    floor.map(f -> ratio(result, f)).orElse(""),
                    timeText(result),
                    floor.map(Benchmarks::timeText).orElse(""),
                    bytes(result));
        }
    }

    private static boolean isFloorOf(RunResult result, RunResult other) {
        return isFloor(other) && type(other).equals(type(result)) && with(other).equals(with(result));
    }

    private static boolean isFloor(RunResult result) {
        return FLOORS.contains(name(result).substring(type(result).length() + 1));
    }

    private static String type(RunResult result) {
        return name(result).substring(0, name(result).indexOf('.'));
    }

    /** Class and method. */
    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    }

    /** The parameters, as text. */
    private static String with(RunResult result) {
        return result.getParams().getParamsKeys().stream()
                .map(key -> key + "=" + result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
    }

    private static String ratio(RunResult result, RunResult floor) {
        return String.format(
                Locale.ROOT, "%.1f", time(result).getScore() / time(floor).getScore());
    }

    private static String timeText(RunResult result) {
        Result<?> time = time(result);
        return String.format(Locale.ROOT, "%.1f ± %.1f %s", time.getScore(), time.getScoreError(), time.getScoreUnit());
    }

    /** Processor time if it was measured, else time on the wall. */
    private static Result<?> time(RunResult result) {
        Result<?> cpu = result.getSecondaryResults().get(CpuTime.NAME);
        return cpu == null ? result.getPrimaryResult() : cpu;
    }

    /** What one operation allocates, if it was measured. */
    private static String bytes(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? "" : String.format(Locale.ROOT, "%,.0f", bytes.getScore());
    }
}
