package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Choices that one seed decides. */
final class Dice {
    private final RandomGenerator random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    Dice(RandomGenerator random) {
        this.random = random;
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    boolean mostly() {
        return !oneIn(8);
    }

    /** From 0 to a number, which is included. */
    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** So many different elements of a list, in any order. */
    <T> List<T> some(int count, List<T> list) {
        List<T> left = new ArrayList<>(list);
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) taken.add(left.remove(random.nextInt(left.size())));
        return taken;
    }
}
