package dev.toolpolicy.jsonschema;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The bytes of an input as choices, one after the other: a fuzzer that changes a byte changes a choice. When they are used up, chance
 * goes on from them, so that whoever draws comes to an end.
 */
final class Choices implements RandomGenerator {
    private final byte[] bytes;
    private final SplittableRandom rest;
    private int at;

    Choices(byte[] bytes) {
        this.bytes = bytes;
        this.rest = new SplittableRandom(Arrays.hashCode(bytes));
    }

    /** One byte, while there are any. */
    @Override
    public int nextInt(int bound) {
        if (bound > 256) return RandomGenerator.super.nextInt(bound);
        return at < bytes.length ? (bytes[at++] & 0xff) % bound : rest.nextInt(bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return origin + nextInt(bound - origin);
    }

    @Override
    public boolean nextBoolean() {
        return nextInt(2) == 1;
    }

    @Override
    public long nextLong() {
        if (at >= bytes.length) return rest.nextLong();
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) value = value << 8 | (at < bytes.length ? bytes[at++] & 0xff : 0);
        return value;
    }
}
