package dev.toolpolicy.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Conditions that are good where they stand, with all operators and what they take, and the texts and values in them. */
final class RandomConditions {
    private static final List<String> WORDS = List.of(
            "a", "naïve", "支払い", "💸", "\"", "\\", "\n", "\u0000", "/", "~", "\u202e", " b", "Ünï", "e\u0301", "'");
    private static final List<String> REGEXES =
            List.of("", "^a+$", "(?i)x|y", "[^a-z]{2,3}", "\\d", "(?P<n>é.)", "\\Q*\\E");
    private static final List<String> FOLDERS = List.of("/srv", ".", "a/../b", "C:/data", "C:\\data", "/", "./支");
    private static final List<String> HOSTS =
            List.of("example.com", "*.example.com", "http://localhost:8080", "[::1]", "127.0.0.1:1", "ws://a_b.c");
    private static final List<String> TYPES =
            List.of("string", "number", "integer", "boolean", "object", "array", "null");
    private static final List<String> COMPARISONS = List.of("lt", "lte", "gt", "gte");
    private static final List<String> FROM_CALL =
            List.of("eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "contains", "starts_with", "ends_with");

    private final RandomGenerator random;

    RandomConditions(RandomGenerator random) {
        this.random = random;
    }

    /** @param letsThrough whether a match lets the call through */
    Map<String, Object> condition(boolean letsThrough, int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(6)) {
            case 0 -> Map.of("any_of", listOf(1, 3, () -> condition(letsThrough, depth - 1)));
            case 1 -> Map.of("all_of", listOf(1, 3, () -> condition(letsThrough, depth - 1)));
            case 2 -> Map.of("not", condition(!letsThrough, depth - 1));
            default -> test(letsThrough);
        };
    }

    private Map<String, Object> test(boolean letsThrough) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("path", path(true));
        if (random.nextInt(4) == 0) {
            test.put("op", any(FROM_CALL));
            test.put("value_from", path(false));
        } else {
            operand(test, random.nextInt(letsThrough ? 10 : 8));
        }
        if (random.nextInt(3) == 0 && !"exists".equals(test.get("op"))) test.put("if_missing", random.nextBoolean());
        return test;
    }

    private void operand(Map<String, Object> test, int kind) {
        switch (kind) {
            case 0 -> put(test, any(List.of("eq", "neq", "contains")), json(3));
            case 1 -> put(test, any(List.of("in", "not_in")), listOf(1, 3, () -> json(2)));
            case 2 -> put(test, any(COMPARISONS), number());
            case 3 -> put(test, any(List.of("regex", "matches")), any(REGEXES));
            case 4 -> put(test, any(List.of("starts_with", "ends_with")), text());
            case 5 -> put(test, "exists", random.nextBoolean());
            case 6 -> put(test, "is", any(TYPES));
            case 7 -> put(test, "contains", text());
            case 8 -> put(test, "path_within", random.nextBoolean() ? any(FOLDERS) : listOf(1, 3, () -> any(FOLDERS)));
            default -> put(test, "host_in", listOf(1, 3, () -> any(HOSTS)));
        }
    }

    private static void put(Map<String, Object> test, String operator, @Nullable Object value) {
        test.put("op", operator);
        test.put("value", value);
    }

    private String path(boolean mayLoop) {
        int kind = random.nextInt(8);
        if (kind == 0) return "tool";
        if (kind == 1) return any(List.of("identity.grant", "identity.session"));
        if (kind == 2) return "identity" + name() + any(mayLoop ? List.of("", "[0]", "[*]") : List.of("", "[7]"));
        StringBuilder path = new StringBuilder("args");
        for (int i = random.nextInt(4); i > 0; i--) {
            int step = random.nextInt(mayLoop ? 4 : 3);
            path.append(step == 0 ? "[" + random.nextInt(1_000_000_000) + "]" : step == 3 ? "[*]" : name());
        }
        return path.toString();
    }

    /** The step to a member, in either of its spellings; it may stand below {@code identity} too. */
    String name() {
        return random.nextBoolean()
                ? any(List.of(".tenant", ".a_b-c", "._", "[\"x\"]", ".X9"))
                : "[" + JsonSpelling.string(any(List.of("any key", "é\"\\", "a.b[0]", "💸", "支", "0")), random) + "]";
    }

    /** Not blank, and without control characters: a text for people, or a counter's name. */
    String sayable() {
        return "say " + any(WORDS).replaceAll("\\p{Cntrl}", "") + random.nextInt(10);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) text.append(any(WORDS));
        return text.toString();
    }

    @Nullable
    Object json(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> number();
            case 3, 4 -> text();
            case 5 -> listOf(0, 3, () -> json(depth - 1));
            default -> object(depth - 1);
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) object.put(text(), json(depth));
        return object;
    }

    private Number number() {
        return switch (random.nextInt(6)) {
            case 0 -> (long) random.nextInt(-3, 4);
            case 1 -> random.nextLong();
            case 2 -> new BigInteger(120, new java.util.Random(random.nextLong()));
            case 3 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(1, 12));
            case 4 -> new BigDecimal("1e" + random.nextInt(-300, 300));
            default -> BigDecimal.valueOf(random.nextInt(10_000), 2);
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<Object> listOf(int least, int most, Supplier<T> element) {
        Object[] elements = new Object[random.nextInt(least, most + 1)];
        Arrays.setAll(elements, i -> element.get());
        return new ArrayList<>(Arrays.asList(elements));
    }
}
