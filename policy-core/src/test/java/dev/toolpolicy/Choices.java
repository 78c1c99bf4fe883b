package dev.toolpolicy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The bytes of an input as choices, one after the other: a fuzzer that changes a byte changes a choice. When they are used up, chance
 * goes on from them, so that whoever draws comes to an end.
 */
public final class Choices implements RandomGenerator {
    /** What texts are made of beside any other character: what some reader takes for something else. */
    private static final String ODD = "\"\\/\u0000\n\r\u0085\u2028\u202e\ud800\udc00\uffff~%.*[]{}:,;'`\u212a\u0131";

    private final byte[] bytes;
    private final SplittableRandom rest;
    private int at;

    public Choices(byte[] bytes) {
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

    /** Any chars, half pairs too; shorter than that. */
    public String text(int bound) {
        StringBuilder text = new StringBuilder();
        for (int left = nextInt(bound); left > 0; left--) text.append(character());
        return text.toString();
    }

    private char character() {
        return switch (nextInt(4)) {
            case 0 -> ODD.charAt(nextInt(ODD.length()));
            case 1 -> (char) nextLong();
            default -> (char) (' ' + nextInt(95));
        };
    }
}
