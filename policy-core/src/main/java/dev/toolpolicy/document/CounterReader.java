package dev.toolpolicy.document;

import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a limit counts: the counter's name, window, bound, scope and places. */
final class CounterReader {
    private static final List<String> WINDOW_WORDS = List.of("second", "minute", "hour", "day");
    private static final Map<String, Long> WINDOWS =
            Map.of("second", 1L, "minute", 60L, "hour", 3_600L, "day", 86_400L);
    private static final int LONGEST_NAME = 128;

    private final Members members;

    private CounterReader(Members members) {
        this.members = members;
    }

    /** The counter of a limit; empty, and said, if something of it is wrong. */
    static Optional<Counter> read(Members members) {
        CounterReader reader = new CounterReader(members);
        Optional<String> name = reader.name();
        Optional<Integer> decimals = reader.decimals();
        Optional<Scope> scope =
                members.require("scope", "`\"scope\": \"grant\"`").flatMap(ScopeSyntax::read);
        return reader.counter(name, scope, decimals);
    }

    /** The counter of a {@code rate_limit}, which has a name of ours and, unless another is given, the session as its scope. */
    static Optional<Counter> readRate(Members members, String name) {
        Optional<Scope> scope = members.find("scope").map(ScopeSyntax::read).orElse(Optional.of(Scope.SESSION));
        return new CounterReader(members).counter(Optional.of(name), scope, Optional.of(0));
    }

    private Optional<Counter> counter(Optional<String> name, Optional<Scope> scope, Optional<Integer> decimals) {
        Optional<Long> window =
                members.require("window", "`\"window\": \"minute\"`").flatMap(CounterReader::window);
        Optional<Long> max = members.require("max", "`\"max\": 60`").flatMap(node -> max(node, window, decimals));
        if (name.isEmpty() || window.isEmpty() || max.isEmpty()) return Optional.empty();
        if (scope.isEmpty() || decimals.isEmpty()) return Optional.empty();
        return Optional.of(new Counter(name.get(), window.get(), max.get(), scope.get(), decimals.get()));
    }

    private Optional<String> name() {
        Optional<Node> node = members.require("counter", "`\"counter\": \"calls\"`");
        Optional<String> name = node.flatMap(n -> n.text("a counter's name", "`\"calls\"`"));
        if (name.isEmpty()) return name;
        String text = name.get();
        boolean control = text.chars().anyMatch(Character::isISOControl);
        if (!text.isBlank() && !control && text.length() <= LONGEST_NAME) return name;
        String found =
                text.isBlank() ? "a blank name" : control ? "a control character" : text.length() + " characters";
        node.get()
                .wrong(
                        Code.BAD_COUNTER,
                        "found " + found + ", expected a counter's name",
                        "a counter's name is 1 to " + LONGEST_NAME
                                + " characters, not blank, without control characters");
        return Optional.empty();
    }

    private static Optional<Long> window(Node node) {
        String expected = "expected `second`, `minute`, `hour`, `day` or a number of seconds";
        if (node.value() instanceof Long seconds && seconds >= 1 && seconds <= Counter.MAX_WINDOW_SECONDS)
            return Optional.of(seconds);
        if (node.value() instanceof String word) {
            Long seconds = WINDOWS.get(word);
            if (seconds != null) return Optional.of(seconds);
            String hint = WindowHint.of(word, WINDOW_WORDS);
            node.wrong(Code.BAD_WINDOW, "found `" + Json.shown(word) + "`, " + expected, hint);
        } else if (node.value() instanceof Number number) {
            node.wrong(
                    Code.BAD_WINDOW,
                    "found " + LimitReader.shown(number) + ", " + expected,
                    "a window is 1 to " + Counter.MAX_WINDOW_SECONDS + " whole seconds, which is 31 days");
        } else {
            node.wrongType(
                    "`second`, `minute`, `hour`, `day` or a number of seconds", "`\"minute\"`, or seconds: `90`");
        }
        return Optional.empty();
    }

    private static Optional<Long> max(Node node, Optional<Long> window, Optional<Integer> decimals) {
        if (!(node.value() instanceof Number number)) {
            node.wrongType("a whole number", "the number without quotes: `60`");
            return Optional.empty();
        }
        if (!(number instanceof Long max) || max < 1) {
            String hint = number instanceof Long
                    ? "to block the tool write `\"action\": \"deny\"`"
                    : "round it, or count in smaller units";
            node.wrong(Code.BAD_VALUE, "found " + LimitReader.shown(number) + ", expected a whole number from 1", hint);
            return Optional.empty();
        }
        BigDecimal bound = Counter.largestMax(window.orElse(Counter.MAX_WINDOW_SECONDS), decimals.orElse(0));
        if (BigDecimal.valueOf(max).compareTo(bound) <= 0) return Optional.of(max);
        String most = bound.setScale(0, RoundingMode.FLOOR).toPlainString();
        node.wrong(
                Code.BAD_VALUE,
                "found " + LimitReader.shown(number) + ", expected at most " + most
                        + " for this window and these decimals",
                "what is counted is at most one unit a nanosecond, and 2^53: take a longer window or fewer decimals");
        return Optional.empty();
    }

    private Optional<Integer> decimals() {
        Optional<Node> node = members.find("decimals");
        if (node.isEmpty()) return Optional.of(0);
        if (node.get().value() instanceof Long places && places >= 0 && places <= Counter.MAX_DECIMALS)
            return Optional.of(places.intValue());
        if (node.get().value() instanceof Number number) {
            node.get()
                    .wrong(
                            Code.BAD_VALUE,
                            "found " + LimitReader.shown(number) + ", expected a whole number from 0 to "
                                    + Counter.MAX_DECIMALS,
                            "it says how many places of an amount are kept: `2` for cents");
        } else {
            node.get().wrongType("a whole number", "how many places of an amount are kept: `2`");
        }
        return Optional.empty();
    }
}
