package dev.toolpolicy.examples.benchmarks.peers;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision, by each of them in a JVM of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Peers {
    /** The most rules that there are. */
    public static final int MOST = 10_000;

    /** Who decides. */
    @Param
    public Peer peer;

    /** How many rules there are, each for a tool of its own. */
    @Param({"10", "100", "1000", "" + MOST})
    public int tools;

    /** The values of {@link #tools}, for which JMH takes constants only. */
    public static List<String> sizes() {
        return List.of("10", "100", "1000", "" + MOST);
    }

    private Engine engine;
    private int next;

    /** Tells the rules, and sees that it agrees with the others. */
    @Setup
    public void prepare() throws Exception {
        engine = peer.engine(new Rules(tools));
    }

    /** Its answer. */
    @Benchmark
    public boolean decide() {
        return engine.allows(next++ & (Rules.CALLS - 1));
    }
}
