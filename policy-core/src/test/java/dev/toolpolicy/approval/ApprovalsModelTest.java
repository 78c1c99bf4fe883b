package dev.toolpolicy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Permit;
import dev.toolpolicy.Policy;
import dev.toolpolicy.TestClock;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is asked, approved, rejected, used, given back, reloaded and restarted in whatever order while the clock is turned:
 * every decision is that of a few lines which keep every question in a list.
 */
class ApprovalsModelTest {
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final int PER_GRANT = 3;
    private static final int IN_ALL = 4;

    /** What a version of the policy says. */
    private record Version(int askOver, String reason, int max, boolean denies) {
        Policy policy() {
            String deny = denies ? "\"deny_if\": [ { \"path\": \"args.amount\", \"op\": \"gt\", \"value\": 7 } ]," : "";
            return PolicyParser.standard()
                    .parse("""
                            { "version": "1", "default": "deny", "tools": { "pay": { %s
                              "require_approval_if": [ { "path": "args.amount", "op": "gt", "value": %d, "reason": "%s" } ],
                              "limits": [ { "counter": "spend", "window": "hour", "max": %d, "scope": "grant", "amount": "args.amount" } ]
                            } } }""".formatted(deny, askOver, reason, max))
                    .orThrow();
        }
    }

    private static final List<Version> VERSIONS = List.of(
            new Version(5, "over five", 20, false),
            new Version(5, "over five", 9, false),
            new Version(5, "more than five", 20, false),
            new Version(6, "over five", 20, true));

    private static final List<Policy> POLICIES =
            VERSIONS.stream().map(Version::policy).toList();

    /** A question of the model. */
    private static final class Asked {
        final String key;
        final String grant;
        final String id;
        Instant lapses;
        AskedQuestion.State state = AskedQuestion.State.PENDING;

        Asked(String key, String grant, String id, Instant lapses) {
            this.key = key;
            this.grant = grant;
            this.id = id;
            this.lapses = lapses;
        }
    }

    private record Taken(Permit permit, String grant, long hour, int amount) {}

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void decisionsInMemoryAreThoseOfTheModel(long seed) {
        new Run(seed, null).all(400);
    }

