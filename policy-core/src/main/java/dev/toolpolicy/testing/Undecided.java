package dev.toolpolicy.testing;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an argument can be such that a test cannot judge it, or is missing to it; and which argument that would be. */
final class Undecided {
    private static final List<String> TYPES =
            List.of("a string", "a number", "a boolean", "null", "a list", "an object");
    private static final CallPath GRANT = new CallPath(CallPath.Root.IDENTITY, List.of(new CallPath.Key("grant")));

    private Undecided() {}

    /** What to give so that the test cannot judge; empty if no argument does that. */
    static Optional<String> hint(Test test) {
        boolean argument = isArgument(test.path());
        if (test.operand() instanceof ValueFrom from) {
            if (isArgument(from.path())) return Optional.of("leave " + shown(from.path()) + " out");
            return argument ? Optional.of(give(test.path(), typeNeverFound(test.operator()))) : Optional.empty();
        }
        if (!argument) return Optional.empty();
        Optional<String> other = otherType(test.operator(), ((Value) test.operand()).json());
        if (other.isPresent()) return other.map(type -> give(test.path(), type));
        return test.path().steps().size() < 2 ? Optional.empty() : Optional.of(onTheWay(test.path()));
    }

    /** What an operator finds in an identity is text, or a list of texts. */
    private static String typeNeverFound(Operator operator) {
        return switch (operator) {
            case LT, LTE, GT, GTE -> "a string";
            default -> "a number";
        };
    }

    /** A JSON type that the operator cannot judge; empty if it judges all. */
    private static Optional<String> otherType(Operator operator, @Nullable Object operand) {
        return switch (operator) {
            case EXISTS, IS -> Optional.empty();
            case EQ, NEQ -> operand == null ? Optional.empty() : notAmong(List.of(operand));
            case IN, NOT_IN -> operand instanceof List<?> list ? notAmong(list) : Optional.empty();
            case LT, LTE, GT, GTE -> Optional.of("a string");
            case REGEX, MATCHES, CONTAINS, STARTS_WITH, ENDS_WITH, PATH_WITHIN, HOST_IN -> Optional.of("a number");
        };
    }

    private static Optional<String> notAmong(List<?> values) {
        List<String> types = values.stream().map(Json::typeName).toList();
        return TYPES.stream().filter(type -> !types.contains(type)).findFirst();
    }

    /** Where the path goes on below a value that has no members or elements. */
    private static String onTheWay(CallPath path) {
        List<CallPath.Step> above = path.steps().subList(0, path.steps().size() - 1);
        return give(new CallPath(path.root(), above), "a string");
    }

    /** Whether nothing may be there for the test to judge, and the author has not written what it says then. */
    static boolean canBeMissing(Test test) {
        boolean below = !test.path().steps().isEmpty() && !test.path().equals(GRANT);
        return below && test.operator() != Operator.EXISTS && test.ifMissing() == IfMissing.UNSAID;
    }

    private static boolean isArgument(CallPath path) {
        return path.root() == CallPath.Root.ARGS && !path.steps().isEmpty();
    }

    private static String give(CallPath path, String type) {
        return "give " + shown(path) + " as " + type;
    }

    private static String shown(CallPath path) {
        return "`" + Json.shown(path.toString()) + "`";
    }
}
