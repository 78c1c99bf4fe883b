package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.JsonText.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that RFC 8259 rules in or out, and our verdict on those that it leaves open. */
final class JsonSuiteTest {
    private static final int MAX_BYTES = 1 << 20;
    private static final List<Case> CASES = Stream.of(
                    Case.table("must-reject.txt", false),
                    Case.table("must-accept.txt", true),
                    Case.table("either.txt", false))
            .flatMap(List::stream)
            .toList();

    static Stream<Case> cases() {
        return CASES.stream();
    }

    static Stream<Case> accepted() {
        return CASES.stream().filter(Case::accepted);
    }

    static Stream<Case> rejected() {
        return CASES.stream().filter(c -> !c.accepted());
    }

    @Test
    void theTablesAreReadWhole() {
        assertThat(rejected()).hasSize(649);
        assertThat(accepted()).hasSize(194);
        assertThat(cases().map(Case::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytesAndStringAreJudgedAsTheTableSays(Case c) {
        JsonText ofBytes = JsonText.read(c.bytes(), MAX_BYTES);
        assertThat(ofBytes.sound()).as("%s %s", c, ofBytes.faults()).isEqualTo(c.accepted());
        strictlyDecoded(c.bytes()).ifPresent(text -> {
            JsonText ofString = JsonText.read(text, MAX_BYTES);
            assertThat(ofString.sound()).as("%s %s", c, ofString.faults()).isEqualTo(c.accepted());
            assertThat(ofString.readable()).as("%s", c).isEqualTo(ofBytes.readable());
            if (ofString.readable()) assertThat(ofString.value()).isEqualTo(ofBytes.value());
        });
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedValueSurvivesItsCanonicalText(Case c) {
        Object value = JsonText.read(c.bytes(), MAX_BYTES).value();
        String canonical = Json.canonical(value);
        JsonText again = JsonText.read(canonical, MAX_BYTES);
        assertThat(again.faults()).as("%s", c).isEmpty();
        assertThat(again.value()).isEqualTo(value);
        assertThat(Json.canonical(again.value())).isEqualTo(canonical);
        assertThat(FrozenJson.value(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aRejectedTextIsToldWhyInOurOwnWords(Case c) {
        JsonText read = JsonText.read(c.bytes(), MAX_BYTES);
        assertThat(read.faults()).as("%s", c).isNotEmpty();
        for (Fault fault : read.faults()) {
            assertThat(fault.offset()).isBetween(0, read.text().length());
            assertSentence(fault.message());
            assertSentence(fault.hint());
        }
    }

    private static void assertSentence(String sentence) {
        assertThat(sentence)
                .isNotBlank()
                .hasSizeLessThan(250)
                .doesNotContainPattern("\\p{Cntrl}|[\\u2028\\u2029]|\\.$");
        // What stands in backticks is quoted from the text.
        assertThat(sentence.replaceAll("`+[^`]*`+", ""))
                .doesNotContainPattern(
                        "Exception|Jackson|Json[A-Z]|\\w\\.[a-z]+\\.|\\b[a-z]+[A-Z]|\\b[A-Z][a-z]+[A-Z]");
    }

    private static Optional<String> strictlyDecoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
