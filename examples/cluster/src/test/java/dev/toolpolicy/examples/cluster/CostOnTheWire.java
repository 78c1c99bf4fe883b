package dev.toolpolicy.examples.cluster;

import static dev.toolpolicy.examples.cluster.CostStore.limit;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.examples.cluster.Wire.Traffic;
import io.github.bucket4j.distributed.BucketProxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Round trips and bytes of a decision, by what passes on the way to a store. */
final class CostOnTheWire {
    private static final int DECISIONS = 100;
    /** More than any phase takes. */
    private static final long ENOUGH = 1_000_000;

    private static final Duration QUIET = Duration.ofMillis(40);
    private static final int QUIET_FOR = 3;

    private final CostStore store;
    private final Wire wire;
    private final CostResults results;
    /** So that nothing is counted twice in one store. */
    private int cases;

    CostOnTheWire(CostStore store, Wire wire, CostResults results) {
        this.store = store;
        this.wire = wire;
        this.results = results;
    }

    static void head(CostResults results) {
        results.head("store", "limits", "decision", "round trips", "bytes to the store", "bytes back");
    }

    void measure() throws InterruptedException {
        Function<String, BucketProxy> bare = store.bare(DECISIONS, CostStore.PATIENCE);
        phases("bare Bucket4j", caller -> bare.apply(caller).tryConsume(1));
        one("one", own(DECISIONS));
        one("two of the caller's", own(DECISIONS) + ", " + limit("mine" + cases, ENOUGH, "grant"));
        one("the caller's and everybody's", own(DECISIONS) + ", " + limit("all" + cases, ENOUGH, "global"));
        everybodysIsSpent();
    }

    private String own(long max) {
        return limit("own" + ++cases, max, "grant");
    }

    private void one(String limits, String document) throws InterruptedException {
        try (Evaluator evaluator = store.evaluator(document, CostStore.PATIENCE)) {
            phases(limits, caller -> allowed(evaluator, caller));
        }
    }

    private void everybodysIsSpent() throws InterruptedException {
        try (Evaluator evaluator =
                store.evaluator(own(ENOUGH) + ", " + limit("all" + cases, DECISIONS, "global"), CostStore.PATIENCE)) {
            for (int i = 0; i < DECISIONS; i++) allowed(evaluator, "alice");
            phase("the caller's and everybody's", "refused by everybody's", false, i -> allowed(evaluator, "alice"));
        }
    }

    private static boolean allowed(Evaluator evaluator, String caller) {
        Decision decision = evaluator.evaluate(ToolCall.parse(Identity.of(caller), "search", "{}"));
        if (decision instanceof Allow || decision instanceof RateLimited) return decision instanceof Allow;
        throw new IllegalStateException("not decided: " + decision);
    }

    private void phases(String limits, Predicate<String> admits) throws InterruptedException {
        // Connections are opened by the first, and statements prepared by some more.
        for (int i = 0; i < 2 * DECISIONS; i++) check(admits.test("warm-up " + i), "admitted");
        phase(limits, "admitted, first of a window", true, i -> admits.test("caller " + i));
        // What is left for one of them, and one more.
        phase(limits, "admitted, later", true, i -> admits.test(i == 0 ? "caller 1" : "caller 0"));
        phase(limits, "refused", false, i -> admits.test("caller 0"));
    }

    private void phase(String limits, String decision, boolean expected, IntPredicate admits)
            throws InterruptedException {
        Traffic before = whenQuiet();
        for (int i = 0; i < DECISIONS; i++) check(admits.test(i) == expected, decision);
        Traffic all = whenQuiet().since(before);
        double roundTrips = (double) all.roundTrips() / DECISIONS;
        long sent = Math.round((double) all.sent() / DECISIONS);
        long answered = Math.round((double) all.answered() / DECISIONS);
        results.row(store.name(), limits, decision, roundTrips, sent, answered);
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("measured", "wire");
        raw.put("store", store.name());
        raw.put("limits", limits);
        raw.put("decision", decision);
        raw.put("decisions", DECISIONS);
        raw.put("roundTrips", all.roundTrips());
        raw.put("bytesToTheStore", all.sent());
        raw.put("bytesBack", all.answered());
        results.raw(raw);
    }

    private void check(boolean holds, String what) {
        if (!holds) throw new IllegalStateException(store.name() + ": not " + what);
    }

    /** What has passed once nothing passes any more: what is given back is not waited for. */
    private Traffic whenQuiet() throws InterruptedException {
        Traffic last = wire.traffic();
        for (int same = 0; same < QUIET_FOR; same++) {
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
            Traffic now = wire.traffic();
            if (!now.equals(last)) same = 0;
            last = now;
        }
        return last;
    }
}
