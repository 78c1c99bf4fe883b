package dev.toolpolicy.document;

import static dev.toolpolicy.document.Disk.BAD;
import static dev.toolpolicy.document.Disk.digest;
import static dev.toolpolicy.document.Disk.document;
import static dev.toolpolicy.document.Disk.replace;
import static dev.toolpolicy.document.Disk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that looks, how it ends, and what decisions see while policies change. */
@Timeout(120)
class WatchTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final PolicyParser PARSER = PolicyParser.standard();
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofDays(365_000_000);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeAPolicy() {
        file = write(folder.resolve("policy.json"), document("one"));
    }

    /** Lets a test wait for what it hears. */
    private static final class Queue extends Heard {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        @Override
        public void reloaded(String source, String digest) {
            queue.add("reloaded " + source + " " + digest);
        }

        @Override
        public void rejected(String source, List<String> problems) {
            queue.add("rejected " + source + " " + problems.size());
        }

        String next() throws InterruptedException {
            return queue.poll(60, TimeUnit.SECONDS);
        }
    }

    /** A place where looking fails as often as somebody wants it to. */
    private final class Failing implements Followed {
        private final AtomicBoolean fails = new AtomicBoolean();
        private final Throwable thrown;

        Failing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public Path path() {
            return folder;
        }

        @Override
        public Listing list() {
            if (fails.get()) throw Failing.<RuntimeException>unchecked(thrown);
            return Listing.of(new TreeMap<>(Map.of("policy", file)));
        }

        @Override
        public String digest(SortedMap<String, Policy> policies) {
            return "digest";
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // to throw what nobody declares
        private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @Test
    void theThreadSeesWhatChanges() throws Exception {
        Queue follower = new Queue();
        try (PolicyFile source = PolicyFile.watching(file, PARSER, SOON)) {
            source.subscribe(follower);
            assertThat(source.status().watched()).isTrue();

            replace(file, document("two"));
            assertThat(follower.next()).isEqualTo("reloaded policy.json " + digest("two"));
            replace(file, BAD);
            assertThat(follower.next()).isEqualTo("rejected policy.json 1");
            replace(file, document("three"));
            assertThat(follower.next()).isEqualTo("reloaded policy.json " + digest("three"));
        }
    }

    @Test
    void theThreadSurvivesWhateverALookThrows() throws Exception {
        for (Throwable thrown : List.of(
                new IllegalStateException(), new StackOverflowError(), new OutOfMemoryError(), new IOException())) {
            Failing failing = new Failing(thrown);
            Queue follower = new Queue();
            try (Watch watch = Watch.start(failing, PARSER, SOON)) {
                watch.subscribe(follower);

                failing.fails.set(true);
                assertThat(follower.next()).startsWith("rejected ");
                assertThat(watch.policy("policy")).isPresent();
                failing.fails.set(false);
                assertThat(follower.next()).startsWith("reloaded ");
                assertThat(watch.status().watched()).isTrue();
            }
        }
    }

    @Test
    void whatALookThrowsIsReportedOnce() {
        Failing failing = new Failing(new StackOverflowError());
        Heard follower = new Heard();
        Watch watch = Watch.byHand(failing, PARSER, () -> {});
        watch.subscribe(follower);
        failing.fails.set(true);

        for (int i = 0; i < 20; i++) watch.look();
        watch.check();

        assertThat(follower.heard()).singleElement().asString().contains("looking at what is here failed");
        assertThat(watch.status().upToDate()).isFalse();
        assertThat(watch.status().report()).contains("looking at what is here failed");
    }

    @Test
    void anInterruptDoesNotEndTheThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Queue follower = new Queue();
        try (PolicyFile source = PolicyFile.watching(file, PARSER, SOON)) {
            source.subscribe(follower);
            started(before).interrupt();

            replace(file, document("two"));
            assertThat(follower.next()).isEqualTo("reloaded policy.json " + digest("two"));
        }
    }

    @Test
    void theThreadIsADaemonAndEndsWhenTheSourceIsClosed() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        PolicyFile source = PolicyFile.watching(file, PARSER, NEVER);
        Thread thread = started(before);
        assertThat(thread.isDaemon()).isTrue();

        source.close();

        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static Thread started(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("toolpolicy-watch") && !before.contains(thread))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsClosedKeepsItsPolicyAndSaysThatNobodyWatches() throws IOException {
        PolicyFile source = PolicyFile.watching(file, PARSER, NEVER);
        Heard follower = new Heard();
        source.subscribe(follower);
        source.close();
        source.close();

        replace(file, document("two"));
        source.check();

        assertThat(source.policyFor(ALICE).orElseThrow().description()).isEqualTo("one");
        assertThat(source.status().watched()).isFalse();
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void looksAreSomeTimeApart() {
        for (Duration every : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PolicyFile.watching(file, PARSER, every))
                    .withMessageContaining("some time apart");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PolicyDirectory.watching(folder, PARSER, who -> Optional.empty(), every));
        }
    }

    @Test
    void askingForAPolicyMakesNoGarbage() {
        Optional<String> name = Optional.of("policy");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PolicyFile one = PolicyFile.byHand(file, PARSER, () -> {});
        PolicyDirectory many = PolicyDirectory.byHand(folder, PARSER, who -> name, () -> {});
        long made = Long.MAX_VALUE;
        // The first round loads classes.
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                if (one.policyFor(ALICE).isEmpty() || many.policyFor(ALICE).isEmpty()) throw new AssertionError();
            }
            made = Math.min(made, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(made).isLessThan(1_000);
    }

    @Test
    void everyDecisionIsThatOfOnePolicyWhileTheyChange() throws Exception {
        List<Path> documents = Stream.of("a", "b")
                .map(name -> write(folder.resolve(name), denying(name)))
                .toList();
        rename(documents.get(0));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        Runnable evaluating;
        try (PolicyFile source = PolicyFile.watching(file, PARSER, NEVER)) {
            Evaluator evaluator = Evaluator.builder(source).build();
            ToolCall call = ToolCall.of(ALICE, "tool", Map.of());
            evaluating = () -> {
                while (!done.get()) seen.add(shown(evaluator.evaluate(call)));
            };
            List<Thread> threads = List.of(new Thread(evaluating), new Thread(evaluating));
            threads.forEach(Thread::start);
            for (int i = 1; i <= 10_000; i++) {
                rename(documents.get(i % 2));
                source.check();
                String inForce = source.policyFor(ALICE).orElseThrow().description();
                assertThat(inForce).isEqualTo(i % 2 == 0 ? "a" : "b");
            }
            done.set(true);
            for (Thread thread : threads) thread.join();
            assertThat(source.status().upToDate()).isTrue();
        }
        assertThat(seen).containsExactlyInAnyOrder("rule-a: because of a", "rule-b: because of b");
    }

    /** Renames this document over the file, and keeps it too. */
    private void rename(Path document) throws IOException {
        Path link = Files.createLink(folder.resolve("link"), document);
        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A policy that denies by a rule, and with a message, of its own. */
    private static String denying(String name) {
        return ("{'version':'1','default':'deny','description':'" + name + "','tools':{'tool':{'deny_if':[{'id':'rule-"
                        + name + "','conditions':[],'on_deny':'because of " + name + "'}]}}}")
                .replace('\'', '"');
    }

    private static String shown(Decision decision) {
        return decision instanceof Decision.Deny deny
                ? deny.rule() + ": " + deny.reason().message()
                : decision.toString();
    }
}
