package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import dev.toolpolicy.Golden;
import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told about a text that is not sound, and what can still be read of it. */
final class JsonTextTest {
    /** Few enough that one of the texts is too large. */
    private static final int MAX_BYTES = 2_000;

    @Test
    void eachFaultIsToldWithItsPlaceAndWhatToDo() {
        Golden.assertMatches(Case.TABLES.resolve("faults.txt"), told());
    }

    @Test
    void whatIsToldDoesNotDependOnTheLocaleOfTheHost() {
        String expected = told();
        Locale before = Locale.getDefault();
        try {
            // One folds i to a letter of its own, the other writes digits of its own.
            for (String tag : List.of("tr", "ar-u-nu-arab")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(told()).as(tag).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String told() {
        StringBuilder out = new StringBuilder();
        for (String notation : Case.lines("faulty.txt")) {
            out.append(notation).append('\n');
            byte[] bytes = new Case("", notation, false).bytes();
            for (Fault fault : JsonText.read(bytes, MAX_BYTES).faults()) {
                out.append("  ").append(fault.offset()).append(' ').append(fault.kind());
                out.append(' ').append(fault.pointer()).append('\n');
                out.append("    ").append(fault.message()).append('\n');
                out.append("    hint: ").append(fault.hint()).append('\n');
            }
        }
        return out.toString();
    }

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfTheText() {
        JsonText read = read("{'n':1e1001,'s':'\\uDC00','n':2,'l':[0e1001,{'x':1,'x':'\\uD800'}],'s':0}");
        assertThat(read.readable()).isTrue();
        assertThat(read.sound()).isFalse();
        assertThat(read.faults())
                .extracting(Fault::kind, Fault::pointer, Fault::offset)
                .containsExactly(
                        tuple(Kind.BAD_NUMBER, "/n", 5),
                        tuple(Kind.LONE_SURROGATE, "/s", 16),
                        tuple(Kind.DUPLICATE_KEY, "/n", 25),
                        tuple(Kind.BAD_NUMBER, "/l/0", 36),
                        tuple(Kind.DUPLICATE_KEY, "/l/1/x", 50),
                        tuple(Kind.DUPLICATE_KEY, "/s", 65));
    }

    @Test
    void theFirstOfTwoEqualKeysCountsAndWhatIsFaultyIsNull() {
        Object value =
                read("{'n':1e1001,'s':'\\uDC00','k':1,'k':2,'l':[0e1001,true]}").value();
        assertThat(Json.canonical(value))
                .isEqualTo(read("{'k':1,'l':[null,true],'n':null,'s':null}").text());
    }

    @Test
    void aFaultWithinADuplicateIsNotToldBesideIt() {
        JsonText read = read("{'a':{'b':1},'a':{'b':1,'b':[{'b':1,'b':2},1e1001,'\\uD800']},'c':1e1001}");
        assertThat(read.faults()).extracting(Fault::pointer).containsExactly("/a", "/c");
    }

    @Test
    void keysAreEqualHoweverTheyAreSpelt() {
        for (String other : List.of("'\\u0061/'", "'a\\/'", "'a\\u002f'", "'\\u0061\\u002F'")) {
            assertThat(read("{'a/':1," + other + ":2}").faults())
                    .extracting(Fault::kind, Fault::pointer, Fault::offset)
                    .containsExactly(tuple(Kind.DUPLICATE_KEY, "/a~1", 8));
        }
        assertThat(read("{'🎲':1,'\\uD83C\\uDFB2':2}").faults()).hasSize(1);
        assertThat(read("{'a':1,'A':2,'a ':3,'a\\u0000':4,'\\u00E4':5,'a\\u0308':6}")
                        .faults())
                .isEmpty();
    }

    @Test
    void everyRepetitionIsToldWithTheFirstPlace() {
        String text = "{'a':0,\r\n 'b':{'a':0,\r 'a':1},\n'a':2, 'a':3}";
        assertThat(read(text).faults())
                .extracting(Fault::pointer, Fault::message)
                .containsExactly(
                        tuple("/b/a", "the key `a` is written twice, first at line 2, column 7"),
                        tuple("/a", "the key `a` is written twice, first at line 1, column 2"),
                        tuple("/a", "the key `a` is written twice, first at line 1, column 2"));
    }

    @Test
    void aKeyIsToldCutOffAndHarmless() {
        String key = "\\n\\u202E" + "k".repeat(100);
        String message =
                read("{'" + key + "':0,'" + key + "':1}").faults().get(0).message();
        assertThat(message).startsWith("the key `\\u000a\\u202e" + "k".repeat(62) + "…` is written twice");
    }

    @Test
    void numbersAreExactAndHaveOneForm() {
        assertThat(read("[1,1.0,1e0,-0,-0.0,1.50,12e-1,9007199254740993,9223372036854775808,1e20]")
                        .value())
                .isEqualTo(List.of(
                        1L,
                        1L,
                        1L,
                        0L,
                        0L,
                        new BigDecimal("1.5"),
                        new BigDecimal("1.2"),
                        9007199254740993L,
                        new BigInteger("9223372036854775808"),
                        new BigInteger("100000000000000000000")));
    }

    @Test
    void membersKeepTheirOrderAndNothingCanBeChanged() {
        Map<?, ?> value = (Map<?, ?>) read("{'z':[1],'a':null,'m':{}}").value();
        assertThat(new ArrayList<Object>(value.keySet())).isEqualTo(List.of("z", "a", "m"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(value::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) value.get("z")).clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> read("{'a':0,'a':1}").faults().clear());
    }

    @Test
    void aTextThatIsNotReadableHasNoValue() {
        for (String text : List.of("", "{", "[1] x", "{'\\uD800':1}", "'\\u004١'", "\uFEFF{}")) {
            JsonText read = read(text);
            assertThat(read.readable()).as(text).isFalse();
            assertThat(read.faults()).as(text).hasSize(1);
            assertThat(read.text()).isEqualTo(text.replace('\'', '"'));
            assertThatIllegalStateException().as(text).isThrownBy(read::value);
        }
        assertThat(read("['a\uD83C\uDFB2\uDFB2']").faults())
                .extracting(Fault::kind, Fault::offset)
                .containsExactly(tuple(Kind.NOT_UTF8, 5));
    }

    @Test
    void theBoundIsTheLastSizeThatIsRead() {
        String most = "\"" + "x".repeat(MAX_BYTES - 2) + "\"";
        assertThat(JsonText.read(most.getBytes(StandardCharsets.UTF_8), MAX_BYTES)
                        .sound())
                .isTrue();
        assertThat(JsonText.read(most, MAX_BYTES).sound()).isTrue();
        assertThat(JsonText.read(most, MAX_BYTES - 1).faults())
                .extracting(Fault::kind)
                .containsExactly(Kind.TOO_LARGE);
    }

    @Test
    void nullIsAMistakeOfTheProgramAndThrows() {
        assertThatNullPointerException()
                .isThrownBy(() -> JsonText.read((String) null, 1))
                .withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> JsonText.read((byte[]) null, 1))
                .withMessage("utf8");
    }

    /** Single quotes for double ones, for a text that can be read here. */
    private static JsonText read(String text) {
        return JsonText.read(text.replace('\'', '"'), MAX_BYTES);
    }
}
