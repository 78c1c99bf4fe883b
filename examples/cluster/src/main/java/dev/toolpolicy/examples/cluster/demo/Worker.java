package dev.toolpolicy.examples.cluster.demo;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.cluster.RedisStore;
import dev.toolpolicy.examples.cluster.demo.WatchedCounters.Windows;
import dev.toolpolicy.spi.Counters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One of several processes that share a policy and its counters. It makes calls, one after the other on each thread, until its
 * standard input ends, and tells what became of them.
 */
public final class Worker {
    private static final String NAMESPACE = "cluster-example";
    private static final long TELL_EACH_MILLIS = 50;

    private final Settings settings;
    private final WatchedCounters counters;
    private final Evaluator evaluator;
    private final PrintStream out;
    private final Reports reports = new Reports();
    private volatile boolean ending;

    private Worker(Settings settings, Counters counters, PrintStream out) {
        this.settings = settings;
        this.counters = new WatchedCounters(counters);
        this.out = out;
        Policy policy = PolicyParser.standard().parse(settings.policy()).orThrow();
        this.evaluator = Evaluator.builder(policy)
                .counters(this.counters)
                .clock(settings.clock())
                .build();
    }

    /** Makes calls that are counted in Redis. */
    public static void main(String[] args) throws Exception {
        run(args, address -> overRedis(RedisStore.connect(address)));
    }

    private static Counters overRedis(RedisStore store) {
        return Bucket4jCounters.over(NAMESPACE, store.buckets());
    }

    /**
     * Makes calls that are counted in some store.
     *
     * @param counters by the store's address
     */
    public static void run(String[] args, Function<String, Counters> counters) throws Exception {
        Settings settings = Settings.ofArguments(args);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        new Worker(settings, counters.apply(settings.store()), out).run();
        // The clients of stores have threads of their own, which the end of this process ends.
        System.exit(0);
    }

    private void run() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < settings.threads(); i++) callers.add(new Thread(this::call, "caller-" + i));
        callers.forEach(Thread::start);
        Thread ender = new Thread(this::awaitEnd, "waits-for-the-end");
        ender.setDaemon(true);
        ender.start();
        while (!ending) {
            TimeUnit.MILLISECONDS.sleep(TELL_EACH_MILLIS);
            tell();
        }
        for (Thread caller : callers) caller.join();
        tell();
    }

    /** Whoever started this process closes its standard input, or ends, which comes to the same. */
    private void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // That is an end, too.
        }
        ending = true;
    }

    private void call() {
        ToolCall call = ToolCall.of(Identity.of(settings.grant()), "search", Map.of("text", "shoes"));
        while (!ending) {
            long begun = System.nanoTime();
            Decision decision = evaluator.evaluate(call);
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
            Windows windows = counters.last();
            reports.add(new Report(windows.asked(), windows.charged(), outcome(decision), 1, micros));
            LockSupport.parkNanos(settings.pause().toNanos());
        }
    }

    private static String outcome(Decision decision) {
        return decision.match(
                allow -> Report.ADMITTED,
                deny -> deny.reason().code().name(),
                limited -> Report.LIMITED,
                asked -> "NEEDS_APPROVAL");
    }

    private void tell() {
        for (Report report : reports.take()) out.println(report.toLine());
        out.flush();
    }
}
