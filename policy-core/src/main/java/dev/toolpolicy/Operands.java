package dev.toolpolicy;

import dev.toolpolicy.Condition.Fault;
import dev.toolpolicy.Condition.Fault.Kind;
import dev.toolpolicy.Condition.Operand;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.regex.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which operands an operator can judge by. */
final class Operands {
    /** The JSON types that {@code is} knows. */
    static final List<String> TYPES = List.of("string", "number", "integer", "boolean", "object", "array", "null");

    private static final String TYPE_HINT = "a type is one of `" + String.join("`, `", TYPES) + "`";

    private Operands() {}

    static List<Fault> faults(Operator operator, Operand operand) {
        if (operand instanceof Value value) return faults(operator, value.json());
        if (operator.takesValueFrom()) return List.of();
        String message = "`" + operator.word() + "` takes a `value`, not a `value_from`";
        return List.of(new Fault(
                Kind.TYPE,
                "",
                message,
                "write the value itself: what it is compared with is compiled with the policy"));
    }

    private static List<Fault> faults(Operator operator, @Nullable Object value) {
        return switch (operator) {
            case EQ, NEQ, CONTAINS -> List.of();
            case IN, NOT_IN -> list(operator, value, element -> Optional.empty());
            case LT, LTE, GT, GTE -> value instanceof Number ? List.of() : wrongType(operator, value, "a number");
            case STARTS_WITH, ENDS_WITH -> value instanceof String ? List.of() : wrongType(operator, value, "a string");
            case REGEX, MATCHES ->
                value instanceof String pattern
                        ? Regex.fault(pattern).stream()
                                .map(Operands::regexFault)
                                .toList()
                        : wrongType(operator, value, "a string");
            case EXISTS -> value instanceof Boolean ? List.of() : wrongType(operator, value, "`true` or `false`");
            case IS -> type(operator, value);
            case PATH_WITHIN ->
                value instanceof String root
                        ? pathFault(root).stream().toList()
                        : list(operator, value, element -> text(operator, element, Operands::pathFault));
            case HOST_IN -> list(operator, value, element -> text(operator, element, HostPattern::fault));
        };
    }

    private static Fault regexFault(Regex.Fault fault) {
        return new Fault(Kind.REGEX, "", fault.message(), fault.hint());
    }

    private static List<Fault> type(Operator operator, @Nullable Object value) {
        if (!(value instanceof String type)) return wrongType(operator, value, "the name of a JSON type");
        if (TYPES.contains(type)) return List.of();
        String message = "found `" + Json.shown(type) + "`, expected the name of a JSON type";
        return List.of(new Fault(Kind.VALUE, "", message, TYPE_HINT));
    }

    private static List<Fault> list(
            Operator operator, @Nullable Object value, Function<@Nullable Object, Optional<Fault>> element) {
        if (!(value instanceof List<?> list)) return wrongType(operator, value, "a list");
        if (list.isEmpty()) {
            String message = "found an empty list for `" + operator.word() + "`, expected at least one element";
            return List.of(new Fault(Kind.EMPTY, "", message, "list what is meant, or remove the condition"));
        }
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = "/" + i;
            element.apply(list.get(i)).ifPresent(f -> faults.add(new Fault(f.kind(), pointer, f.message(), f.hint())));
        }
        return faults;
    }

    private static Optional<Fault> pathFault(String root) {
        return FilePath.notPlain(root).map(why -> new Fault(Kind.FILE_PATH, "", why.message(), why.hint()));
    }

    private static Optional<Fault> text(
            Operator operator, @Nullable Object element, Function<String, Optional<Fault>> judge) {
        if (element instanceof String text) return judge.apply(text);
        return Optional.of(wrongType(operator, element, "a string").get(0));
    }

    private static List<Fault> wrongType(Operator operator, @Nullable Object value, String expected) {
        String message = "found " + Json.typeName(value) + " for `" + operator.word() + "`, expected " + expected;
        return List.of(new Fault(Kind.TYPE, "", message, hintFor(operator, value)));
    }

    private static String hintFor(Operator operator, @Nullable Object value) {
        if (value instanceof List<?>) {
            return switch (operator) {
                case REGEX, MATCHES, STARTS_WITH, ENDS_WITH -> "write one condition for each, under `any_of`";
                case LT, LTE, GT, GTE -> "write a lower and an upper bound as two conditions";
                default -> "write one value";
            };
        }
        return switch (operator) {
            case LT, LTE, GT, GTE -> "write a number, without quotes";
            case IN, NOT_IN -> "write a list: `[…]`; to compare with one value use `eq` or `neq`";
            case HOST_IN -> "write a list of hosts, in brackets";
            case PATH_WITHIN -> "write a folder, or a list of folders";
            case EXISTS -> "write `true` for present and not null, `false` for absent or null";
            case IS -> TYPE_HINT;
            default -> "write the text in double quotes";
        };
    }
}
