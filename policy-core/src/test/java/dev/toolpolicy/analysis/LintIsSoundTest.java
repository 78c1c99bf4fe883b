package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Explanation.Said;
import dev.toolpolicy.Policy;
import dev.toolpolicy.TestClock;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What the linter says cannot matter does not: without it, random calls are decided as with it, one after the other. What it says
 * is never true never is. {@code -Dpolicies=1000000} for more.
 */
class LintIsSoundTest {
    private static final long POLICIES = Long.getLong("policies", 5_000);
    private static final int CALLS = 30;
    private static final Set<Code> CANNOT_MATTER = EnumSet.of(
            Code.ENTRY_HIDDEN,
            Code.PATTERN_IDLE,
            Code.PATTERN_COVERED,
            Code.NEVER_APPLIES,
            Code.RULE_COVERED,
            Code.BEHIND_A_DENY,
            Code.LIMIT_COVERED);

    private static final Set<Code> OF_CONDITIONS =
            EnumSet.of(Code.CONTRADICTION, Code.ALWAYS_HOLDS, Code.NOTHING_PASSES);

    @Test
    void whatCannotMatterDoesNotAndWhatIsNeverTrueIsNot() {
        Map<Code, Long> proven = new TreeMap<>();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        LongStream.range(0, POLICIES).parallel().forEach(seed -> {
            Map<Code, Long> here = new TreeMap<>();
            try {
                look(seed, here, wrong);
            } catch (RuntimeException | AssertionError e) {
                wrong.add("seed " + seed + ": " + e);
            }
            synchronized (proven) {
                here.forEach((code, count) -> proven.merge(code, count, Long::sum));
            }
        });

        System.getLogger("lint").log(System.Logger.Level.INFO, "{0} policies, proven: {1}", POLICIES, proven);
        assertThat(wrong.stream().limit(5))
                .as("of %d policies; proven %s", POLICIES, proven)
                .isEmpty();
        assertThat(proven.keySet()).containsAll(CANNOT_MATTER).containsAll(OF_CONDITIONS);
        assertThat(proven.values()).as("%s", proven).allMatch(count -> count > POLICIES / 2_000);
    }

