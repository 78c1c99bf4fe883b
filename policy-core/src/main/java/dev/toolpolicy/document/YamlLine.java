package dev.toolpolicy.document;

import dev.toolpolicy.document.BlockYaml.OtherYaml;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of YAML, read from left to right: its keys, its scalars, and what stands in brackets. */
final class YamlLine {
    /** Behind the last line; left of every block, so that all of them end here. */
    static final YamlLine NONE = new YamlLine("", -1);

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,999}+)");
    private static final Pattern DECIMAL = Pattern.compile(
            "(?=[^.eE]*+[.eE])[-+]?([0-9]{1,500}+(\\.[0-9]{0,499}+)?|\\.[0-9]{1,500}+)([eE][-+]?[0-9]{1,3}+)?");
    // larger numbers, octal, hexadecimal, grouped digits: readers differ in what they make of them
    private static final Pattern DOUBTFUL =
            Pattern.compile("[-+]?([0-9][0-9_]*+(\\.[0-9_]*+)?|\\.[0-9_]++)([eE][-+]?[0-9]++)?"
                    + "|[-+]?0([xX][0-9a-fA-F_]++|[oO][0-7_]++|[bB][01_]++)|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern UNICODE = Pattern.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{4}");

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String UNESCAPED = "\"\\/\b\f\n\r\t";
    private static final String BRACKETS = ",[]{}";
    private static final String NEVER_FIRST = ",[]{}#&*!|>'\"%@`?:\t\n";

    private final String text;
    private int column;

    YamlLine(String text) {
        this(text, indentOf(text));
        // `---` and `...` begin and end documents, and there is only one
        OtherYaml.unless(!text.startsWith("---") && !text.startsWith("..."));
    }

    private YamlLine(String text, int column) {
        this.text = text;
        this.column = column;
    }

    static int indentOf(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    /** Where reading has come to: at the beginning of a block, its indentation. */
    int column() {
        return column;
    }

    String rest() {
        return text.substring(column);
    }

    boolean atDash() {
        return look(0) == '-' && isGap(look(1));
    }

    /** Whether a text of several lines begins here. */
    boolean atText() {
        return look(0) == '|' || look(0) == '>';
    }

    boolean atEnd() {
        return look(0) == '\n' || (look(0) == '#' && look(-1) == ' ');
    }

    boolean atKey() {
        if (look(0) == '[' || look(0) == '{') {
            return false;
        }
        int start = column;
        scalarText(false);
        boolean atKey = look(0) == ':' && isGap(look(1));
        column = start;
        return atKey;
    }

    String key() {
        OtherYaml.unless(atKey());
        String key = scalarText(false);
        skip(1);
        return key;
    }

    @Nullable
    Object value(int depth) {
        return value(depth, false);
    }

    private @Nullable Object value(int depth, boolean inBrackets) {
        if (look(0) == '[') {
            return sequence(depth);
        }
        if (look(0) == '{') {
            return mapping(depth);
        }
        boolean quoted = atQuote();
        String scalar = scalarText(inBrackets);
        return quoted ? scalar : typed(scalar);
    }

    private List<@Nullable Object> sequence(int depth) {
        OtherYaml.unless(depth <= BlockYaml.DEEPEST);
        List<@Nullable Object> sequence = new ArrayList<>();
        for (skip(1); look(0) != ']'; skipComma(']')) {
            sequence.add(value(depth + 1, true));
        }
        skip(1);
        return sequence;
    }

    private Map<String, Object> mapping(int depth) {
        OtherYaml.unless(depth <= BlockYaml.DEEPEST);
        Map<String, Object> mapping = new LinkedHashMap<>();
        for (skip(1); look(0) != '}'; skipComma('}')) {
            String key = scalarText(true);
            OtherYaml.unless(look(0) == ':');
            skip(1);
            put(mapping, key, look(0) == ',' || look(0) == '}' ? null : value(depth + 1, true));
        }
        skip(1);
        return mapping;
    }

    static void put(Map<String, Object> mapping, String key, @Nullable Object value) {
        // `<<` stands for the keys of another mapping
        OtherYaml.unless(!key.equals("<<") && !mapping.containsKey(key));
        mapping.put(key, value);
    }

    private void skipComma(char close) {
        OtherYaml.unless(look(0) == ',' || look(0) == close);
        skip(look(0) == ',' ? 1 : 0);
    }

    void skip(int signs) {
        column += signs;
        while (look(0) == ' ') {
            column++;
        }
    }

    private boolean atQuote() {
        return look(0) == '"' || look(0) == '\'';
    }

    private String scalarText(boolean inBrackets) {
        String scalar = atQuote() ? quoted(look(0)) : plain(inBrackets);
        skip(0);
        return scalar;
    }

    private String plain(boolean inBrackets) {
        boolean loneDash = look(0) == '-' && (isGap(look(1)) || (inBrackets && isBracket(look(1))));
        OtherYaml.unless(!loneDash && NEVER_FIRST.indexOf(look(0)) < 0);
        int start = column;
        while (column < text.length() && !endsPlain(inBrackets)) {
            column++;
        }
        String plain = text.substring(start, column).trim();
        OtherYaml.unless(plain.indexOf('\t') < 0);
        return plain;
    }

    private boolean endsPlain(boolean inBrackets) {
        return switch (look(0)) {
            case '#' -> look(-1) == ' ';
            case ':' -> isGap(look(1)) || (inBrackets && isBracket(look(1)));
            default -> inBrackets && isBracket(look(0));
        };
    }

    private String quoted(char quote) {
        StringBuilder quoted = new StringBuilder();
        column++;
        while (look(0) != quote || (quote == '\'' && look(1) == quote)) {
            OtherYaml.unless(look(0) != '\n');
            if (look(0) == '\\' && quote == '"') {
                quoted.append(escaped());
            } else {
                quoted.append(look(0));
                column += look(0) == quote ? 2 : 1;
            }
        }
        column++;
        return quoted.toString();
    }

    private char escaped() {
        int known = ESCAPED.indexOf(look(1));
        if (known >= 0) {
            column += 2;
            return UNESCAPED.charAt(known);
        }
        column += 6;
        OtherYaml.unless(look(-5) == 'u' && column <= text.length());
        String digits = text.substring(column - 4, column);
        OtherYaml.unless(UNICODE.matcher(digits).matches());
        return (char) Integer.parseInt(digits, 16);
    }

    private static @Nullable Object typed(String plain) {
        return switch (plain) {
            case "null", "Null", "NULL", "~" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> numberOrText(plain);
        };
    }

    private static Object numberOrText(String plain) {
        if (WHOLE.matcher(plain).matches()) {
            BigInteger whole = new BigInteger(plain);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        if (DECIMAL.matcher(plain).matches()) {
            return new BigDecimal(plain);
        }
        OtherYaml.unless(!DOUBTFUL.matcher(plain).matches());
        return plain;
    }

    /** The sign so far from here; a line feed behind the end of the line. */
    private char look(int away) {
        int at = column + away;
        return at >= 0 && at < text.length() ? text.charAt(at) : '\n';
    }

    private static boolean isGap(char sign) {
        return sign == ' ' || sign == '\n';
    }

    private static boolean isBracket(char sign) {
        return BRACKETS.indexOf(sign) >= 0;
    }
}
