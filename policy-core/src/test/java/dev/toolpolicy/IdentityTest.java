package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC §3: nobody becomes a caller that many share. */
final class IdentityTest {
    private static final Identity WHO = Identity.of("g");

    /** Every place where a text stands in an identity. */
    private static final Map<String, Function<String, Identity>> PLACES = Map.of(
            "grant", Identity::of,
            "session", WHO::withSession,
            "name", text -> WHO.with(text, "v"),
            "value", text -> WHO.with("k", text),
            "first of values", text -> WHO.with("k", Arrays.asList(text, "b")),
            "last of values", text -> WHO.with("k", Arrays.asList("a", text)),
            "name of values", text -> WHO.with(text, List.of("v")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "\t",
                "\n",
                "\u2003",
                "\u2028",
                "a\u0000",
                "\u0000",
                "a\nb",
                "a\r",
                "a\tb",
                "\u001f",
                "\u007f",
                "a\u0085",
                "\u009f",
                "\ud83c",
                "a\udfb2",
                "\udfb2\ud83c",
                "a\ud83cb"
            })
    void noTextOfAnIdentityIsBlankOrHoldsWhatCannotBeSeenOrWritten(String text) {
        PLACES.forEach((place, with) -> assertMalformed(place, () -> with.apply(text)));
    }

    @Test
    void noTextOfAnIdentityIsMissingOrTooLong() {
        PLACES.forEach((place, with) -> {
            assertMalformed(place, () -> with.apply(null));
            assertMalformed(place, () -> with.apply("s3cr3t" + "a".repeat(251)));
            assertMalformed(place, () -> with.apply(" ".repeat(1_000_000)));
            assertThat(with.apply("a".repeat(256))).as(place).isNotNull();
            assertThat(with.apply("\ud83c\udfb2".repeat(128))).as(place).isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A",
                " a",
                "a ",
                "?",
                "caf\u00e9",
                "\u00a0",
                "\ud83c\udfb2",
                "a b",
                "grant:session",
                "*",
                "\u200b"
            })
    void anyOtherTextIsKeptAsItIs(String text) {
        assertThat(Identity.of(text).grant()).isEqualTo(text);
        assertThat(WHO.withSession(text).session()).contains(text);
        assertThat(WHO.with(text, text).attributes()).isEqualTo(Map.of(text, text));
        assertThat(WHO.with("k", List.of(text)).attributes()).isEqualTo(Map.of("k", List.of(text)));
    }

    private static void assertMalformed(String what, ThrowingCallable making) {
        assertThatExceptionOfType(MalformedCallException.class)
                .as(what)
                .isThrownBy(making)
                .satisfies(e -> assertThat(e.getMessage())
                        .isNotBlank()
                        .doesNotContain("s3cr3t")
                        .hasSizeLessThan(200));
    }

    @Test
    void noAttributeStandsInForTheGrantOrTheSession() {
        for (String name : List.of("grant", "session")) {
            assertMalformed(name, () -> WHO.with(name, "v"));
            assertMalformed(name, () -> WHO.with(name, List.of("v")));
        }
        Identity alike = WHO.with("Grant", "v").with("grant ", "v");
        assertThat(alike.value("grant")).isEqualTo("g");
        assertThat(alike.value("session")).isNull();
        assertThat(alike.value("Grant")).isEqualTo("v");
    }

    @Test
    void anIdentityHas64AttributesAtMost() {
        Identity full = WHO;
        for (int i = 0; i < 64; i++) full = full.with("k" + i, "v");
        Identity last = full;
        assertThat(last.attributes()).hasSize(64);
        assertThat(last.with("k0", "other").attributes()).hasSize(64).containsEntry("k0", "other");
        assertMalformed("65th", () -> last.with("k64", "v"));
        assertMalformed("65th", () -> last.with("k64", List.of("v")));
        assertThat(last.withSession("s").attributes()).hasSize(64);
    }

    @Test
    void aListOfValuesIsCopiedAndHoldsStringsOnly() {
        List<String> values = new ArrayList<>(List.of("a", "b"));
        Identity with = WHO.with("k", values);
        values.set(0, "evil");
        values.add("c");
        assertThat(with.attributes()).isEqualTo(Map.of("k", List.of("a", "b")));
        assertMalformed("null", () -> WHO.with("k", (List<String>) null));
        assertMalformed("null", () -> WHO.with("k", (String) null));
        @SuppressWarnings({"unchecked", "rawtypes"}) // as a host does with the claims of a token
        List<String> claims = (List<String>) (List) List.of("a", 1);
        assertMalformed("not a string", () -> WHO.with("k", claims));
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<String> nested = (List<String>) (List) List.of(List.of("a"));
        assertMalformed("not a string", () -> WHO.with("k", nested));
        assertThat(WHO.with("k", List.of()).value("k")).isEqualTo(List.of());
    }

    @Test
    void nothingChangesAnIdentity() {
        Identity before = WHO.withSession("s").with("k", List.of("a"));
        assertThat(before.with("k", "other").withSession("t")).isNotEqualTo(before);
        assertThat(before.session()).contains("s");
        assertThat(before.value("k")).isEqualTo(List.of("a"));
        assertThat(WHO.session()).isEmpty();
        assertThat(WHO.attributes()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> before.attributes().put("k", "evil"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(
                        () -> Collections.singletonList(before.value("k")).forEach(list -> ((List<?>) list).clear()));
    }

    @Test
    void twoIdentitiesAreEqualIfAllOfThemIs() {
        Identity one = Identity.of("g").withSession("s").with("a", "1").with("b", List.of("2"));
        Identity same = Identity.of("g").with("b", List.of("2")).with("a", "1").withSession("s");
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        for (Identity other : List.of(
                Identity.of("h").withSession("s").with("a", "1").with("b", List.of("2")),
                Identity.of("g").with("a", "1").with("b", List.of("2")),
                one.withSession("t"),
                one.with("a", "2"),
                one.with("a", List.of("1")),
                one.with("c", "3"))) {
            assertThat(other).isNotEqualTo(one);
        }
        assertThat(one.equals(null)).isFalse();
        assertThat(one.toString()).isEqualTo("Identity[g]");
        assertThat(Identity.of("g\u202e").toString()).isEqualTo("Identity[g\\u202e]");
    }
}
