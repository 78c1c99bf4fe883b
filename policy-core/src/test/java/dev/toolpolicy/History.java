package dev.toolpolicy;

import dev.toolpolicy.Reference.Call;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one seed gives: policies, and what happens under them, one step after the other. */
final class History {
    static final int STEPS = 1_000;

    final long seed;
    private final DrawWhole whole;
    private final Draw draw;
    private final Step.Reloaded first;
    private final List<Map<String, Object>> whos;
    private final List<Map<String, Object>> arguments;
    private Map<String, Object> document;
    /** Few, so that they meet; they change with the document. */
    private List<Call> calls;

    private Call call;
    /** How many steps are yet to come that what was there before the latest reload is seen in. */
    private int echoes;

    /** How often each outcome was seen. */
    final Map<String, Long> outcomes = new TreeMap<>();

    History(long seed) {
        this.seed = seed;
        whole = new DrawWhole(seed);
        draw = whole.draw;
        first = reloaded(null, false);
        List<Map<String, Object>> tests = new ArrayList<>();
        Sample.collectTests(document, tests);
        whos = Stream.generate(draw::who).limit(6).toList();
        arguments = Stream.generate(() -> whole.arguments(tests)).limit(10).toList();
        calls = calls();
        call = draw.pick(calls);
    }

    /** The first step on which the two differ, told with all that led there; empty if they agree. */
    Optional<String> disagreement() {
        List<Step> steps = new ArrayList<>(List.of(first, reloaded(document, true)));
        document = first.document();
        for (int i = 0; i < STEPS; i++) steps.add(step());
        if (run(steps, outcomes).isEmpty()) return Optional.empty();
        List<Step> few = fewest(steps);
        StringBuilder told = new StringBuilder("\nhistory " + seed + "\n");
        for (Step step : few) told.append(step).append('\n');
        return Optional.of(told + run(few, new TreeMap<>()).orElseThrow());
    }

    private Optional<String> run(List<Step> steps, Map<String, Long> seen) {
        return new Stage(seen, whole.oneCounter).disagreement(steps);
    }

    /** Leaves out whatever can be left out with the two still differing. */
    private List<Step> fewest(List<Step> steps) {
        List<Step> few = new ArrayList<>(steps);
        for (int chunk = few.size() / 2; chunk > 0; chunk /= 2) {
            for (int from = few.size() - chunk; from >= 2; from -= chunk) {
                List<Step> without = new ArrayList<>(few);
                without.subList(from, Math.min(from + chunk, few.size())).clear();
                if (run(without, new TreeMap<>()).isPresent()) few = without;
            }
        }
        return few;
    }

    private Step step() {
        int sort = echoes-- > 0 ? 72 + draw.below(26) : draw.below(100);
        if (sort < 72) {
            if (draw.chance(60)) call = draw.pick(calls);
            boolean here = whole.oneCounter || draw.chance(85);
            return new Step.Called(here ? "here" : "there", call, draw.chance(10));
        }
        if (sort < 78) return new Step.CalledAgain(draw.below(3));
        if (sort < 84) return turned();
        if (sort < 92) return new Step.Answered(draw.below(3), draw.chance(75), draw.pick(List.of("carol", "x")));
        if (sort < 94) return new Step.Refunded(draw.below(4));
        if (sort < 98) return new Step.Settled(draw.below(4), whole.counter(), actual());
        if (draw.chance(75)) return turned();
        Step.Reloaded reloaded = reloaded(document, draw.chance(40));
        document = reloaded.document();
        if (draw.chance(50)) calls = calls();
        echoes = 4;
        return reloaded;
    }

    private Step turned() {
        return switch (draw.below(7)) {
            case 0 -> new Step.Later(Duration.ofNanos(1));
            case 1 -> new Step.Later(Duration.ofMillis(draw.below(3_000)));
            case 2 -> new Step.Later(Duration.ofSeconds(draw.below(2_000)));
            case 3 -> new Step.ToLapse(draw.chance(50));
            case 4 -> new Step.Back(Duration.ofSeconds(draw.below(draw.chance(50) ? 100 : 90_000)));
            default -> new Step.ToNextWindow(NaiveLimits.seconds(whole.window()), draw.chance(50));
        };
    }

    private BigDecimal actual() {
        if (draw.chance(30)) return BigDecimal.valueOf(5 + draw.below(40));
        return whole.amount() instanceof Number number && new BigDecimal(number.toString()).signum() >= 0
                ? new BigDecimal(number.toString())
                : new BigDecimal("2.345");
    }

    private List<Call> calls() {
        List<Call> drawn = new ArrayList<>();
        while (drawn.size() < 60) {
            String tool = draw.toolFor(document);
            Map<String, Object> args = draw.pick(arguments);
            // The same by two callers.
            for (int i = 0; i < 2; i++) drawn.add(new Call(draw.pick(whos), tool, args));
        }
        return drawn;
    }

    /** Another document, drawn until it is one. */
    private Step.Reloaded reloaded(Map<String, Object> before, boolean acme) {
        while (true) {
            Map<String, Object> drawn = before == null ? whole.document() : whole.reloaded(before);
            Optional<Policy> parsed = Sample.policy(drawn);
            if (parsed.isEmpty()) continue;
            if (before == null) document = drawn;
            return new Step.Reloaded(acme, drawn, parsed.get());
        }
    }
}
