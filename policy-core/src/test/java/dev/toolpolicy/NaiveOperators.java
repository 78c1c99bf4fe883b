package dev.toolpolicy;

import static dev.toolpolicy.NaiveConditions.not;
import static dev.toolpolicy.NaiveConditions.said;
import static dev.toolpolicy.Reference.Said.UNDECIDABLE;

import dev.toolpolicy.Reference.Said;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operators for the reference evaluator: the table of SPEC §2. */
final class NaiveOperators {
    /** Expressions that were read before, for speed. */
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private NaiveOperators() {}

    /** What the operator says of an argument that is there; {@code literal} if the document itself holds the other value. */
    static Said judge(String op, Object argument, Object value, boolean literal, boolean lets) {
        return switch (op) {
            case "eq" -> equal(argument, value, literal);
            case "neq" -> not(equal(argument, value, literal));
            case "in" -> in(argument, value);
            case "not_in" -> not(in(argument, value));
            case "lt", "lte", "gt", "gte" -> compared(op, argument, value);
            case "regex", "matches" -> regex(op, argument, (String) value, lets);
            case "contains" -> contains(argument, value);
            case "starts_with" ->
                argument instanceof String a && value instanceof String v
                        ? said(a.regionMatches(0, v, 0, v.length()))
                        : UNDECIDABLE;
            case "ends_with" ->
                argument instanceof String a && value instanceof String v
                        ? said(a.length() >= v.length()
                                && a.substring(a.length() - v.length()).equals(v))
                        : UNDECIDABLE;
            case "exists" -> said((argument != null) == value.equals(true));
            case "is" -> said(value.equals(type(argument)) || (value.equals("integer") && whole(argument)));
            case "path_within" -> argument instanceof String a ? NaivePaths.within(a, texts(value)) : UNDECIDABLE;
            case "host_in" -> argument instanceof String a ? NaiveUrls.hostIn(a, texts(value)) : UNDECIDABLE;
            default -> throw new IllegalArgumentException(op);
        };
    }

    private static Said equal(Object argument, Object value, boolean literal) {
        if (literal && value == null) return said(argument == null);
        return type(argument).equals(type(value)) ? said(same(argument, value)) : UNDECIDABLE;
    }

    private static Said in(Object argument, Object value) {
        if (!(value instanceof List<?> list)) return UNDECIDABLE;
        if (list.stream().anyMatch(element -> same(argument, element))) return Said.TRUE;
        boolean comparable = list.stream().anyMatch(element -> type(element).equals(type(argument)));
        return comparable ? Said.FALSE : UNDECIDABLE;
    }

    private static Said contains(Object argument, Object value) {
        if (argument instanceof String a && value instanceof String v) return said(a.indexOf(v) >= 0);
        if (!(argument instanceof List<?> list)) return UNDECIDABLE;
        if (list.stream().anyMatch(element -> same(element, value))) return Said.TRUE;
        boolean comparable = list.stream().allMatch(element -> type(element).equals(type(value)));
        return comparable ? Said.FALSE : UNDECIDABLE;
    }

    private static Said compared(String op, Object argument, Object value) {
        if (!(argument instanceof Number) || !(value instanceof Number)) return UNDECIDABLE;
        int sign = decimal(argument).compareTo(decimal(value));
        return said(
                switch (op) {
                    case "lt" -> sign < 0;
                    case "lte" -> sign <= 0;
                    case "gt" -> sign > 0;
                    default -> sign >= 0;
                });
    }

    /** By the JDK, with what RE2 means by {@code .} and by {@code $}; no {@code $} is drawn that means itself. */
    private static Said regex(String op, Object argument, String expression, boolean lets) {
        if (!(argument instanceof String text)) return UNDECIDABLE;
        int flags = lets ? Pattern.UNIX_LINES : Pattern.DOTALL;
        Matcher matcher = COMPILED.computeIfAbsent(
                        flags + expression, all -> Pattern.compile(expression.replace("$", "\\z"), flags))
                .matcher(text);
        return said(op.equals("matches") ? matcher.matches() : matcher.find());
    }

    static String type(Object value) {
        if (value == null) return "null";
        if (value instanceof String) return "string";
        if (value instanceof Boolean) return "boolean";
        if (value instanceof Number) return "number";
        return value instanceof List ? "array" : "object";
    }

    /** The same JSON value. */
    static boolean same(Object a, Object b) {
        if (!type(a).equals(type(b))) return false;
        if (a instanceof Number) return decimal(a).compareTo(decimal(b)) == 0;
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) return false;
            for (int i = 0; i < left.size(); i++) if (!same(left.get(i), right.get(i))) return false;
            return true;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            if (!left.keySet().equals(right.keySet())) return false;
            for (Object key : left.keySet()) if (!same(left.get(key), right.get(key))) return false;
            return true;
        }
        return a == null || a.equals(b);
    }

    private static boolean whole(Object value) {
        return value instanceof Number
                && decimal(value).remainder(BigDecimal.ONE).signum() == 0;
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    @SuppressWarnings("unchecked") // a text or a list of texts: the parser took it
    private static List<String> texts(Object value) {
        return value instanceof String text ? List.of(text) : (List<String>) value;
    }
}
