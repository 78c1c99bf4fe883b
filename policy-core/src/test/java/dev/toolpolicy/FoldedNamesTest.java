package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that a person, or a server, takes for one. */
final class FoldedNamesTest {
    @ParameterizedTest
    @CsvSource({
        "delete_all, delete_all, true",
        "delete_all, DELETE_ALL, true",
        "delete_all, delete.all, true",
        "delete_all, Delete-All, true",
        "delete.all, delete-all, true",
        "a__b, a.-b, true",
        "_, -, true",
        "delete_all, deleteall, false",
        "delete_all, delete__all, false",
        "delete_all, delete_al, false",
        "delete_all, delete_all_, false",
        "a0, aO, false",
        "a1, al, false",
        "a, b, false",
        "'', _, false"
    })
    void namesAreAlikeButForCaseAndTheChoiceOfSeparator(String listed, String called, boolean alike) {
        FoldedNames<String> names = new FoldedNames<>(Map.of(listed, "found"));
        assertThat(names.find(called)).isEqualTo(alike ? "found" : null);
        if (!listed.isEmpty())
            assertThat(new ToolPattern(listed).resembles(called)).isEqualTo(alike);
    }

    @Test
    void withoutNamesNothingIsFound() {
        FoldedNames<String> none = new FoldedNames<>(Map.of());
        assertThat(none.find("a")).isNull();
        assertThat(none.find("")).isNull();
    }

    @Test
    void ofNamesThatAreAlikeTheFirstIsFound() {
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (String name : List.of("b.c", "B_C", "b-c", "other")) byName.put(name, byName.size());
        for (String called : List.of("b.c", "B_C", "B-c", "b_c")) {
            assertThat(new FoldedNames<>(byName).find(called)).isZero();
        }
    }

    @Test
    void everyNameOfManyIsFoundAndNoOther() {
        SplittableRandom random = new SplittableRandom(10);
        for (int size : new int[] {1, 2, 3, 7, 64, 1_000, 10_000}) {
            Map<String, String> byFold = new LinkedHashMap<>();
            Map<String, String> byName = new LinkedHashMap<>();
            while (byName.size() < size) {
                String name = name(random);
                byName.put(name, name);
                byFold.putIfAbsent(folded(name), name);
            }
            FoldedNames<String> names = new FoldedNames<>(byName);
            for (String name : byName.keySet()) assertThat(names.find(name)).isEqualTo(byFold.get(folded(name)));
            for (int i = 0; i < 10_000; i++) {
                String name = name(random);
                assertThat(names.find(name)).as(name).isEqualTo(byFold.get(folded(name)));
            }
        }
    }

    /** All of these have one hash: they are told apart all the same. */
    @Test
    void namesThatCollideAreToldApart() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < 1 << 10; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) name.append((i >> bit & 1) == 0 ? "0n" : "20");
            byName.put(name.toString(), name.toString());
        }
        FoldedNames<String> names = new FoldedNames<>(byName);
        byName.forEach((name, value) -> assertThat(names.find(name)).isEqualTo(value));
        assertThat(names.find("0n".repeat(9) + "0a")).isNull();
    }

    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int n = random.nextInt(6) + 1; n > 0; n--) name.append("abcABC_.-019".charAt(random.nextInt(12)));
        return name.toString();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
