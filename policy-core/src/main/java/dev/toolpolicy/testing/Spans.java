package dev.toolpolicy.testing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Spans of time as people write them: {@code 30s}, {@code 1h30m}, {@code 2d}. */
final class Spans {
    /** From the largest to the smallest, the order in which they are written. */
    private enum Unit {
        DAYS("d", Duration.ofDays(1)),
        HOURS("h", Duration.ofHours(1)),
        MINUTES("m", Duration.ofMinutes(1)),
        SECONDS("s", Duration.ofSeconds(1)),
        MILLIS("ms", Duration.ofMillis(1)),
        NANOS("ns", Duration.ofNanos(1));

        private final String word;
        private final Duration one;

        Unit(String word, Duration one) {
            this.word = word;
            this.one = one;
        }
    }

    /** More digits than this no span has that fits a clock. */
    private static final int MAX_DIGITS = 9;

    static final String EXAMPLE = "write a span such as `30s`, `1h30m` or `2d`";

    private Spans() {}

    /** The span; empty if the text is none. */
    static Optional<Duration> parse(String text) {
        Duration span = Duration.ZERO;
        int at = 0;
        List<Unit> smaller = List.of(Unit.values());
        while (at < text.length()) {
            int digits = run(text, at, true);
            int word = run(text, digits, false);
            Optional<Unit> unit = unit(text.substring(digits, word), smaller);
            boolean number = digits > at && digits - at <= MAX_DIGITS;
            if (!number || unit.isEmpty()) return Optional.empty();
            smaller = smaller.subList(smaller.indexOf(unit.get()) + 1, smaller.size());
            span = span.plus(unit.get().one.multipliedBy(Long.parseLong(text, at, digits, 10)));
            at = word;
        }
        return at == 0 ? Optional.empty() : Optional.of(span);
    }

    private static int run(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits) at++;
        return at;
    }

    private static Optional<Unit> unit(String word, List<Unit> among) {
        return among.stream().filter(unit -> unit.word.equals(word)).findFirst();
    }

    /** An instant: {@code 2026-01-01T00:00:00Z}, or {@code +30s} from now; empty if the text is neither. */
    static Optional<Instant> instant(String text, Instant now) {
        try {
            if (text.startsWith("+")) return parse(text.substring(1)).map(now::plus);
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The span as it is read. */
    static String text(Duration span) {
        StringBuilder out = new StringBuilder();
        Duration rest = span;
        for (Unit unit : Unit.values()) {
            long count = rest.dividedBy(unit.one);
            if (count == 0) continue;
            out.append(count).append(unit.word);
            rest = rest.minus(unit.one.multipliedBy(count));
        }
        return out.isEmpty() ? "0s" : out.toString();
    }
}
