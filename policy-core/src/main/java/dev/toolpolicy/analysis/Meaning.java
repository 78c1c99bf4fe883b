package dev.toolpolicy.analysis;

import static dev.toolpolicy.analysis.Says.FALSE;
import static dev.toolpolicy.analysis.Says.MISSING;
import static dev.toolpolicy.analysis.Says.TRUE;
import static dev.toolpolicy.analysis.Says.UNDECIDABLE;

import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a test says what: of what it finds at the end of its path, seen one value at a time. */
final class Meaning {
    private static final int JUDGED = TRUE | FALSE | UNDECIDABLE;
    private static final Map<?, ?> SOME_OBJECT = Map.of();
    private static final List<?> SOME_LIST = List.of();

    private Meaning() {}

    /** What may lie there for the test to say one of these; perhaps more. */
    static Situations where(Test test, int says) {
        return new Situations(
                Says.has(says, absent(test)),
                Says.has(says, UNDECIDABLE),
                Says.has(says, of(test, null)),
                Says.has(says, of(test, true)),
                Says.has(says, of(test, false)),
                numbers(test, says),
                texts(test, says),
                Says.has(says, of(test, SOME_LIST)),
                Says.has(says, of(test, SOME_OBJECT)));
    }

    /** What it says where nothing is there. */
    static int absent(Test test) {
        if (test.operator() == Operator.EXISTS) return Says.of(test.operand().equals(new Value(false)));
        if (test.ifMissing() == IfMissing.UNSAID) return MISSING;
        return Says.of(test.ifMissing() == IfMissing.TRUE);
    }

    /** All that it may say of a value that is null or a boolean; or of any list, of any object. */
    private static int of(Test test, @Nullable Object found) {
        if (!(test.operand() instanceof Value value)) return ofLookedUp(test.operator(), found);
        Object operand = value.json();
        return switch (test.operator()) {
            case EQ -> same(found, operand);
            case NEQ -> Says.turned(same(found, operand));
            case IN -> among(found, (List<?>) present(operand));
            case NOT_IN -> Says.turned(among(found, (List<?>) present(operand)));
            case EXISTS -> Says.of((found != null) == Boolean.TRUE.equals(operand));
            case IS -> Says.of(typeOf(found).equals(operand));
            case CONTAINS -> found instanceof List ? JUDGED : UNDECIDABLE;
            default -> UNDECIDABLE;
        };
    }

    private static int ofLookedUp(Operator operator, @Nullable Object found) {
        return switch (operator) {
            case EQ, NEQ, IN, NOT_IN -> JUDGED;
            case CONTAINS -> found instanceof List ? JUDGED : UNDECIDABLE;
            default -> UNDECIDABLE;
        };
    }

    private static int same(@Nullable Object found, @Nullable Object operand) {
        if (operand == null) return Says.of(found == null);
        if (!typeOf(found).equals(typeOf(operand))) return UNDECIDABLE;
        return found instanceof Boolean ? Says.of(found.equals(operand)) : TRUE | FALSE;
    }

    private static int among(@Nullable Object found, List<?> list) {
        int says = UNDECIDABLE;
        for (Object element : list) {
            if (!typeOf(found).equals(typeOf(element))) continue;
            if (!(found instanceof Boolean) && found != null) return TRUE | FALSE;
            if (found == null || found.equals(element)) return TRUE;
            says = FALSE;
        }
        return says;
    }

    private static Numbers numbers(Test test, int says) {
        Operator operator = test.operator();
        if (!(test.operand() instanceof Value value)) return all(ofNumberLookedUp(operator), says);
        Object operand = value.json();
        return switch (operator) {
            case EQ -> numbersAmong(List.of(), operand, says);
            case NEQ -> numbersAmong(List.of(), operand, Says.turned(says));
            case IN -> numbersAmong((List<?>) present(operand), null, says);
            case NOT_IN -> numbersAmong((List<?>) present(operand), null, Says.turned(says));
            case LT -> split(Numbers.below(decimal(operand), false), Numbers.above(decimal(operand), true), says);
            case LTE -> split(Numbers.below(decimal(operand), true), Numbers.above(decimal(operand), false), says);
            case GT -> split(Numbers.above(decimal(operand), false), Numbers.below(decimal(operand), true), says);
            case GTE -> split(Numbers.above(decimal(operand), true), Numbers.below(decimal(operand), false), says);
            case IS ->
                "integer".equals(operand)
                        ? split(Numbers.whole(true), Numbers.whole(false), says)
                        : all(Says.of("number".equals(operand)), says);
            case EXISTS -> all(Says.of(Boolean.TRUE.equals(operand)), says);
            default -> all(UNDECIDABLE, says);
        };
    }