    static LongStream fewSeeds() {
        return LongStream.range(1_000, 1_012);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void decisionsFromAFileAreThoseOfTheModelAndRestartsChangeNothing(long seed) {
        new Run(seed, folder.resolve("approvals")).all(150);
    }

    private static final class Run {
        private final SplittableRandom random;
        private final Path journal;
        private final String seed;
        private final TestClock clock = new TestClock("2026-01-01T00:00:00Z");
        private final Bucket4jCounters counters = Bucket4jCounters.inMemory();
        private final List<Asked> questions = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private final Map<String, Integer> used = new HashMap<>();
        private final List<Taken> taken = new ArrayList<>();
        private int version;
        private ApprovalDesk desk;
        private Evaluator evaluator;

        Run(long seed, Path journal) {
            this.seed = "seed " + seed;
            this.random = new SplittableRandom(seed);
            this.journal = journal;
            start();
        }

        private void start() {
            desk = journal == null
                    ? InMemoryApprovals.builder()
                            .clock(clock)
                            .pendingAtMost(PER_GRANT, IN_ALL)
                            .lapsingAfter(LIFE)
                            .build()
                    : FileApprovals.builder(journal)
                            .clock(clock)
                            .pendingAtMost(PER_GRANT, IN_ALL)
                            .lapsingAfter(LIFE)
                            .build();
            evaluator = Evaluator.builder(who -> Optional.of(POLICIES.get(version)))
                    .counters(counters)
                    .approvals(desk)
                    .clock(clock)
                    .build();
        }

        void all(int steps) {
            for (int step = 0; step < steps; step++) {
                int kind = random.nextInt(100);
                if (kind < 55) call();
                else if (kind < 72) answer();
                else if (kind < 82) refund();
                else if (kind < 94) clock.advance(Duration.ofSeconds(random.nextLong(1, 900)));
                else if (kind < 98) version = random.nextInt(VERSIONS.size());
                else if (journal != null) restart();
                else clock.advance(Duration.ofSeconds(random.nextLong(1, 4_000)));
                assertThat(desk.pending()).as(seed).hasSize(pending(null));
            }
            desk.close();
        }

        private void restart() {
            evaluator.close();
            desk.close();
            start();
        }

        private long hour() {
            return clock.instant().getEpochSecond() / 3_600;
        }

        private void call() {
            String grant = random.nextBoolean() ? "alice" : "bob";
            int amount = random.nextInt(4, 11);
            ToolCall call = ToolCall.of(Identity.of(grant), "pay", Map.of("amount", amount));
            String expected = expected(grant, amount);
            String explained = said(evaluator.explain(call).decision());
            Decision decision = evaluator.evaluate(call);
            assertThat(said(decision)).as(seed).isEqualTo(expected);
            assertThat(explained).as("explained, %s", seed).isEqualTo(expected);
            if (decision instanceof Allow allow) {
                used.merge(grant + hour(), amount, Integer::sum);
                taken.add(new Taken(allow.permit(), grant, hour(), amount));
                open(key(grant, amount)).ifPresent(asked -> {
                    if (amount > VERSIONS.get(version).askOver()) asked.state = AskedQuestion.State.USED;
                });
            }
            if (decision instanceof NeedsApproval needs) {
                Optional<Asked> before = open(key(grant, amount));
                if (before.isPresent()) {
                    assertThat(needs.approvalId()).as(seed).isEqualTo(before.get().id);
                } else {
                    assertThat(ids.add(needs.approvalId()))
                            .as("an id that was never there, %s", seed)
                            .isTrue();
                    questions.add(new Asked(
                            key(grant, amount),
                            grant,
                            needs.approvalId(),
                            clock.instant().plus(LIFE)));
                }
            }
        }

        private String expected(String grant, int amount) {
            Version now = VERSIONS.get(version);
            if (now.denies() && amount > 7) return "FORBIDDEN";
            if (amount > now.max()) return "INVALID_AMOUNT";
            if (used.getOrDefault(grant + hour(), 0) + amount > now.max()) return "RATE_LIMITED";
            if (amount <= now.askOver()) return "ALLOW";
            Optional<Asked> asked = open(key(grant, amount));
            if (asked.isEmpty())
                return pending(grant) >= PER_GRANT || pending(null) >= IN_ALL ? "TOO_MANY_QUESTIONS" : "NEEDS_APPROVAL";
            return switch (asked.get().state) {
                case PENDING -> "NEEDS_APPROVAL";
                case REJECTED -> "APPROVAL_REJECTED";
                default -> "ALLOW";
            };
        }

        private String key(String grant, int amount) {
            Version now = VERSIONS.get(version);
            return grant + "/" + amount + "/" + now.askOver() + "/" + now.reason();
        }

        /** The question that still says something. */
        private Optional<Asked> open(String key) {
            return questions.stream()
                    .filter(asked -> asked.key.equals(key) && asked.state != AskedQuestion.State.USED)
                    .filter(asked -> clock.instant().isBefore(asked.lapses))
                    .findFirst();
        }

        private int pending(String grant) {
            return (int) questions.stream()
                    .filter(asked -> asked.state == AskedQuestion.State.PENDING)
                    .filter(asked -> clock.instant().isBefore(asked.lapses))
                    .filter(asked -> grant == null || asked.grant.equals(grant))
                    .count();
        }

        private void answer() {
            if (questions.isEmpty()) return;
            Asked asked = questions.get(random.nextInt(questions.size()));
            boolean yes = random.nextInt(3) > 0;
            String refused = "";
            try {
                if (yes) desk.approve(asked.id, "carol");
                else desk.reject(asked.id, "carol", "no");
            } catch (AnswerRefused e) {
                refused = e.getClass().getSimpleName();
            }
            boolean lapsed =
                    asked.state != AskedQuestion.State.USED && !clock.instant().isBefore(asked.lapses);
            if (lapsed) {
                assertThat(refused).as(seed).isEqualTo("Lapsed");
            } else if (asked.state != AskedQuestion.State.PENDING) {
                assertThat(refused).as(seed).isEqualTo("Settled");
            } else {
                assertThat(refused).as(seed).isEmpty();
                asked.state = yes ? AskedQuestion.State.APPROVED : AskedQuestion.State.REJECTED;
                if (!yes) asked.lapses = clock.instant().plus(LIFE);
            }
        }

        private void refund() {
            if (taken.isEmpty()) return;
            Taken one = taken.remove(random.nextInt(taken.size()));
            one.permit().refund();
            used.merge(one.grant() + one.hour(), -one.amount(), Integer::sum);
        }

        private static String said(Decision decision) {
            return decision.refusal().map(refusal -> refusal.code()).orElse("ALLOW");
        }
    }
}
