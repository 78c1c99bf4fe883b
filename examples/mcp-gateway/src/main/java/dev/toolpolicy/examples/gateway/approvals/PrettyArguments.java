package dev.toolpolicy.examples.gateway.approvals;

import java.util.function.UnaryOperator;

/**
 * Arguments over several lines. Nothing is read and written anew: of the canonical text every character is kept, and only line
 * ends and spaces are put between.
 */
final class PrettyArguments {
    private final String json;
    private final UnaryOperator<String> text;
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private PrettyArguments(String json, UnaryOperator<String> text) {
        this.json = json;
        this.text = text;
    }

    /**
     * Lays out canonical JSON.
     *
     * @param text what to write for a string or a key, which it is given with its quotes; all else is ASCII without {@code <},
     *     {@code >} and {@code &}
     */
    static String of(String json, UnaryOperator<String> text) {
        return new PrettyArguments(json, text).laidOut();
    }

    private String laidOut() {
        for (int at = 0; at < json.length(); ) {
            char sign = json.charAt(at);
            int end = sign == '"' ? endOfString(at) : at + 1;
            switch (sign) {
                case '"' -> out.append(text.apply(json.substring(at, end)));
                case '{', '[' -> {
                    out.append(sign);
                    if (isClosing(json.charAt(end))) out.append(json.charAt(end++));
                    else line(1);
                }
                case '}', ']' -> {
                    line(-1);
                    out.append(sign);
                }
                case ',' -> {
                    out.append(sign);
                    line(0);
                }
                case ':' -> out.append(": ");
                default -> out.append(sign);
            }
            at = end;
        }
        return out.toString();
    }

    private int endOfString(int begin) {
        int at = begin + 1;
        while (json.charAt(at) != '"') at += json.charAt(at) == '\\' ? 2 : 1;
        return at + 1;
    }

    private static boolean isClosing(char sign) {
        return sign == '}' || sign == ']';
    }

    private void line(int deeper) {
        depth += deeper;
        out.append('\n').append("  ".repeat(depth));
    }
}