    private static void look(long seed, Map<Code, Long> proven, ConcurrentLinkedQueue<String> wrong) {
        RandomLint random = new RandomLint(seed);
        Map<String, Object> tree = random.document();
        Optional<PolicyDocument> drawn = parsed(tree);
        while (drawn.isEmpty()) {
            tree = random.document();
            drawn = parsed(tree);
        }
        List<Finding> findings = PolicyLint.of(drawn.get()).findings();
        // A few of each policy: more policies tell more.
        List<Finding> proved = new ArrayList<>();
        for (Set<Code> codes : List.of(CANNOT_MATTER, CANNOT_MATTER, OF_CONDITIONS)) {
            List<Finding> some = findings.stream()
                    .filter(finding -> codes.contains(finding.code()) && !proved.contains(finding))
                    .toList();
            if (!some.isEmpty()) proved.add(random.pick(some));
        }
        if (proved.isEmpty()) return;
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) calls.add(random.call());
        List<String> before = decisions(drawn.get().policy(), calls);
        for (Finding finding : proved) {
            proven.merge(finding.code(), 1L, Long::sum);
            String fault = CANNOT_MATTER.contains(finding.code())
                    ? changed(tree, finding, calls, before)
                    : finding.code() == Code.NOTHING_PASSES
                            ? passes(tree, finding, calls)
                            : saysOtherwise(tree, finding, calls);
            if (!fault.isEmpty()) wrong.add("seed " + seed + "\n" + Lints.write(tree) + "\n" + finding + "\n" + fault);
        }
    }

    private static Optional<PolicyDocument> parsed(Map<String, Object> tree) {
        try {
            return Optional.of(Lints.document("policy.json", tree));
        } catch (InvalidPolicyException e) {
            return Optional.empty();
        }
    }

    /** The first call that is decided otherwise without what the finding names. */
    private static String changed(
            Map<String, Object> tree, Finding finding, List<ToolCall> calls, List<String> before) {
        Object without = Trees.without(tree, finding.pointer());
        List<String> after = decisions(Lints.policy(without), calls);
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return "call " + i + " " + calls.get(i).tool() + " "
                        + calls.get(i).argumentsJson() + " by "
                        + calls.get(i).identity() + " is " + before.get(i) + " with it and " + after.get(i)
                        + " without it";
            }
        }
        return "";
    }

    private static List<String> decisions(Policy policy, List<ToolCall> calls) {
        TestClock clock = new TestClock("2026-01-01T00:00:00Z");
        List<String> decisions = new ArrayList<>();
        try (Evaluator evaluator = evaluator(policy, clock)) {
            for (ToolCall call : calls) {
                clock.advance(Duration.ofMillis(900));
                decisions.add(kind(evaluator.evaluate(call)));
            }
        }
        return decisions;
    }

    private static Evaluator evaluator(Policy policy, TestClock clock) {
        return Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().build())
                .clock(clock)
                .build();
    }

    private static String kind(Decision decision) {
        return decision.match(
                allow -> "ALLOW", deny -> deny.reason().code().name(), limited -> "RATE_LIMITED", asks -> "ASKS");
    }

    /** The first call of which the conditions that the finding names say what they should not. */
    private static String saysOtherwise(Map<String, Object> tree, Finding finding, List<ToolCall> calls) {
        String list = finding.pointer().contains("/require/")
                ? "require"
                : finding.pointer().contains("/require_approval_if/") ? "require_approval_if" : "deny_if";
        List<?> conditions = conditions(Trees.at(tree, finding.pointer()));
        // Of what is there: what is said where nothing is, the author wrote beside it.
        boolean ofWhatIsThere =
                finding.message().contains("every string") || finding.message().contains("` is false of no value");
        if (ofWhatIsThere) ((Map<?, ?>) conditions.get(0)).remove("if_missing");
        Policy probe = probe(list, conditions);
        Set<Said> expected = expected(list, finding);
        try (Evaluator evaluator = evaluator(probe, new TestClock("2026-01-01T00:00:00Z"))) {
            for (ToolCall call : calls) {
                Said said = evaluator.explain(call).steps().stream()
                        .filter(step -> step.rule().equals("probe"))
                        .findFirst()
                        .orElseThrow()
                        .said();
                if (!expected.contains(said)) {
                    return call.tool() + " " + call.argumentsJson() + " by " + call.identity() + " says " + said;
                }
            }
        }
        return "";
    }

    /** The first call that passes both of the rules which the finding names. */
    private static String passes(Map<String, Object> tree, Finding finding, List<ToolCall> calls) {
        int from = finding.message().indexOf('`') + 1;
        String other = finding.message().substring(from, finding.message().indexOf('`', from));
        Map<String, List<Object>> rules = new LinkedHashMap<>();
        for (String pointer : List.of(finding.pointer(), other)) {
            String list = pointer.contains("/require/") ? "require" : "deny_if";
            rules.computeIfAbsent(list, l -> new ArrayList<>()).add(Trees.at(tree, pointer));
        }
        Policy probe = Lints.policy(Map.of("version", "1", "default", "allow", "all_tools", rules));
        List<String> decisions = decisions(probe, calls);
        int passing = decisions.indexOf("ALLOW");
        return passing < 0 ? "" : calls.get(passing).argumentsJson() + " passes both";
    }

    private static Set<Said> expected(String list, Finding finding) {
        Set<Said> any = EnumSet.of(Said.TRUE, Said.FALSE, Said.UNDECIDABLE, Said.MISSING);
        if (finding.code() == Code.CONTRADICTION) any.remove(Said.TRUE);
        else if (finding.message().contains("every string") || finding.message().contains("false of no value"))
            any.remove(Said.FALSE);
        else if (finding.pointer().endsWith("/when") || finding.message().contains("is asked about"))
            any.remove(Said.FALSE);
        else if (list.equals("deny_if") && finding.message().contains("denied"))
            any = EnumSet.of(Said.TRUE, Said.UNDECIDABLE);
        else any = EnumSet.of(Said.TRUE);
        return any;
    }

    /** The conditions of a rule, of a {@code when}, or the one that stands there itself. */
    private static List<?> conditions(Object node) {
        if (node instanceof List<?> list) return list;
        Map<String, Object> condition = new LinkedHashMap<>();
        ((Map<?, ?>) node).forEach((key, value) -> condition.put((String) key, value));
        if (condition.get("conditions") instanceof List<?> list) {
            return list.size() == 1 ? conditions(list.get(0)) : list;
        }
        List.of("id", "description", "on_deny", "reason").forEach(condition::remove);
        return List.of(condition);
    }

    private static Policy probe(String list, List<?> conditions) {
        Map<String, Object> all = Map.of(list, List.of(Map.of("id", "probe", "conditions", conditions)));
        return Lints.policy(Map.of("version", "1", "default", "allow", "all_tools", all));
    }
}