    private static int ofNumberLookedUp(Operator operator) {
        return switch (operator) {
            case EQ, NEQ, IN, NOT_IN, LT, LTE, GT, GTE -> JUDGED;
            default -> UNDECIDABLE;
        };
    }

    /** @param list the operand of {@code in}, or nothing; then there is the operand of {@code eq} */
    private static Numbers numbersAmong(List<?> list, @Nullable Object single, int says) {
        if (list.isEmpty() && single == null) return all(FALSE, says);
        Set<BigDecimal> numbers = new HashSet<>();
        for (Object element : list) if (element instanceof Number number) numbers.add(Json.decimal(number));
        if (single instanceof Number number) numbers.add(Json.decimal(number));
        if (numbers.isEmpty()) return all(UNDECIDABLE, says);
        return split(Numbers.only(numbers), Numbers.except(numbers), says);
    }

    private static Numbers split(Numbers where, Numbers whereNot, int says) {
        if (Says.has(says, TRUE)) return Says.has(says, FALSE) ? Numbers.ALL : where;
        return Says.has(says, FALSE) ? whereNot : Numbers.NONE;
    }

    private static Numbers all(int said, int says) {
        return Says.has(said, says) ? Numbers.ALL : Numbers.NONE;
    }

    private static Texts texts(Test test, int says) {
        Operator operator = test.operator();
        if (!(test.operand() instanceof Value value)) return allTexts(ofTextLookedUp(operator), says);
        Object operand = value.json();
        return switch (operator) {
            case EQ -> textsAmong(List.of(), operand, says);
            case NEQ -> textsAmong(List.of(), operand, Says.turned(says));
            case IN -> textsAmong((List<?>) present(operand), null, says);
            case NOT_IN -> textsAmong((List<?>) present(operand), null, Says.turned(says));
            case STARTS_WITH -> pieces(Texts.Where.START, operand, says);
            case ENDS_WITH -> pieces(Texts.Where.END, operand, says);
            case CONTAINS -> pieces(Texts.Where.ANYWHERE, operand, says);
            // Of a text that is too long they say nothing; and what they match is not looked into here.
            case REGEX, MATCHES, PATH_WITHIN, HOST_IN -> allTexts(JUDGED, says);
            case IS -> allTexts(Says.of("string".equals(operand)), says);
            case EXISTS -> allTexts(Says.of(Boolean.TRUE.equals(operand)), says);
            default -> allTexts(UNDECIDABLE, says);
        };
    }

    private static int ofTextLookedUp(Operator operator) {
        return switch (operator) {
            case LT, LTE, GT, GTE -> UNDECIDABLE;
            default -> JUDGED;
        };
    }

    private static Texts textsAmong(Collection<?> list, @Nullable Object single, int says) {
        if (list.isEmpty() && single == null) return allTexts(FALSE, says);
        Set<String> texts = new HashSet<>();
        for (Object element : list) if (element instanceof String text) texts.add(text);
        if (single instanceof String text) texts.add(text);
        if (texts.isEmpty()) return allTexts(UNDECIDABLE, says);
        return split(Texts.only(texts), Texts.except(texts), says);
    }

    private static Texts pieces(Texts.Where where, @Nullable Object piece, int says) {
        if (!(piece instanceof String text)) return allTexts(UNDECIDABLE, says);
        return split(Texts.with(where, text, true), Texts.with(where, text, false), says);
    }

    private static Texts split(Texts where, Texts whereNot, int says) {
        if (Says.has(says, TRUE)) return Says.has(says, FALSE) ? Texts.ALL : where;
        return Says.has(says, FALSE) ? whereNot : Texts.NONE;
    }

    private static Texts allTexts(int said, int says) {
        return Says.has(said, says) ? Texts.ALL : Texts.NONE;
    }

    private static BigDecimal decimal(@Nullable Object operand) {
        return Json.decimal((Number) present(operand));
    }

    /** An operand whose type was checked when the test was made. */
    private static Object present(@Nullable Object operand) {
        if (operand == null) throw new IllegalArgumentException("this operator has an operand");
        return operand;
    }

    /** The JSON type of a value, in the words of {@code is}; of every number {@code number}. */
    static String typeOf(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof String) return "string";
        if (value instanceof Number) return "number";
        if (value instanceof Boolean) return "boolean";
        return value instanceof List ? "array" : "object";
    }
}
