package dev.toolpolicy.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in our own words where a text stops being JSON, and what was expected there.
 *
 * <p>The tokens are read a second time, to know where the last good one ends. What comes after it is the fault: from there on
 * the text is looked at by hand, because the parser's own message quotes the text and names its settings.
 */
final class SyntaxFault {
    private static final String NUMBER_HINT =
            "write digits without a plus sign or a leading zero, on both sides of a point, and without units";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String HEX = "0123456789abcdefABCDEF";
    private static final String VALUE_HINT =
            "a value is a string in double quotes, a number, `true`, `false`, `null`, `{…}` or `[…]`";

    private final String text;
    private int goodUntil;
    private @Nullable JsonToken last;
    private boolean withinObject;
    private boolean withinList;
    private boolean complete;
    /** The object that the parser was in, for the one fault that it sees and the grammar does not. */
    private String object = "";

    private boolean halfPair;

    private SyntaxFault(String text) {
        this.text = text;
    }

    static Fault find(String text) {
        SyntaxFault search = new SyntaxFault(text);
        search.readGoodTokens();
        return search.badEscapeBefore(search.goodUntil).orElseGet(search::explain);
    }

    /** The one fault that a text can have which the parser has read to its end. */
    static Optional<Fault> findUnseen(String text) {
        return new SyntaxFault(text).badEscapeBefore(text.length());
    }

    /** Of a hexadecimal digit the parser looks at the low byte only, and so takes U+0661 for an {@code a}. */
    private Optional<Fault> badEscapeBefore(int end) {
        int at = text.indexOf('\\');
        while (at >= 0 && at < end) {
            int next = escapeEnd(at);
            if (next < 0) return Optional.of(badEscape(at));
            at = text.indexOf('\\', next);
        }
        return Optional.empty();
    }

