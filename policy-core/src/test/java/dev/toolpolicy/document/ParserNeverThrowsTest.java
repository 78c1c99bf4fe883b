package dev.toolpolicy.document;

import static dev.toolpolicy.document.ParserLaws.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.ParseResult.Rejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the parser is given, it gives a policy or says what is wrong: it throws nothing, does not hang, and keeps its form. */
class ParserNeverThrowsTest {
    /** Only against a hang: a hundred times what it takes. */
    private static final Duration AGES = Duration.ofMinutes(2);

    private static final byte[] RICH =
            Mutations.read(Path.of("src/test/resources/policies/validator-every-key-and-operator.json"));
    private static final List<byte[]> CORPUS = Mutations.corpus();

    @Test
    void richDocumentIsAPolicy() {
        assertThat(ParserLaws.parse(RICH)).isInstanceOf(Parsed.class);
    }

    @Test
    void noPrefixOfADocumentIsAPolicyAndEachIsAnswered() {
        // All but the last, which only lacks the final line feed.
        byte[] trimmed = new String(RICH, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        assertAnswered(Mutations.prefixes(trimmed), Rejected.class);
    }

    @Test
    void everyDeletionOfAByteIsAnswered() {
        assertAnswered(Mutations.deletions(RICH), ParseResult.class);
    }

    @Test
    void everySubstitutionOfAByteIsAnswered() {
        assertAnswered(Mutations.substitutions(RICH), ParseResult.class);
    }

    @Test
    void everyRandomMutationOfTheCorpusIsAnswered() {
        assertAnswered(LongStream.range(0, 6_000).mapToObj(seed -> Mutations.random(CORPUS, seed)), ParseResult.class);
    }

    @Test
    void everyDocumentWithOneValueOrKeyReplacedIsAnswered() {
        assertAnswered(HostileValues.inEachPlaceOf(RICH), ParseResult.class);
    }

    private static void assertAnswered(Stream<byte[]> documents, Class<? extends ParseResult> expected) {
        assertTimeoutPreemptively(
                AGES,
                () -> documents.forEach(
                        document -> assertThat(ParserLaws.parse(document)).isInstanceOf(expected)));
    }

    /** Turkish has another lower case of I, Arabic (Egypt) other digits: both have broken programs that only ever saw English. */
    @ParameterizedTest
    @ValueSource(strings = {"tr", "ar-EG-u-nu-arab"})
    void answersAreTheSameInEveryLocale(String tag) {
        List<Answer> expected = answersIn(Locale.ROOT);
        assertThat(answersIn(Locale.forLanguageTag(tag))).isEqualTo(expected);
    }

    private record Answer(ParseResult result, String text) {}

    private static List<Answer> answersIn(Locale locale) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return CORPUS.stream().map(ParserNeverThrowsTest::answer).toList();
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Answer answer(byte[] document) {
        ParseResult result = PARSER.parse(document);
        return new Answer(
                result,
                result instanceof Rejected rejected
                        ? rejected.report()
                        : result.orThrow().toJson());
    }
}
