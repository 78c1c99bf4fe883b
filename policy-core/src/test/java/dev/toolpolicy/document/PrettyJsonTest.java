package dev.toolpolicy.document;

import static dev.toolpolicy.document.ProxyDialectTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {
    @Test
    void isIndented() {
        Map<String, Object> value = map(
                "none", null,
                "empty", List.of(),
                "short", List.of(1L, true, "a"),
                "object", map("a", new BigDecimal("1.50"), "b", List.of("c")),
                "long", List.of("a".repeat(50), "b".repeat(50)),
                "nested", List.of(List.of(1L), map()));
        assertThat(PrettyJson.of(value)).isEqualTo("""
                        {
                          "none": null,
                          "empty": [],
                          "short": [1, true, "a"],
                          "object": {"a": 1.50, "b": ["c"]},
                          "long": [
                            "%s",
                            "%s"
                          ],
                          "nested": [[1], {}]
                        }""".formatted("a".repeat(50), "b".repeat(50)));
    }

    @Test
    void keepsToAHundredColumns() {
        for (int length = 60; length < 85; length++) {
            String json = PrettyJson.of(map("a", List.of(map("key", "b".repeat(length))), "c", 1L));
            assertThat(json.lines().filter(line -> line.length() > 100)).isEmpty();
        }
    }

    @Test
    void writesOutWhatNobodyWouldSee() {
        assertThat(PrettyJson.of(
                        "\"\\/\b\f\n\r\t\u0000\u001b\u007f\u0085\u200b\u2028\u202e\uFEFF\uD800é😀\uDB40\uDC41"))
                .isEqualTo(
                        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001b\\u007f\\u0085\\u200b\\u2028\\u202e\\ufeff\\ud800é😀"
                                + "\\udb40\\udc41\"");
    }

    @Test
    void endsWhereATreeIsTooDeep() {
        Object tree = "leaf";
        for (int i = 0; i < 100_000; i++) {
            tree = List.of(tree, 1L);
        }
        assertThat(PrettyJson.of(tree)).contains("\"…\"").doesNotContain("leaf");
    }
}
