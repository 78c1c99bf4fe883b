package dev.toolpolicy;

import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Violation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told where the author wrote no text: which argument, and what would pass. Made from the policy alone, when it
 * is parsed, so that no argument's value can get into it.
 */
final class Sentences {
    private static final int MOST = 300;
    private static final int MOST_ELEMENTS = 5;

    private Sentences() {}

    /** What a call must fulfil for all these conditions to hold: {@code args.amount must be at most 10000}. */
    static String must(List<Condition> conditions) {
        return Json.shown(all(conditions, true), MOST);
    }

    /** What a call must fulfil for these conditions not to hold together. */
    static String mustNot(List<Condition> conditions) {
        return conditions.isEmpty() ? "this tool is blocked" : Json.shown(any(conditions, false), MOST);
    }

    /** How arguments break their schema: the first few places, and the words that are broken. */
    static String broken(List<Violation> violations) {
        String first = violations.stream()
                .limit(MOST_ELEMENTS)
                .map(violation -> Json.shown(violation.pointer()) + " " + Json.shown(violation.keyword()))
                .collect(Collectors.joining(", "));
        String more = violations.size() > MOST_ELEMENTS ? " and " + (violations.size() - MOST_ELEMENTS) + " more" : "";
        return "the arguments break the tool's schema: " + first + more;
    }

    /** When to try again. */
    static String retryIn(Duration wait) {
        return "retry in " + wholeSeconds(wait) + " s";
    }

    /** Rounded up: who waits that long has waited long enough. */
    static long wholeSeconds(Duration wait) {
        return wait.getNano() == 0 ? wait.getSeconds() : wait.getSeconds() + 1;
    }

    private static String all(List<Condition> conditions, boolean must) {
        return conditions.stream().map(condition -> sentence(condition, must)).collect(Collectors.joining(", and "));
    }

    private static String any(List<Condition> conditions, boolean must) {
        return conditions.stream().map(condition -> sentence(condition, must)).collect(Collectors.joining(", or "));
    }

    private static String sentence(Condition condition, boolean must) {
        if (condition instanceof Not not) return sentence(not.condition(), !must);
        if (condition instanceof AllOf all) return must ? all(all.conditions(), true) : any(all.conditions(), false);
        if (condition instanceof AnyOf any) return must ? any(any.conditions(), true) : all(any.conditions(), false);
        return test((Test) condition, must);
    }

    private static String test(Test test, boolean must) {
        boolean exists = test.operator() == Operator.EXISTS;
        boolean positive = exists ? must == wanted(test) : must;
        return Json.shown(test.path().toString()) + (positive ? " must " : " must not ") + phrase(test);
    }

    private static boolean wanted(Test test) {
        return test.operand() instanceof Value value && Boolean.TRUE.equals(value.json());
    }

    private static String phrase(Test test) {
        String operand = operand(test);
        return switch (test.operator()) {
            case EQ -> "be " + operand;
            case NEQ -> "be other than " + operand;
            case IN -> "be one of " + operand;
            case NOT_IN -> "be none of " + operand;
            case LT -> "be less than " + operand;
            case LTE -> "be at most " + operand;
            case GT -> "be more than " + operand;
            case GTE -> "be at least " + operand;
            case REGEX -> "have a match of " + operand;
            case MATCHES -> "match " + operand;
            case CONTAINS -> "contain " + operand;
            case STARTS_WITH -> "begin with " + operand;
            case ENDS_WITH -> "end with " + operand;
            case EXISTS -> "be given";
            case IS -> "be of type " + operand;
            case PATH_WITHIN -> "be a plain path within " + operand;
            case HOST_IN -> "be a plain URL of " + operand;
        };
    }

    private static String operand(Test test) {
        if (test.operand() instanceof ValueFrom from)
            return Json.shown(from.path().toString());
        Object json = ((Value) test.operand()).json();
        return json instanceof List<?> list && listed(test.operator()) ? elements(list) : value(json);
    }

    private static boolean listed(Operator operator) {
        return operator == Operator.IN
                || operator == Operator.NOT_IN
                || operator == Operator.PATH_WITHIN
                || operator == Operator.HOST_IN;
    }

    private static String elements(List<?> list) {
        String shown = list.stream().limit(MOST_ELEMENTS).map(Sentences::value).collect(Collectors.joining(", "));
        return list.size() > MOST_ELEMENTS ? shown + ", …" : shown;
    }

    private static String value(@Nullable Object json) {
        return json instanceof String text ? "`" + Json.shown(text) + "`" : Json.shown(Json.canonical(json));
    }
}
