package dev.toolpolicy.examples.cluster.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Three processes under load that share one policy's limits over a Redis; then what becomes of calls without the Redis. */
public final class Demo {
    private static final List<String> GRANTS = List.of("alice-laptop", "bob-ci", "carol-phone");
    /** As the policy has it. */
    private static final int MAX = 20;

    private static final int MAX_OF_EACH = 8;

    private static final int WINDOW_SECONDS = 2;
    private static final int THREADS = 4;
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** After the end of a window its last calls are decided, and told. */
    private static final Duration AFTERMATH = Duration.ofMillis(600);

    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final int PATIENCE_SECONDS = 60;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Redis redis;
    private final Tally tally;
    private final PrintStream out;

    private Demo(Redis redis, Tally tally, PrintStream out) {
        this.redis = redis;
        this.tally = tally;
        this.out = out;
    }

    /** Shows it; the exit code is 1 if a window has admitted more than the policy's {@code max}. */
    public static void main(String[] args) throws Exception {
        boolean held = show(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.exit(held ? 0 : 1);
    }

    /** Shows it, and leaves nothing behind. Whether no window has admitted more than it may. */
    public static boolean show(PrintStream out) throws IOException, InterruptedException {
        Path policy = Files.createTempFile("toolpolicy", ".json");
        try (InputStream document = requireNonNull(Demo.class.getResourceAsStream("/policy.json"))) {
            Files.write(policy, document.readAllBytes());
            return show(policy, out);
        } finally {
            Files.delete(policy);
        }
    }

    private static boolean show(Path policy, PrintStream out) throws IOException, InterruptedException {
        try (Redis redis = Redis.start()) {
            List<Settings> settings = GRANTS.stream()
                    .map(grant -> new Settings(redis.address(), policy, grant, THREADS, PAUSE, SkewedClock.RIGHT))
                    .toList();
            out.printf(
                    "A Redis, and three processes of %d threads: %d calls in %d seconds are for all, %d for each.%n",
                    THREADS, MAX, WINDOW_SECONDS, MAX_OF_EACH);
            Tally tally;
            try (Crew crew = Crew.start(Worker.class, settings)) {
                tally = crew.tally();
                Demo demo = new Demo(redis, tally, out);
                demo.windows(4);
                demo.withoutRedis();
                demo.windows(2);
            }
            return judge(tally, out);
        }
    }

    private static boolean judge(Tally tally, PrintStream out) {
        boolean held = tally.most() <= MAX && tally.mostOfOne() <= MAX_OF_EACH;
        out.println(
                held
                        ? "never above max"
                        : "ABOVE MAX: a window admitted " + tally.most() + ", and " + tally.mostOfOne() + " to one");
        return held;
    }

    /** Shows the next whole windows. */
    private void windows(int count) throws InterruptedException {
        out.printf("  %-10s", "window");
        for (String grant : GRANTS) out.printf("%14s", grant);
        out.printf("%10s%6s%10s%n", "admitted", "max", "limited");
        long now = Instant.now().getEpochSecond();
        long first = (now / WINDOW_SECONDS + 1) * WINDOW_SECONDS;
        for (int i = 0; i < count; i++) window(first + (long) i * WINDOW_SECONDS);
    }

    private void window(long begins) throws InterruptedException {
        Instant over = Instant.ofEpochSecond(begins + WINDOW_SECONDS).plus(AFTERMATH);
        TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), over).toMillis());
        out.printf("  %-10s", TIME.format(Instant.ofEpochSecond(begins)));
        long[] each = tally.admittedByEach(begins);
        for (long admitted : each) out.printf("%14d", admitted);
        out.printf("%10d%6d%10d%n", Tally.sum(each), MAX, tally.limited(begins));
    }

    private void withoutRedis() throws IOException, InterruptedException {
        redis.kill();
        TimeUnit.MILLISECONDS.sleep(AFTERMATH.toMillis());
        long admitted = tally.calls(Report.ADMITTED);
        long denied = tally.calls(Report.CHECK_FAILED);
        TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
        out.printf("Redis is killed. In the next %d seconds,%n", AWAY.toSeconds());
        out.printf(
                "  admitted: %d; denied with CHECK_FAILED: %d; the slowest answer came after %d ms%n",
                tally.calls(Report.ADMITTED) - admitted,
                tally.calls(Report.CHECK_FAILED) - denied,
                tally.slowestMillis(Report.CHECK_FAILED));

        admitted = tally.calls(Report.ADMITTED);
        long begun = System.nanoTime();
        redis.restart();
        long started = System.nanoTime();
        while (tally.calls(Report.ADMITTED) == admitted) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))
                throw new IOException("no call is admitted");
            TimeUnit.MILLISECONDS.sleep(10);
        }
        out.println("Redis is started again, with what it has written down; the three processes are not:");
        out.printf(
                "  the first call was admitted %d ms after Redis was up%n",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }
}
