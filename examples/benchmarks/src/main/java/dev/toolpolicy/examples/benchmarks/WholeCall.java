package dev.toolpolicy.examples.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.audit.QueuedAudit;
import dev.toolpolicy.audit.QueuedAudit.WhenFull;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/**
 * A call from the text of its arguments to a line in the audit log, step by step, beside Jackson's bare {@code readTree} of that text:
 * each method does what the one before it does, and one thing more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class WholeCall {
    private static final Identity AGENT =
            Identity.of("alice-laptop").withSession("s-1").with("tenant", "acme");

    /** How long the text is. */
    public enum Arguments {
        /** Four members, 84 bytes. */
        SHORT(0),
        /** With the lines of an invoice, 2 KB. */
        INVOICE(20),
        /** Ten times as many, 20 KB. */
        LEDGER(200);

        private final int lines;

        Arguments(int lines) {
            this.lines = lines;
        }

        String text() {
            String charge = Workload.charge(1, "99.95", "usd", "acme");
            String items = IntStream.range(0, lines).mapToObj(Arguments::line).collect(Collectors.joining(",\n"));
            return lines == 0 ? charge : charge.replace(" }", ", \"lines\": [" + items + "] }");
        }

        private static String line(int number) {
            return """
                    { "sku": "A-%05d", "text": "second instalment, as agreed on the phone", "price": %d.95, "paid": false }\
                    """.formatted(number, number);
        }
    }

    /** How long the text is. */
    @Param
    public Arguments arguments;

    private final ObjectMapper mapper = new ObjectMapper();
    private String text;
    private Path folder;
    private JsonLinesAudit log;
    private QueuedAudit queue;
    private Evaluator silent;
    private Evaluator queued;
    private Evaluator logged;

    /** Opens the log. */
    @Setup
    public void prepare() throws IOException {
        text = arguments.text();
        Policy policy = PolicyParser.standard()
                .parse(Documents.withThreeConditions(100))
                .orThrow();
        folder = Files.createTempDirectory("whole-call");
        log = JsonLinesAudit.to(folder.resolve("audit.jsonl"));
        // What is full is dropped: else the queue's other end would be measured.
        queue = QueuedAudit.before(record -> {}, 10_000, WhenFull.COUNT);
        silent = Evaluator.builder(policy).build();
        queued = Evaluator.builder(policy).audit(queue).build();
        logged = Evaluator.builder(policy).mandatoryAudit(log).build();
    }

    /** Takes the log away. */
    @TearDown
    public void end() throws IOException {
        queue.close();
        log.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    /** Jackson alone: neither exact numbers nor duplicate keys, nothing frozen, nothing decided. */
    @Benchmark
    public JsonNode readTree() throws JsonProcessingException {
        return mapper.readTree(text);
    }

    /** Read strictly, and frozen. */
    @Benchmark
    public ToolCall parsed() {
        return ToolCall.parse(AGENT, Documents.tool(7), text);
    }

    /** And decided. */
    @Benchmark
    public Decision decided() {
        return silent.evaluate(parsed());
    }

    /** And its canonical text hashed. */
    @Benchmark
    public String digested() {
        ToolCall call = parsed();
        return silent.evaluate(call).allowed() ? call.digest() : "";
    }

    /** And recorded: handed to a queue, whose other end does the rest in its own time. */
    @Benchmark
    public Decision queued() {
        return queued.evaluate(parsed());
    }

    /** And recorded: a line written to a file, chained to the one before, before the call is allowed. */
    @Benchmark
    public Decision logged() {
        return logged.evaluate(parsed());
    }
}
