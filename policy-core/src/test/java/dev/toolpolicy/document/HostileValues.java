package dev.toolpolicy.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Documents in which one value or key is something that nobody expects there. */
final class HostileValues {
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern TOKEN = Pattern.compile(STRING.pattern() + "|-?[0-9][0-9.eE+-]*+|true|false|null");

    /** JSON texts of strings: what is too long, cannot be seen, cannot be written, or turns around what stands beside it. */
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\" \"",
            '"' + "x".repeat(5_000) + '"',
            '"' + "*".repeat(9) + '"',
            '"' + "a/~".repeat(300) + '"',
            '"' + "\\u0001".repeat(300) + '"',
            '"' + "\\u202e\\u2028\\u200b\\ufeff".repeat(100) + '"',
            '"' + "\uD83D\uDCB8\u0301\u652F".repeat(200) + '"',
            "\"args[\\\"" + "\\u202e".repeat(200) + "\\\"].a\"",
            "\"identity[\\\"" + "\\u202e".repeat(200) + "\\\"]\"",
            "\"args" + "[*]".repeat(65) + "\"",
            "\"" + "(".repeat(900) + "\"",
            // RE2/J would fold these for ever: google/re2j#168.
            "\"(?i)[C-\\\\x{1E8FF}]\"",
            "\"(?i)\u1C80\"",
            "\"half \\ud83d a pair\"");

    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e1000",
            "-1e-1001",
            "9".repeat(1_000),
            "9223372036854775808",
            "[]",
            "[null, {}, \"a\"]",
            "{\"\":{\"\":[]}}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(63) + "]".repeat(63),
            "'a'");

    private HostileValues() {}

    static Stream<byte[]> inEachPlaceOf(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return Stream.concat(
                        STRINGS.stream().flatMap(value -> replacing(TOKEN, text, value)),
                        OTHERS.stream().flatMap(value -> replacing(TOKEN, text, value)))
                .map(result -> result.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> replacing(Pattern what, String text, String instead) {
        Matcher matcher = what.matcher(text);
        return matcher.results().map(found -> text.substring(0, found.start()) + instead + text.substring(found.end()));
    }
}
