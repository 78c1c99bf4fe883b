package dev.toolpolicy.document;

import static dev.toolpolicy.document.ParserLaws.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.ParseResult.Rejected;
import dev.toolpolicy.document.Problem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is large takes longer, and not much longer for being written by somebody who means harm. */
class LargeDocumentTest {
    /** Against what is quadratic, which takes hours here; no measurement. */
    private static final Duration AGES = Duration.ofMinutes(2);

    @ParameterizedTest
    @ValueSource(ints = {10_000, 20_000})
    void tenThousandToolsAreAPolicy(int tools) {
        assertParsed(LargeDocuments.tools(tools));
    }

    @Test
    void duplicateKeysWithoutEndAreToldUpToAPoint() {
        assertRejected(
                LargeDocuments.oneKeyAgainAndAgain(),
                Code.MISSING_KEY,
                Code.UNKNOWN_KEY,
                Code.DUPLICATE_KEY,
                Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.keysThereAndBack(), Code.UNKNOWN_KEY, Code.TOO_MANY_PROBLEMS);
    }

    @Test
    void otherFaultsWithoutEndAreToldUpToAPoint() {
        assertRejected(LargeDocuments.unknownKeys(), Code.UNKNOWN_KEY, Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.wrongHides(), Code.BAD_TOOL_NAME, Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.unknownOperators(), Code.UNKNOWN_OPERATOR, Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.patternsThatGrow(), Code.BAD_REGEX, Code.TOO_MANY_PROBLEMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[],"})
    void nestingWithoutEndIsOneProblem(String piece) {
        assertRejected(LargeDocuments.repeated(piece), Code.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000,", "\"", "\n", "\u0000", "a: ", "version:\n", "\\"})
    void textWithoutEndThatIsNotJsonIsOneProblem(String piece) {
        Rejected rejected = rejected(LargeDocuments.repeated(piece));
        assertThat(rejected.problems()).hasSize(1);
    }

    @Test
    void faultBelowALongKeyIsOneProblem() {
        assertRejected(LargeDocuments.longKeyAboveMuch(), Code.NOT_JSON);
    }

    @Test
    void longTextsAndNumbersAreNoProblem() {
        assertParsed(LargeDocuments.longDescription());
        assertParsed(LargeDocuments.longValue("{}"));
    }

    @Test
    void whatCouldNotBePrintedAndReadAgainIsNoPolicy() {
        assertRejected(LargeDocuments.longValue("1e20"), Code.TOO_LARGE);
    }

    @Test
    void faultInTheMiddleOfALongLineIsShownInAFewWords() {
        Rejected rejected = rejected(LargeDocuments.oneLongLine());
        assertThat(rejected.problems()).extracting(Problem::code).containsExactly(Code.UNKNOWN_KEY);
        assertThat(rejected.report().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
    }

    @Test
    void thousandPatternsThatMightTieAreCompared() {
        // Two of them never fit into one name of 128 characters, and with fewer characters they always do.
        ParseResult apart = assertTimeoutPreemptively(AGES, () -> PARSER.parse(LargeDocuments.patterns(108)));
        assertThat(apart).isInstanceOf(Parsed.class);
        assertRejected(LargeDocuments.patterns(60), Code.PATTERN_TIE);
    }

    @Test
    void counterThatAllToolsShareIsNoProblem() {
        assertParsed(LargeDocuments.sharedCounters(10_000, 10_000, false));
    }

    @Test
    void countersThatClashAreTold() {
        assertRejected(
                LargeDocuments.sharedCounters(10_000, 10_000, true), Code.COUNTER_CONFLICT, Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.sharedCounters(50_000, 2, true), Code.COUNTER_CONFLICT, Code.TOO_MANY_PROBLEMS);
        assertRejected(LargeDocuments.idsTwice(50_000), Code.DUPLICATE_ID, Code.TOO_MANY_PROBLEMS);
    }

    @Test
    void limitsThatMayMeetAreFoundAmongVeryMany() {
        assertParsed(LargeDocuments.groupsAndEntries(20_000));
        assertRejected(LargeDocuments.twoThatMeetAmongMany(250, 0), Code.COUNTER_TWICE);
        assertRejected(LargeDocuments.twoThatMeetAmongMany(250, 250), Code.COUNTER_TWICE);
        assertRejected(LargeDocuments.limitsOfOneTool(50_000), Code.TOO_MANY_LIMITS);
        assertRejected(LargeDocuments.groupsOfOneTool(500), Code.COUNTER_TWICE, Code.TOO_MANY_LIMITS);
        assertRejected(LargeDocuments.groupsOfOneTool(20_000), Code.COUNTER_TWICE, Code.TOO_MANY_PROBLEMS);
    }

    @Test
    void regularExpressionsAreBoundedTogether() {
        for (String pattern :
                List.of("a{995}", "\\\\pL".repeat(200), "[\\\\pL\\\\PN]".repeat(80), "(?i)[\u1e00-\uffff]")) {
            assertRejected(LargeDocuments.regexes(pattern), Code.TOO_LARGE);
        }
    }

    @Test
    void rulesAreSharedByTheToolsTheyAreFor() {
        assertParsed(LargeDocuments.rulesAndTools(300_000));
    }

    @Test
    void groupsAreForManyToolsUpToAPoint() {
        assertParsed(LargeDocuments.groupsOfManyTools(990, "*", "t#", 10_000));
        assertRejected(LargeDocuments.groupsOfManyTools(990, "*", "t#", 11_000), Code.TOO_LARGE);
        assertParsed(LargeDocuments.groupsOfManyTools(150_000, "a#", "*a+*", 50));
        assertParsed(LargeDocuments.groupsOfManyTools(150_000, "a", "a*", 1));
    }

    @Test
    void namesThatWereMadeToHaveOneHashAreNoProblem() {
        assertParsed(LargeDocuments.collidingTools(60_000, "Aa", "BB"));
        assertParsed(LargeDocuments.collidingTools(60_000, "AN", "c0"));
        assertParsed(LargeDocuments.collidingLists(40_000));
        assertParsed(LargeDocuments.collidingCounters(40_000));
    }

    @Test
    void namesAndPatternsAreComparedUpToAPoint() {
        assertParsed(LargeDocuments.namesAndPatterns(2_000, 900));
        assertRejected(LargeDocuments.namesAndPatterns(12_000, 900), Code.TOO_LARGE);
        assertParsed(LargeDocuments.groupOfNamesAndRules(60_000, 10_000));
    }

    @Test
    void documentOfExactlyTheBoundIsRead(@TempDir Path folder) throws IOException {
        String document = padded(LargeDocuments.MAX);
        assertThat(PARSER.parse(document)).isInstanceOf(Parsed.class);
        assertThat(PARSER.parse(bytes(document))).isInstanceOf(Parsed.class);
        assertThat(PARSER.parse(Files.writeString(folder.resolve("policy.json"), document)))
                .isInstanceOf(Parsed.class);
    }

    @Test
    void documentOfOneByteMoreIsNotRead(@TempDir Path folder) throws IOException {
        String document = padded(LargeDocuments.MAX + 1);
        assertTooLarge(PARSER.parse(document));
        assertTooLarge(PARSER.parse(bytes(document)));
        assertTooLarge(PARSER.parse(Files.writeString(folder.resolve("policy.json"), document)));
        // A third of the characters, of three bytes each.
        assertTooLarge(PARSER.parse("支".repeat(LargeDocuments.MAX / 3 + 1)));
    }

    private static String padded(int length) {
        String document = "{\"version\":\"1\",\"default\":\"deny\"}";
        return document + " ".repeat(length - document.length());
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertTooLarge(ParseResult result) {
        assertThat(result).isInstanceOf(Rejected.class);
        assertThat(((Rejected) result).problems()).extracting(Problem::code).containsExactly(Code.TOO_LARGE);
    }

    private static void assertParsed(String document) {
        ParseResult result = parse(document);
        assertThat(result).isInstanceOf(Parsed.class);
    }

    /** These codes and no others. */
    private static void assertRejected(String document, Code... codes) {
        Set<Code> found =
                rejected(document).problems().stream().map(Problem::code).collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(codes);
    }

    private static Rejected rejected(String document) {
        ParseResult result = parse(document);
        assertThat(result).isInstanceOf(Rejected.class);
        return (Rejected) result;
    }

    private static ParseResult parse(String document) {
        ParseResult result = assertTimeoutPreemptively(AGES, () -> PARSER.parse(document));
        ParserLaws.assertLawful(result, document);
        return result;
    }
}
