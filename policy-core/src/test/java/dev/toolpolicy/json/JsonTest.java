package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The canonical text, and what is fit for a message. */
final class JsonTest {
    @Test
    void membersAreSortedByTheirUtf16Units() {
        // The example of RFC 8785; by code points, the dice would come last.
        Map<String, Object> members = new LinkedHashMap<>();
        for (String key : List.of("\u20ac", "\r", "\ufb33", "1", "🎲", "\u0080", "\u00f6", "", "10", "a", "B")) {
            members.put(key, members.size());
        }
        assertThat(Json.canonical(members))
                .isEqualTo(
                        "{\"\":7,\"\\r\":1,\"1\":3,\"10\":8,\"B\":10,\"a\":9,\"\u0080\":5,\"\u00f6\":6,\"\u20ac\":0,\"🎲\":4,\"\ufb33\":2}");
    }

    @Test
    void stringsAreEscapedOnlyWhereTheyMustBe() {
        StringBuilder controls = new StringBuilder();
        for (char c = 0; c < 0x20; c++) controls.append(c);
        assertThat(Json.canonical(controls.toString()))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                                + "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\"");
        assertThat(Json.canonical("\"\\/<>&'\u007f\u0085é\u2028\u2029\ufeff🎲"))
                .isEqualTo("\"\\\"\\\\/<>&'\u007f\u0085é\u2028\u2029\ufeff🎲\"");
    }

    @Test
    void bytesAreCountedAsTheyAreWritten() {
        // Where the number of bytes changes, before and after.
        for (int c : new int[] {0x1F, ' ', 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
            String text = "a" + Character.toString(c) + "z";
            assertThat(Json.utf8Bytes(text)).as("U+%04X", c).isEqualTo(bytes(text));
            assertThat(Json.canonicalBytes(text)).as("U+%04X", c).isEqualTo(bytes(Json.canonical(text)));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void everyKindOfValueHasItsText() {
        Map<String, Object> object = new HashMap<>();
        object.put("n", null);
        object.put("l", Arrays.asList(true, false, null, List.of(), Map.of(), "x", (byte) 1, new BigDecimal("1.50")));
        assertThat(Json.canonical(object)).isEqualTo("{\"l\":[true,false,null,[],{},\"x\",1,1.5],\"n\":null}");
        assertThat(Json.canonical(null)).isEqualTo("null");
    }

    @Test
    void equalValuesHaveEqualTextsAndOthersDoNot() {
        List<String> spellings = List.of(
                "{'a':[1,'é'],'b':{}}", " { 'b' : { } , 'a' : [ 1.0 , '\\u00e9' ] } ", "{'\\u0062':{},'a':[1e0,'é']}");
        assertThat(spellings).extracting(JsonTest::canonical).containsOnly("{\"a\":[1,\"é\"],\"b\":{}}");
        List<String> others = List.of(
                "1",
                "'1'",
                "[1]",
                "{'1':1}",
                "[[1]]",
                "[1,1]",
                "[11]",
                "true",
                "'true'",
                "null",
                "'null'",
                "''",
                "[]",
                "{}",
                "[null]",
                "{'':null}",
                "{'a':1,'b':2}",
                "{'a':2,'b':1}",
                "'\\\\u0000'",
                "'\\u0000'",
                "9007199254740992",
                "9007199254740993",
                "'é'",
                "'e\\u0301'",
                "' '");
        assertThat(others).extracting(JsonTest::canonical).doesNotHaveDuplicates();
    }

    private static String canonical(String text) {
        return Json.canonical(JsonText.read(text.replace('\'', '"'), 1_000).value());
    }

    @Test
    void whatIsNoJsonValueHasNoText() {
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        for (Object value : List.of(
                1.0,
                1f,
                Double.NaN,
                'c',
                Optional.of(1),
                Set.of(1),
                new int[] {1},
                new Object(),
                Map.of(1, 1),
                nullKey,
                "\uD83C",
                "a\uDFB2b",
                "\uDFB2\uD83C",
                Map.of("\uD83C", 1))) {
            assertThatIllegalArgumentException().as("%s", value).isThrownBy(() -> Json.canonical(value));
            assertThatIllegalArgumentException().as("%s", value).isThrownBy(() -> Json.canonical(List.of(value)));
        }
    }

    @Test
    void aTextIsWholeIfEachSurrogateHasItsPartner() {
        for (String whole : List.of("", "a", "🎲", "a🎲🎲b", "\uFFFF"))
            assertThat(Json.isWhole(whole)).as(whole).isTrue();
        for (String half :
                List.of("\uD83C", "\uDFB2", "\uDFB2\uD83C", "🎲\uD83C", "🎲\uDFB2", "\uD83C🎲", "a\uD83Cb")) {
            assertThat(Json.isWhole(half)).as(half).isFalse();
        }
    }

    @Test
    void whatIsShownIsHarmlessAndShort() {
        assertThat(Json.shown("plain ASCII, é, €, 漢字, 🎲 and `\"\\")).isEqualTo("plain ASCII, é, €, 漢字, 🎲 and `\"\\");
        assertThat(Json.shown("a\0b\nc\td\u007fe\u0085f")).isEqualTo("a\\u0000b\\u000ac\\u0009d\\u007fe\\u0085f");
        assertThat(Json.shown("\u202e\u2066\u200b\u200d\ufeff\u00ad\u061c"))
                .isEqualTo("\\u202e\\u2066\\u200b\\u200d\\ufeff\\u00ad\\u061c");
        assertThat(Json.shown("\u00a0\u2003\u3000\u2028\u2029")).isEqualTo("\\u00a0\\u2003\\u3000\\u2028\\u2029");
        assertThat(Json.shown("\ue000\uffff\ud83c")).isEqualTo("\\ue000\\uffff\\ud83c");
        // A tag character, which takes two units.
        assertThat(Json.shown(Character.toString(0xE0041))).isEqualTo("\\udb40\\udc41");
        assertThat(Json.shown("")).isEmpty();
    }

    @Test
    void whatIsLongIsCutOffBetweenCharacters() {
        assertThat(Json.shown("a".repeat(64))).isEqualTo("a".repeat(64));
        assertThat(Json.shown("a".repeat(65))).isEqualTo("a".repeat(64) + "…");
        assertThat(Json.shown("🎲".repeat(64))).isEqualTo("🎲".repeat(64));
        assertThat(Json.shown("🎲".repeat(1_000_000))).isEqualTo("🎲".repeat(64) + "…");
        assertThat(Json.shown("\0".repeat(100), 3)).isEqualTo("\\u0000\\u0000\\u0000…");
        assertThat(Json.shown("abc", 3)).isEqualTo("abc");
    }

    @Test
    void everyValueHasANameForMessages() {
        assertThat(Arrays.asList(null, true, "", 1L, BigDecimal.ONE, List.of(), Map.of()))
                .extracting(Json::typeName)
                .containsExactly("null", "a boolean", "a string", "a number", "a number", "a list", "an object");
    }
}
