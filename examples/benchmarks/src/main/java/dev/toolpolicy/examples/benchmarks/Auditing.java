package dev.toolpolicy.examples.benchmarks;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.audit.QueuedAudit;
import dev.toolpolicy.audit.QueuedAudit.WhenFull;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.spi.AuditSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A call from its text to a decision that is recorded; the floor is the same without a record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class Auditing {
    private static final Identity AGENT =
            Identity.of("alice-laptop").withSession("s-1").with("tenant", "acme");
    private static final byte[] KEY = new byte[32];

    /** Where records go. */
    public enum Log {
        /** To a file, with a chain that finds accidents. */
        CHAINED,
        /** The same with a key. */
        KEYED,
        /** To a queue before a log that keeps nothing: what a call waits for where the disk is not in its way. */
        QUEUED;

        AuditSink open(Path file) {
            return switch (this) {
                case CHAINED -> JsonLinesAudit.to(file);
                case KEYED -> JsonLinesAudit.builder(file).key(KEY).open();
                // What is full is dropped: else the queue's other end would be measured.
                case QUEUED -> QueuedAudit.before(record -> {}, 10_000, WhenFull.COUNT);
            };
        }
    }

    /** Where records go. */
    @Param
    public Log log;

    private Path folder;
    private AuditSink sink;
    private Evaluator recorded;
    private Evaluator silent;
    private int next;

    /** Opens the log. */
    @Setup
    public void prepare() throws IOException {
        var policy = PolicyParser.standard()
                .parse(Documents.withThreeConditions(100))
                .orThrow();
        folder = Files.createTempDirectory("auditing");
        sink = log.open(folder.resolve("audit.jsonl"));
        recorded = Evaluator.builder(policy).audit(sink).build();
        silent = Evaluator.builder(policy).build();
    }

    /** Says how large a line is, and takes the log away. */
    @TearDown
    public void end() throws IOException {
        recorded.close();
        silent.close();
        sink.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.endsWith("audit.jsonl")) System.out.println("bytes in a line: " + lineLength(file));
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static int lineLength(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> first = lines.limit(2).toList();
            return first.get(first.size() - 1).length() + 1;
        }
    }

    /** With a record. */
    @Benchmark
    public Decision recorded() {
        return recorded.evaluate(call());
    }

    /** Without. */
    @Benchmark
    public Decision floor() {
        return silent.evaluate(call());
    }

    private ToolCall call() {
        int number = next++ & (Workload.CALLS - 1);
        // From its text: what is recorded of arguments must not be known from the call before.
        return ToolCall.parse(AGENT, Documents.tool(number), Workload.charge(number, "12.5", "usd", "acme"));
    }
}
