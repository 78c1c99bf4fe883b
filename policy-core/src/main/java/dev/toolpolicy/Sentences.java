package dev.toolpolicy;

import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Operand;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
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
    static final String REJECTED = "a person has rejected this call";
    static final String TOO_MANY_QUESTIONS =
            "too many calls wait for a person's approval: try again when some are answered";

    private static final int MOST = 300;
    private static final int MOST_ELEMENTS = 5;

    private Sentences() {}

    /** What a call must fulfil for all these conditions to hold: {@code args.amount must be at most 10000}. */
    static String must(List<Condition> conditions) {
        return Json.shown(joined(conditions, true, "; and "), MOST);
    }

    /** What a call must fulfil for these conditions not to hold together. */
    static String mustNot(List<Condition> conditions) {
        return conditions.isEmpty() ? "this tool is blocked" : Json.shown(joined(conditions, false, "; or "), MOST);
    }

    /** What is asked, and what would pass without: these conditions ask. */
    static String asked(List<Condition> conditions) {
        String asked = "a person has to approve this call";
        return conditions.isEmpty() ? asked : asked + "; without that, " + mustNot(conditions);
    }

    /** How arguments break their schema: the first few places, and the words that are broken. */
    static String broken(List<Violation> violations) {
        String first =
                violations.stream().limit(MOST_ELEMENTS).map(Sentences::place).collect(Collectors.joining(", "));
        String more = violations.size() > MOST_ELEMENTS ? " and " + (violations.size() - MOST_ELEMENTS) + " more" : "";
        return "the arguments break the tool's schema: " + first + more;
    }

    /** Where a violation is, and which word is broken: `/amount maximum`, and of the arguments as a whole the word alone. */
    static String place(Violation violation) {
        return (Json.shown(violation.pointer()) + " " + Json.shown(violation.keyword())).strip();
    }

    /** What an amount must be for a limit to count it. */
    static String amount(Limit limit) {
        String path = limit.amount() instanceof AmountAt at
                ? at.path().toString()
                : limit.amount() instanceof AmountAtOr or ? or.path().toString() : "the amount";
        return Json.shown(path, MOST) + " must be a number from 0 to "
                + limit.counter().max();
    }

    /** When to try again. */
    static String retryIn(Duration wait) {
        return "retry in " + wholeSeconds(wait) + " s";
    }

    /** Rounded up: who waits that long has waited long enough. */
    static long wholeSeconds(Duration wait) {
        return wait.getNano() == 0 ? wait.getSeconds() : wait.getSeconds() + 1;
    }

    private static String joined(List<Condition> conditions, boolean must, String word) {
        if (conditions.size() == 1) return sentence(conditions.get(0), must);
        return conditions.stream().map(condition -> part(condition, must)).collect(Collectors.joining(word));
    }

    /** In brackets if it is several itself: who reads `a and b or c` must not have to guess. */
    private static String part(Condition condition, boolean must) {
        String sentence = sentence(condition, must);
        return tests(condition) > 1 ? "(" + sentence + ")" : sentence;
    }

    private static int tests(Condition condition) {
        if (condition instanceof Not not) return tests(not.condition());
        if (condition instanceof AllOf all)
            return all.conditions().stream().mapToInt(Sentences::tests).sum();
        if (condition instanceof AnyOf any)
            return any.conditions().stream().mapToInt(Sentences::tests).sum();
        return 1;
    }

    private static String sentence(Condition condition, boolean must) {
        if (condition instanceof Not not) return sentence(not.condition(), !must);
        if (condition instanceof AllOf all) return joined(all.conditions(), must, must ? "; and " : "; or ");
        if (condition instanceof AnyOf any) return joined(any.conditions(), must, must ? "; or " : "; and ");
        return test((Test) condition, must);
    }

    private static String test(Test test, boolean must) {
        // Of a list all elements must, or none may: where a match lets through it takes all, where it stops one is
        // enough.
        String every = test.path().everyElement() ? "every " : "";
        // Where leaving it out counts as a match, to say what it must not be would not help who left it out.
        String given = !must && test.ifMissing() == IfMissing.TRUE ? " must be given and" : "";
        return every + Json.shown(test.path().toString()) + given + " must " + phrase(test, must);
    }

    /** Said the positive way round where there is one: `at most 100`, and not `not more than 100`. */
    private static String phrase(Test test, boolean must) {
        String operand = operand(test);
        String not = must ? "" : "not ";
        return switch (test.operator()) {
            case EQ -> not + equal(test) + operand;
            case NEQ -> (must ? "not " : "") + equal(test) + operand;
            case IN -> not + "be one of " + operand;
            case NOT_IN -> (must ? "not " : "") + "be one of " + operand;
            case LT -> (must ? "be less than " : "be at least ") + operand;
            case LTE -> (must ? "be at most " : "be more than ") + operand;
            case GT -> (must ? "be more than " : "be at most ") + operand;
            case GTE -> (must ? "be at least " : "be less than ") + operand;
            case REGEX -> not + "contain a match of the pattern " + operand;
            case MATCHES -> not + "match the pattern " + operand + " as a whole";
            case CONTAINS -> not + "contain " + operand;
            case STARTS_WITH -> not + "begin with " + operand;
            case ENDS_WITH -> not + "end with " + operand;
            case EXISTS -> must == wanted(test) ? "be given" : "be left out";
            case IS -> not + "be of type " + operand;
            case PATH_WITHIN -> not + "be a plain path within " + operand;
            case HOST_IN -> not + "be a plain URL of " + operand;
        };
    }

    private static boolean wanted(Test test) {
        return test.operand() instanceof Value value && Boolean.TRUE.equals(value.json());
    }

    private static String equal(Test test) {
        return test.operand() instanceof ValueFrom ? "equal " : "be ";
    }

    /** An operand as the policy writes it, cut off where it is long. */
    static String written(Operand operand) {
        if (operand instanceof ValueFrom from) return Json.shown(from.path().toString());
        return Json.shown(Json.canonical(((Value) operand).json()));
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
        if (json instanceof String text) return text.isEmpty() ? "the empty text" : "`" + Json.shown(text) + "`";
        return Json.shown(Json.canonical(json));
    }
}
