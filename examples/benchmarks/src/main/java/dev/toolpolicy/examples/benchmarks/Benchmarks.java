package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.examples.benchmarks.peers.Peer;
import dev.toolpolicy.examples.benchmarks.peers.Peers;
import dev.toolpolicy.examples.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks as JMH does, then the programs beside them, and leaves in a folder what came of it. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Takes the folder, then the options of JMH. */
    public static void main(String[] words)
            throws CommandLineOptionException, RunnerException, IOException, InterruptedException, JMException {
        Report report = Report.in(Path.of(words[0]));
        Collection<RunResult> results = run(new CommandLineOptions(Arrays.copyOfRange(words, 1, words.length)));
        ResultFormatFactory.getInstance(ResultFormatType.JSON, report.raw().toString())
                .writeOut(results);
        System.out.println(report.write(Programs.run()));
    }

    /** Not all peers run everywhere, nor with every number of rules. */
    private static Collection<RunResult> run(Options options) throws RunnerException {
        Collection<RunResult> results =
                new ArrayList<>(new Runner(with(options, peer -> peer.most() == Peers.MOST)).run());
        for (Peer peer : Peer.values()) {
            if (!peer.runsHere()) System.out.println(peer + " does not run on this machine, and is left out.");
            else if (peer.most() < Peers.MOST) results.addAll(runUpToMost(options, peer));
        }
        return results;
    }

    private static Collection<RunResult> runUpToMost(Options options, Peer peer) throws RunnerException {
        System.out.println(peer + " is not measured with more than " + peer.most() + " rules.");
        Options alone = new OptionsBuilder()
                .parent(with(options, peer::equals))
                .exclude("^(?!" + Pattern.quote(Peers.class.getName()) + ")")
                .param(
                        "tools",
                        Peers.sizes().stream()
                                .filter(size -> Integer.parseInt(size) <= peer.most())
                                .toArray(String[]::new))
                .build();
        try {
            return new Runner(alone).run();
        } catch (NoBenchmarksException e) {
            // Peers are not what was asked for.
            return List.of();
        }
    }

    private static Options with(Options options, Predicate<Peer> which) {
        String[] names = Stream.of(Peer.values())
                .filter(Peer::runsHere)
                .filter(which)
                .map(Peer::name)
                .toArray(String[]::new);
        return new OptionsBuilder().parent(options).param("peer", names).build();
    }
}