    private void readGoodTokens() {
        try (JsonParser parser = TreeReader.JACKSON.createParser(text)) {
            try {
                while (!complete && parser.nextToken() != null) goodToken(parser);
            } catch (JsonProcessingException e) {
                // Expected: this is where the good tokens end.
                String said = String.valueOf(e.getMessage());
                halfPair = said.startsWith("Broken surrogate pair") || said.startsWith("Unexpected low surrogate");
                JsonStreamContext outside = parser.getParsingContext().getParent();
                if (halfPair && outside != null)
                    object = outside.pathAsPointer().toString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail to be read", e);
        }
    }

    private void goodToken(JsonParser parser) throws IOException {
        // Reading a string to its end is left until somebody asks for it.
        parser.getText();
        last = parser.currentToken();
        // With a key the parser has read ahead: past the colon, and past the quote that opens a string.
        goodUntil = last == JsonToken.FIELD_NAME
                ? endOfString((int) parser.currentTokenLocation().getCharOffset())
                : (int) parser.currentLocation().getCharOffset();
        withinObject = parser.getParsingContext().inObject();
        withinList = parser.getParsingContext().inArray();
        complete = parser.getParsingContext().inRoot();
    }

    /** Where a sound string ends that begins there. */
    private int endOfString(int start) {
        int at = start + 1;
        while (charAt(at) != '"') at += charAt(at) == '\\' ? 2 : 1;
        return at + 1;
    }

    private Fault explain() {
        int at = skipSpace(goodUntil);
        boolean separator = at < text.length() && text.charAt(at) == (last == JsonToken.FIELD_NAME ? ':' : ',');
        if (separator && separatorIsExpected()) {
            int comma = at;
            at = skipSpace(at + 1);
            if (last != JsonToken.FIELD_NAME && at < text.length() && (charAt(at) == '}' || charAt(at) == ']')) {
                return fault(
                        comma,
                        "found a comma after the last " + (withinObject ? "member" : "element"),
                        "remove the comma");
            }
            return explainValueOrKey(at, withinObject && last != JsonToken.FIELD_NAME);
        }
        if (complete) return trailing(at);
        if (separatorIsExpected()) return missingSeparator(at);
        return explainValueOrKey(at, withinObject);
    }

    private Fault trailing(int at) {
        return fault(at, "found " + shown(at) + " after the end of the document, expected nothing more", "remove it");
    }

    private boolean separatorIsExpected() {
        return !complete && last != null && last != JsonToken.START_OBJECT && last != JsonToken.START_ARRAY;
    }

    private Fault missingSeparator(int at) {
        if (at >= text.length()) return ended(at);
        if (last == JsonToken.FIELD_NAME) {
            return fault(
                    at,
                    "found " + shown(at) + " after a key, expected `:`",
                    "write a colon between a key and its value");
        }
        String expected = withinObject ? "`,` or `}`" : "`,` or `]`";
        String hint = charAt(at) == '}' || charAt(at) == ']'
                ? "close what was opened last first"
                : lexicalHint(at, "is a comma or a quote missing before it?");
        return fault(at, "found " + shown(at) + ", expected " + expected, hint);
    }

    private Fault explainValueOrKey(int at, boolean key) {
        if (at >= text.length()) return ended(at);
        char c = charAt(at);
        if (c == '"' && halfPair) return Faults.loneSurrogate(object, at, "key");
        if (c == '"') return explainString(at, key);
        String found = "found " + shown(at);
        if (key)
            return fault(
                    at,
                    found + ", expected a key in double quotes",
                    lexicalHint(at, "keys are strings in double quotes"));
        // The parser does not tell a number apart from what follows it, if that number is the document.
        if (last == null && endOfNumber(at) > at) return trailing(skipSpace(endOfNumber(at)));
        if (beginsNumber(at)) return fault(at, found + ", expected a number as JSON writes it", NUMBER_HINT);
        return fault(at, found + ", expected a value", lexicalHint(at, VALUE_HINT));
    }

    private boolean beginsNumber(int at) {
        String word = word(at);
        return word.matches("[-+.]*[0-9].*|[-+.]+");
    }

    /** Where a sound number ends that nothing follows without a gap, else -1. */
    private int endOfNumber(int at) {
        int end = at;
        while (end < text.length() && isWordChar(charAt(end))) end++;
        return NUMBER.matcher(text).region(at, end).matches() ? end : -1;
    }

    /** A key whose own text is fine is where the parser stopped all the same if what follows it is not: it reads that far ahead. */
    private Fault explainString(int start, boolean key) {
        int i = start + 1;
        while (i < text.length() && charAt(i) != '"') {
            char c = charAt(i);
            if (c < 0x20) return controlCharacter(i);
            if (c != '\\') {
                i++;
                continue;
            }
            int end = escapeEnd(i);
            if (end < 0) return badEscape(i);
            i = end;
        }
        if (i >= text.length() || !key)
            return fault(start, "the string that begins here is not closed", "close it with `\"`");
        last = JsonToken.FIELD_NAME;
        goodUntil = i + 1;
        return explain();
    }

    private Fault controlCharacter(int at) {
        char c = charAt(at);
        String name = c == '\n' || c == '\r' ? "the end of the line" : shown(at);
        return fault(
                at,
                "found " + name + " within a string",
                "close the string with `\"`, or write the character as an escape such as `\\n`");
    }

    /** Where an escape ends, or -1 if it is none; one that the text cuts off ends with the text. */
    private int escapeEnd(int backslash) {
        int at = backslash + 1;
        if (at >= text.length()) return at;
        if (charAt(at) != 'u') return "\"\\/bfnrt".indexOf(charAt(at)) < 0 ? -1 : at + 1;
        for (int digits = 0; digits < 4; digits++) {
            at++;
            if (at >= text.length()) return at;
            if (HEX.indexOf(charAt(at)) < 0) return -1;
        }
        return at + 1;
    }

    private Fault badEscape(int at) {
        return fault(
                at,
                "found an escape that JSON does not have",
                "write a backslash as `\\\\`; JSON knows `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and "
                        + "`\\u` with four hexadecimal digits");
    }

    private Fault ended(int at) {
        if (last == null) return fault(at, "the text is empty, expected a JSON document", "write the document");
        String open = withinObject ? "an object" : withinList ? "a list" : "a value";
        return fault(at, "the text ends within " + open, "is the file cut off? close what was opened");
    }

    private String lexicalHint(int at, String otherwise) {
        char c = charAt(at);
        if (c == '/' || c == '#') return "JSON has no comments; write a `description`";
        if (c == ',') return "remove the comma, or write what is missing before it";
        if (c == '\'') return "write strings in double quotes";
        String word = word(at);
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("true") || lower.equals("false") || lower.equals("null")) return "write `" + lower + "`";
        if (word.equals("NaN") || word.endsWith("Infinity")) return "JSON has no such number";
        if (c > 0x7F
                && (Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT)) {
            return "remove the invisible character; white space in JSON is space, tab, line feed and carriage return";
        }
        return otherwise;
    }

    /** The letters and digits that stand there, cut off at a length that fits into a message. */
    private String word(int at) {
        int end = at;
        while (end < text.length() && end - at < 24 && isWordChar(charAt(end))) end++;
        return text.substring(at, end);
    }

    private static boolean isWordChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-._".indexOf(c) >= 0;
    }

    private String shown(int at) {
        if (at >= text.length()) return "the end of the text";
        String word = word(at);
        if (!word.isEmpty()) return "`" + word + "`";
        int c = text.codePointAt(at);
        boolean visible = c > 0x20 && c < 0x7F;
        return visible ? "`" + Character.toString(c) + "`" : String.format(Locale.ROOT, "the character U+%04X", c);
    }

    private char charAt(int at) {
        return text.charAt(at);
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(charAt(at)) >= 0) at++;
        return at;
    }

    private static Fault fault(int offset, String message, String hint) {
        return new Fault(Kind.NOT_JSON, "", offset, message, hint);
    }
}
