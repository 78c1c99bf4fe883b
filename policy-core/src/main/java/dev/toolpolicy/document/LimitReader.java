package dev.toolpolicy.document;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition;
import dev.toolpolicy.Limit;
import dev.toolpolicy.Limit.Amount;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.One;
import dev.toolpolicy.document.Members.Keys;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads limits, in both of their forms. */
final class LimitReader {
    static final String EXAMPLE =
            "{ \"counter\": \"calls\", \"window\": \"minute\", \"max\": 60, \"scope\": \"grant\" }";
    private static final Map<String, String> HINTS = Map.of(
            "limit", "did you mean `max`?",
            "on_deny", "in a limit the text is called `on_limit`",
            "reason", "in a limit the text is called `on_limit`",
            "conditions", "did you mean `when`?",
            "increment", "a call costs 1; divide `max` by the increment",
            "increment_from", "did you mean `amount`?");
    private static final String AMOUNT_HINT =
            "amounts are arguments of one tool: write the limit in the tool's own `limits`";
    private static final Keys COUNTING = new Keys(
            List.of("counter", "window", "max", "scope", "decimals", "when", "on_limit", "id", "description"),
            Keys.with(HINTS, Map.of("amount", AMOUNT_HINT, "amount_if_missing", AMOUNT_HINT)));
    private static final Keys TAKING_AMOUNTS =
            new Keys(ConditionReader.joined(COUNTING.known(), List.of("amount", "amount_if_missing")), HINTS);
    private static final Keys RATE = new Keys(
            List.of("max", "window", "scope"),
            Map.of(
                    "counter", "a `rate_limit` names no counter: write the limit in `limits`",
                    "limit", "did you mean `max`?",
                    "requests", "did you mean `max`?",
                    "per", "did you mean `window`?"));

    private final Members members;

    private LimitReader(Members members) {
        this.members = members;
    }

    /** One element of {@code limits}. */
    static Optional<Limit> read(
            Node node, boolean takesAmounts, CrossChecks crossChecks, ConditionReader conditionReader) {
        Keys keys = takesAmounts ? TAKING_AMOUNTS : COUNTING;
        return Members.of(node, keys, "a limit", "`" + EXAMPLE + "`")
                .flatMap(members -> new LimitReader(members).limit(crossChecks, conditionReader));
    }

    /** The shorthand {@code rate_limit} of an entry. */
    static Optional<Limit> readRate(Node node, String entry) {
        if (node.value() instanceof String text) {
            String form = ProxyDialect.rateLimit(text)
                    .map(limit -> "write `" + ProxyDialect.pretty(limit) + "`")
                    .orElse("write an object such as `{ \"max\": 30, \"window\": \"hour\" }`");
            node.wrong(Code.WRONG_TYPE, "found a string, expected an object", form);
            return Optional.empty();
        }
        return Members.of(node, RATE, "an object", "`{ \"max\": 30, \"window\": \"hour\" }`")
                .flatMap(members -> CounterReader.readRate(members, entry + "_rate"))
                .map(counter -> new Limit("", "", counter, new One(), List.of(), ""));
    }

    private Optional<Limit> limit(CrossChecks crossChecks, ConditionReader conditionReader) {
        String id = Labels.id(members, crossChecks);
        String description = Labels.description(members);
        Optional<Counter> counter = CounterReader.read(members);
        Optional<Amount> amount = amount(counter);
        Optional<List<Condition>> when = members.find("when")
                .map(node -> conditionReader.readSome(node, false))
                .orElse(Optional.of(List.of()));
        String onLimit = members.find("on_limit").map(Labels::sayable).orElse("");
        if (counter.isEmpty() || amount.isEmpty() || when.isEmpty()) return Optional.empty();
        return Optional.of(new Limit(id, description, counter.get(), amount.get(), when.get(), onLimit));
    }

    private Optional<Amount> amount(Optional<Counter> counter) {
        Optional<Node> at = members.find("amount");
        Optional<Node> otherwise = members.find("amount_if_missing");
        Optional<CallPath> path = at.flatMap(PathSyntax::readArgument);
        Optional<BigDecimal> ifMissing = otherwise.flatMap(node -> ifMissing(node, counter));
        if (!members.attempted("amount") && otherwise.isPresent()) {
            otherwise
                    .get()
                    .wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `amount_if_missing` without `amount`",
                            "add `\"amount\": \"args.…\"`, or remove it: without an amount each call costs 1");
            return Optional.empty();
        }
        if (at.isEmpty()) return Optional.of(new One());
        if (path.isEmpty() || (otherwise.isPresent() && ifMissing.isEmpty())) return Optional.empty();
        return Optional.of(ifMissing
                .<Amount>map(amount -> new AmountAtOr(path.get(), amount))
                .orElseGet(() -> new AmountAt(path.get())));
    }

    private static Optional<BigDecimal> ifMissing(Node node, Optional<Counter> counter) {
        if (!(node.value() instanceof Number number)) {
            node.wrongType("a number", "what a call costs that lacks the amount");
            return Optional.empty();
        }
        BigDecimal amount = Json.decimal(number);
        if (amount.signum() < 0) {
            node.wrong(
                    Code.BAD_VALUE,
                    "found " + shown(number) + ", expected a number from 0",
                    "what is used up cannot be negative");
            return Optional.empty();
        }
        if (counter.isPresent() && !counter.get().admits(amount)) {
            node.wrong(
                    Code.BAD_VALUE,
                    "found " + shown(number) + ", expected at most `max`, which is "
                            + counter.get().max(),
                    "a call that costs more can never pass");
            return Optional.empty();
        }
        return Optional.of(amount);
    }

    /** A number, fit for a message. */
    static String shown(Number number) {
        return Json.shown(Json.canonical(number));
    }
}
