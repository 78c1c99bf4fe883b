package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The record that a log writes of itself: first in every file, and whenever a log is gone on with.
 *
 * @param segment which file of the log this is, from 1 on
 * @param torn what came before it without an end, if that is why
 */
record Opened(Why why, int segment, Torn torn) {
    private static final String TYPE = "\"type\":\"opened\",";

    enum Why {
        /** The log is new, or is gone on with where it ended. */
        START,
        /** The file before was full. */
        ROTATED,
        /** The file before ends in a line without an end: whoever wrote it was killed, or the power failed. */
        TORN,
        /** The line before was written, and its head was not. */
        AHEAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void write(LineBuffer line, Instant time, String kind) {
        line.field("type", "opened", 64);
        line.field("time", time.toString(), 64);
        line.field("why", why.word(), 64);
        line.field("segment", segment);
        line.field("chain", kind, 64);
        if (why != Why.TORN) return;
        line.field("torn", torn.bytes());
        line.field("tail", torn.hash(), 64);
    }

    static boolean isOne(byte[] line, int length) {
        // After the number and the hash of the line before, which are at most 19 and 64 characters.
        String start = new String(line, 0, Math.min(length, 128), ISO_8859_1);
        int comma = start.indexOf(",\"type\":");
        return comma >= 0 && start.startsWith(TYPE, comma + 1);
    }

    /** What such a line says; empty if it is none. */
    static Optional<Opened> of(byte[] line, int length) {
        if (!isOne(line, length)) return Optional.empty();
        String text = new String(line, 0, length, ISO_8859_1);
        for (Why why : Why.values()) {
            if (!field(text, "why").equals('"' + why.word() + '"')) continue;
            return number(field(text, "segment")).map(segment -> new Opened(why, (int) (long) segment, tornIn(text)));
        }
        return Optional.empty();
    }

    /** Which chain a line says that it is of, whether or not it can be believed. */
    static String kind(byte[] line, int length) {
        return isOne(line, length)
                ? field(new String(line, 0, length, ISO_8859_1), "chain").replace("\"", "")
                : "";
    }

    private static Torn tornIn(String text) {
        return new Torn(
                number(field(text, "torn")).orElse(0L), field(text, "tail").replace("\"", ""));
    }

    /** A field as it is written. All texts of such a line are ours: a name cannot stand inside of one. */
    private static String field(String text, String name) {
        String before = ",\"" + name + "\":";
        int at = text.indexOf(before);
        if (at < 0) return "";
        int from = at + before.length();
        int end = text.indexOf(',', from);
        return end < 0 ? "" : text.substring(from, end);
    }

    private static Optional<Long> number(String digits) {
        boolean is = !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return is ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
