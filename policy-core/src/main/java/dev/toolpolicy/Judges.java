package dev.toolpolicy;

import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.regex.Regex;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each operator says of a value. What is of another type than it judges is undecidable, never false. */
final class Judges {
    private Judges() {}

    static Judge of(Test test, Stance stance) {
        Operator operator = test.operator();
        if (test.operand() instanceof ValueFrom from) return lookedUp(operator, from.path());
        Object operand = ((Value) test.operand()).json();
        return switch (operator) {
            case EQ ->
                operand instanceof String text
                        ? sameText(text.intern())
                        : operand == null
                                ? (value, call) -> Verdict.of(value == null)
                                : (value, call) -> same(value, operand);
            case NEQ ->
                operand == null
                        ? (value, call) -> Verdict.of(value != null)
                        : (value, call) -> same(value, operand).not();
            case IN -> among((List<?>) operand(operand));
            case NOT_IN -> negated(among((List<?>) operand(operand)));
            case REGEX, MATCHES -> matching((String) operand(operand), operator == Operator.MATCHES, stance);
            case EXISTS -> (value, call) -> Verdict.of((value != null) == Boolean.TRUE.equals(operand));
            case IS -> typed((String) operand(operand));
            case PATH_WITHIN -> within(operand instanceof List<?> roots ? roots : List.of(operand(operand)));
            case HOST_IN -> hosted((List<?>) operand(operand));
            case LT, LTE, GT, GTE -> bounded(operator, new Bound((Number) operand(operand)));
            case CONTAINS, STARTS_WITH, ENDS_WITH -> (value, call) -> compare(operator, value, operand);
        };
    }

    /** An operand whose type was checked when the test was made. */
    private static Object operand(@Nullable Object operand) {
        if (operand == null) throw new IllegalArgumentException("this operator has an operand");
        return operand;
    }

    /** What {@link #same} says of a text, which is what most tests compare with. */
    private static Judge sameText(String text) {
        return (value, call) -> value instanceof String other ? Verdict.of(text.equals(other)) : Verdict.UNDECIDABLE;
    }

    private static Judge negated(Judge judge) {
        return (value, call) -> judge.judge(value, call).not();
    }

    private static Judge bounded(Operator operator, Bound bound) {
        return (value, call) ->
                value instanceof Number number ? Verdict.of(holds(operator, bound.order(number))) : Verdict.UNDECIDABLE;
    }

    private static Judge lookedUp(Operator operator, CallPath path) {
        return new Judge() {
            @Override
            public Verdict judge(@Nullable Object value, ToolCall call) {
                Object operand = TestCheck.lookUp(path, call);
                return operand == TestCheck.NOTHING ? Verdict.UNDECIDABLE : compare(operator, value, operand);
            }

            @Override
            public Judge forElementsOf(ToolCall call) {
                Object operand = TestCheck.lookUp(path, call);
                if (operand instanceof List<?> list && operator == Operator.IN) return among(list);
                if (operand instanceof List<?> list && operator == Operator.NOT_IN) return negated(among(list));
                return this;
            }
        };
    }

    /** Of the operators whose operand may be looked up: what they say of two values. */
    private static Verdict compare(Operator operator, @Nullable Object value, @Nullable Object operand) {
        return switch (operator) {
            case EQ -> same(value, operand);
            case NEQ -> same(value, operand).not();
            case IN -> operand instanceof List<?> list ? among(value, list) : Verdict.UNDECIDABLE;
            case NOT_IN -> operand instanceof List<?> list ? among(value, list).not() : Verdict.UNDECIDABLE;
            case LT, LTE, GT, GTE ->
                value instanceof Number a && operand instanceof Number b
                        ? Verdict.of(holds(operator, compare(a, b)))
                        : Verdict.UNDECIDABLE;
            case CONTAINS -> contains(value, operand);
            case STARTS_WITH ->
                value instanceof String text && operand instanceof String part
                        ? Verdict.of(text.startsWith(part))
                        : Verdict.UNDECIDABLE;
            case ENDS_WITH ->
                value instanceof String text && operand instanceof String part
                        ? Verdict.of(text.endsWith(part))
                        : Verdict.UNDECIDABLE;
            default -> throw new IllegalArgumentException(operator.word() + " takes no value_from");
        };
    }

