package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.ParseResult.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What is true of every answer of the parser, whatever it was given. */
final class ParserLaws {
    /** Takes every schema, so that none stands in the way of what is tested. */
    static final PolicyParser PARSER = PolicyParser.with((schema, findings) -> arguments -> List.of());

    /** A place, a pointer of 200 characters, a message of 320 and a code; ordinary lines have a hundred. */
    private static final int WIDEST_LINE = 600;

    private static final int SHOWN = 4_000;

    private ParserLaws() {}

    /** Parses, and checks the answer; on failure the document is shown. */
    static ParseResult parse(byte[] document) {
        try {
            ParseResult result = PARSER.parse(document);
            assertLawful(result, new String(document, StandardCharsets.UTF_8));
            return result;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("failed on " + shown(document), e);
        }
    }

    private static String shown(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… of " + document.length + " bytes";
    }

    static void assertLawful(ParseResult result, String text) {
        if (result instanceof Parsed parsed) assertSurvivesPrinting(parsed.policy());
        if (result instanceof Rejected rejected) assertTellsWhatIsWrong(rejected, text);
    }

    /** What is printed is the same policy, and is printed the same. */
    static void assertSurvivesPrinting(Policy policy) {
        Policy again = PARSER.parse(policy.toJson()).orThrow();
        assertThat(again).isEqualTo(policy).hasSameHashCodeAs(policy);
        assertThat(again.toJson()).isEqualTo(policy.toJson());
        assertThat(again.digest()).isEqualTo(policy.digest()).matches("[0-9a-f]{64}");
    }

    private static void assertTellsWhatIsWrong(Rejected rejected, String text) {
        assertThat(rejected.problems()).isNotEmpty().isSorted();
        TextLines lines = new TextLines(text);
        for (Problem problem : rejected.problems()) {
            assertThat(problem.line()).isBetween(1, lines.count());
            assertThat(problem.column()).isBetween(1, lines.characters(problem.line()) + 1);
            assertThat(isPointer(problem.pointer())).as(problem.pointer()).isTrue();
            assertThat(problem.hint()).isNotBlank();
            assertMessageIsFitForAPerson(problem.message());
        }
        assertReportIsFitForATerminal(rejected.report());
        assertThatThrownBy(rejected::orThrow)
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage(rejected.report());
    }

    private static void assertMessageIsFitForAPerson(String message) {
        assertThat(message).isNotBlank().doesNotEndWith(".").doesNotContain("java.", "Exception");
        assertThat(message.codePoints().anyMatch(ParserLaws::isInvisible))
                .as("something in it cannot be seen: %s", message)
                .isFalse();
    }

    private static void assertReportIsFitForATerminal(String report) {
        assertThat(report).startsWith("policy:").endsWith(", so there is no policy\n");
        assertThat(report.codePoints().anyMatch(c -> c != '\n' && isInvisible(c)))
                .as("something in it cannot be seen: %s", report)
                .isFalse();
        // A hint may go on over several lines, and show a whole document.
        boolean withinHint = false;
        for (String line : report.split("\n", -1)) {
            if (line.startsWith("policy:")) withinHint = false;
            if (line.startsWith("  hint: ")) withinHint = true;
            if (!withinHint)
                assertThat(line.codePointCount(0, line.length())).as(line).isLessThanOrEqualTo(WIDEST_LINE);
        }
    }

    /** What would end a line, turn the direction of writing, or not be there for the eye at all. */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** RFC 6901, section 3. Not by regular expression: pointers may be megabytes long. */
    private static boolean isPointer(String text) {
        if (!text.isEmpty() && text.charAt(0) != '/') return false;
        for (int tilde = text.indexOf('~'); tilde >= 0; tilde = text.indexOf('~', tilde + 1)) {
            boolean escape = text.startsWith("~0", tilde) || text.startsWith("~1", tilde);
            if (!escape) return false;
        }
        return true;
    }

    /** How many characters each line has; counted here once more, by the book and not by the parser. */
    private static final class TextLines {
        private final int[] characters;
        private final int count;

        TextLines(String text) {
            int[] found = new int[16];
            int line = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') continue;
                if (c == '\n' || c == '\r') line++;
                else if (!Character.isLowSurrogate(c)) found[line]++;
                if (line + 1 == found.length) found = Arrays.copyOf(found, found.length * 2);
            }
            characters = found;
            count = line + 1;
        }

        int count() {
            return count;
        }

        int characters(int line) {
            return characters[line - 1];
        }
    }
}
