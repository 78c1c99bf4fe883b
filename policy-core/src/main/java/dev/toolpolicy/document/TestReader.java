package dev.toolpolicy.document;

import static dev.toolpolicy.Condition.IfMissing.UNSAID;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition;
import dev.toolpolicy.Condition.Operand;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tests of one document: a path, an operator, and what is compared with. */
final class TestReader {
    private static final List<String> OPERATORS =
            Arrays.stream(Operator.values()).map(Operator::word).toList();
    private static final Map<String, String> OTHER_OPERATORS = Map.ofEntries(
            Map.entry("==", "eq"),
            Map.entry("=", "eq"),
            Map.entry("equals", "eq"),
            Map.entry("!=", "neq"),
            Map.entry("ne", "neq"),
            Map.entry("not_eq", "neq"),
            Map.entry("<", "lt"),
            Map.entry("<=", "lte"),
            Map.entry("le", "lte"),
            Map.entry(">", "gt"),
            Map.entry(">=", "gte"),
            Map.entry("ge", "gte"),
            Map.entry("=>", "gte"),
            Map.entry("=<", "lte"),
            Map.entry("nin", "not_in"),
            Map.entry("one_of", "in"),
            Map.entry("match", "matches"),
            Map.entry("prefix", "starts_with"),
            Map.entry("suffix", "ends_with"),
            Map.entry("type", "is"),
            Map.entry("present", "exists"),
            Map.entry("greater_than", "gt"),
            Map.entry("greater_than_or_equal", "gte"),
            Map.entry("less_than", "lt"),
            Map.entry("less_than_or_equal", "lte"),
            Map.entry("includes", "contains"),
            Map.entry("has", "contains"),
            Map.entry("not_exists", "exists"));

    /** What takes two of ours, and so is none of them. */
    private static final Map<String, String> SEVERAL =
            Map.of("between", "write two tests, one with `gte` and one with `lte`, in the `conditions` of one rule");

    /** What the regular expressions of a document come to together: each alone is bounded already. */
    private static final long MOST_REGEX_STEPS = 2_000_000;

    private long regexSteps;

    /** The test whose keys stand in this object; empty, and said, if something of it is wrong. */
    Optional<Condition> read(Members members, boolean letsThrough) {
        Optional<CallPath> path =
                members.require("path", "`\"path\": \"args.amount\"`").flatMap(PathSyntax::read);
        Optional<Operator> operator = members.require("op", "`\"op\": \"eq\"`").flatMap(TestReader::operator);
        // What stands beside a misspelt operator is judged by the one that was probably meant.
        Optional<Operator> judgedBy = operator.or(() -> members.find("op").flatMap(TestReader::meant));
        boolean allowed = operator.isPresent() && mayStand(members, operator.get(), letsThrough);
        Optional<Operand> operand = operand(members, judgedBy);
        Optional<Condition.IfMissing> ifMissing = ifMissing(members, operator);
        if (judgedBy.isEmpty() || operand.isEmpty()) return Optional.empty();
        try {
            // Made even where the path is wrong: what is wrong with the operand is said as well.
            CallPath known = path.orElse(new CallPath(CallPath.Root.ARGS, List.of()));
            Condition.IfMissing said = operator.isPresent() ? ifMissing.orElse(UNSAID) : UNSAID;
            if (regexSteps > MOST_REGEX_STEPS && isRegex(judgedBy.get())) return Optional.empty();
            Condition.Test test = new Condition.Test(known, judgedBy.get(), operand.get(), said);
            if (isTooMuch(test, members)) return Optional.empty();
            return operator.isPresent() && path.isPresent() && ifMissing.isPresent() && allowed
                    ? Optional.of(test)
                    : Optional.empty();
        } catch (Condition.BadOperand e) {
            members.find("value").ifPresent(value -> e.faults().forEach(fault -> report(value, fault)));
            return Optional.empty();
        }
    }

    private static boolean isRegex(Operator operator) {
        return operator == Operator.REGEX || operator == Operator.MATCHES;
    }

    /** Said once: from there on no regular expression is compiled any more. */
    private boolean isTooMuch(Condition.Test test, Members members) {
        regexSteps += test.regexSteps();
        if (regexSteps <= MOST_REGEX_STEPS || !isRegex(test.operator())) return false;
        members.find("value")
                .ifPresent(
                        value -> value.wrong(
                                Code.TOO_LARGE,
                                "found regular expressions of more than " + MOST_REGEX_STEPS
                                        + " steps up to here, expected fewer",
                                "shorten those that repeat much, compare with a list under `in`, or make two policies of this one"));
        return true;
    }

