package dev.toolpolicy.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which faults a seed knows, and how often they happen: not all at once, or the frequent ones would keep the others from ever meeting.
 * One seed in eight knows none.
 */
final class Faults {
    private static final double[] RATES = {0.01, 0.04, 0.15};

    private final SplittableRandom random;
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);
    private boolean over;

    Faults(SplittableRandom random) {
        this.random = random;
        boolean none = random.nextInt(8) == 0;
        for (Fault fault : Fault.values()) {
            boolean known = random.nextInt(3) == 0;
            double rate = RATES[random.nextInt(RATES.length)];
            if (known && !none) rates.put(fault, rate);
        }
    }

    /** Whether this happens now. */
    boolean happens(Fault fault) {
        Double rate = rates.get(fault);
        if (over || rate == null || random.nextDouble() >= rate) return false;
        happened.merge(fault, 1L, Long::sum);
        return true;
    }

    /** The same for what would ruin a seed if it happened as often as the rest. */
    boolean happensRarely(Fault fault) {
        return random.nextInt(6) == 0 && happens(fault);
    }

    /** The same for what can happen only once another fault has. */
    boolean happensMostly(Fault fault) {
        if (over || !rates.containsKey(fault) || random.nextInt(3) == 0) return false;
        happened.merge(fault, 1L, Long::sum);
        return true;
    }

    void stop() {
        over = true;
    }

    boolean areOver() {
        return over;
    }

    Map<Fault, Long> happened() {
        return happened;
    }
}