    private static boolean holds(Operator operator, int order) {
        return switch (operator) {
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    private static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) return Long.compare(x, y);
        return Json.decimal(a).compareTo(Json.decimal(b));
    }

    /** Numbers have one form here, so that equal JSON values are equal objects, however deep they lie. */
    private static Verdict same(@Nullable Object value, @Nullable Object operand) {
        if (Type.of(value) != Type.of(operand)) return Verdict.UNDECIDABLE;
        return Verdict.of(value == null || value.equals(operand));
    }

    private static Judge among(List<?> list) {
        ValueSet elements = new ValueSet(list);
        return (value, call) -> elements.judge(value);
    }

    private static Verdict among(@Nullable Object value, List<?> list) {
        if (list.contains(value)) return Verdict.TRUE;
        Type type = Type.of(value);
        for (int i = 0; i < list.size(); i++) {
            if (Type.of(list.get(i)) == type) return Verdict.FALSE;
        }
        return Verdict.UNDECIDABLE;
    }

    private static Verdict contains(@Nullable Object value, @Nullable Object operand) {
        if (value instanceof String text && operand instanceof String part)
            return Verdict.of(Substrings.contains(text, part));
        if (!(value instanceof List<?> list)) return Verdict.UNDECIDABLE;
        if (list.contains(operand)) return Verdict.TRUE;
        Type type = Type.of(operand);
        for (int i = 0; i < list.size(); i++) {
            if (Type.of(list.get(i)) != type) return Verdict.UNDECIDABLE;
        }
        return Verdict.FALSE;
    }

    private static Judge matching(String regex, boolean whole, Stance stance) {
        Regex pattern = Regex.of(regex, stance == Stance.STOPS);
        long longest = pattern.mostCharacters();
        return new Judge() {
            @Override
            public Verdict judge(@Nullable Object value, ToolCall call) {
                if (!(value instanceof String text) || text.length() > longest) return Verdict.UNDECIDABLE;
                return Verdict.of(whole ? pattern.covers(text) : pattern.found(text));
            }

            @Override
            public long mostCharacters() {
                return longest;
            }
        };
    }

    private static Judge typed(String type) {
        return (value, call) -> Verdict.of(
                switch (type) {
                    case "integer" -> value instanceof Long || value instanceof BigInteger;
                    case "number" -> value instanceof Number;
                    case "string" -> value instanceof String;
                    case "boolean" -> value instanceof Boolean;
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    default -> value == null;
                });
    }

    private static Judge within(List<?> texts) {
        FilePath[] roots = texts.stream()
                .map(text -> FilePath.plain((String) text).orElseThrow())
                .toArray(FilePath[]::new);
        return (value, call) -> {
            if (!(value instanceof String text)) return Verdict.UNDECIDABLE;
            Optional<FilePath> path = FilePath.plain(text);
            if (path.isEmpty()) return Verdict.UNDECIDABLE;
            boolean comparable = false;
            for (FilePath root : roots) {
                if (path.get().within(root)) return Verdict.TRUE;
                comparable |= root.kind() == path.get().kind();
            }
            return comparable ? Verdict.FALSE : Verdict.UNDECIDABLE;
        };
    }

    private static Judge hosted(List<?> texts) {
        HostPattern[] patterns =
                texts.stream().map(text -> HostPattern.of((String) text)).toArray(HostPattern[]::new);
        return (value, call) -> {
            if (!(value instanceof String text)) return Verdict.UNDECIDABLE;
            Optional<UrlHost> url = UrlHost.of(text);
            if (url.isEmpty()) return Verdict.UNDECIDABLE;
            for (HostPattern pattern : patterns) {
                if (pattern.matches(url.get())) return Verdict.TRUE;
            }
            return Verdict.FALSE;
        };
    }

    /** The JSON type of a value. */
    private enum Type {
        NULL,
        BOOLEAN,
        STRING,
        NUMBER,
        LIST,
        OBJECT;

        static Type of(@Nullable Object value) {
            if (value instanceof String) return STRING;
            if (value instanceof Number) return NUMBER;
            if (value == null) return NULL;
            if (value instanceof Boolean) return BOOLEAN;
            return value instanceof List ? LIST : OBJECT;
        }
    }
}