    private static Optional<Operator> operator(Node node) {
        Optional<String> word = node.text("an operator", "`\"eq\"`");
        if (word.isEmpty()) return Optional.empty();
        Optional<Operator> known = Operator.of(word.get());
        if (known.isPresent()) return known;
        String hint = Optional.ofNullable(SEVERAL.get(word.get()))
                .or(() -> meant(node).map(operator -> Suggestion.didYouMean(operator.word())))
                .orElseGet(() -> Suggestion.among("operators", word.get(), OPERATORS));
        node.wrong(Code.UNKNOWN_OPERATOR, "unknown operator `" + Json.shown(word.get()) + "`", hint);
        return Optional.empty();
    }

    private static Optional<Operator> meant(Node node) {
        if (!(node.value() instanceof String word)) return Optional.empty();
        String other = OTHER_OPERATORS.get(word);
        return Optional.ofNullable(other)
                .or(() -> Suggestion.nearest(word, OPERATORS))
                .flatMap(Operator::of);
    }

    /** Whether an operator may stand where it does; if not, that is said. */
    private static boolean mayStand(Members members, Operator operator, boolean letsThrough) {
        if (letsThrough || !operator.allowListOnly()) return true;
        members.find("op")
                .ifPresent(
                        op -> op.wrong(
                                Code.ALLOW_LIST_ONLY,
                                "found `" + operator.word()
                                        + "` where a match stops the call, expected it where a match lets the call through",
                                "it can only say what is allowed, never forbid: list what is allowed, in `require`, or under `not` here"));
        return false;
    }

    private static Optional<Operand> operand(Members members, Optional<Operator> operator) {
        Optional<Node> value = members.find("value");
        Optional<Node> from = members.find("value_from");
        if (value.isPresent() && from.isPresent()) {
            members.later("value", "value_from")
                    .wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `value` and `value_from`, expected one of them",
                            "keep one of the two");
            return Optional.empty();
        }
        if (from.isPresent()) {
            boolean taken = operator.map(Operator::takesValueFrom).orElse(true);
            Optional<CallPath> path = PathSyntax.readOne(from.get());
            if (taken) return path.map(ValueFrom::new);
            from.get()
                    .wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `value_from` beside `"
                                    + operator.map(Operator::word).orElse("") + "`, expected `value`",
                            "write the value itself: what it is compared with is compiled with the policy");
            return Optional.empty();
        }
        members.requireOneOf(
                List.of("value", "value_from"),
                "missing key `value`",
                operator.map(Operator::takesValueFrom).orElse(true)
                        ? "add `\"value\": …`, or `\"value_from\": \"identity.tenant\"`"
                        : "add `\"value\": …`");
        return value.map(node -> new Value(node.value()));
    }

    private static Optional<Condition.IfMissing> ifMissing(Members members, Optional<Operator> operator) {
        Optional<Node> node = members.find("if_missing");
        if (node.isEmpty()) return Optional.of(UNSAID);
        if (!(node.get().value() instanceof Boolean holds)) {
            node.get().wrongType("`true` or `false`", "what the test says of a missing argument: `false`");
            return Optional.empty();
        }
        if (operator.isPresent() && operator.get() == Operator.EXISTS) {
            node.get()
                    .wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `if_missing` beside `exists`, which is never missing",
                            "remove `if_missing`");
            return Optional.empty();
        }
        return Optional.of(holds ? Condition.IfMissing.TRUE : Condition.IfMissing.FALSE);
    }

    private static void report(Node value, Condition.Fault fault) {
        Node place = value;
        if (!fault.pointer().isEmpty())
            place = value.element(Integer.parseInt(fault.pointer().substring(1)), null);
        place.wrong(code(fault.kind()), fault.message(), fault.hint());
    }

    private static Code code(Condition.Fault.Kind kind) {
        return switch (kind) {
            case TYPE -> Code.WRONG_TYPE;
            case EMPTY -> Code.EMPTY_LIST;
            case VALUE -> Code.BAD_VALUE;
            case REGEX -> Code.BAD_REGEX;
            case FILE_PATH -> Code.BAD_FILE_PATH;
            case HOST -> Code.BAD_HOST;
        };
    }
}
