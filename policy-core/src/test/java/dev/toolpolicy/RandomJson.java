package dev.toolpolicy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** JSON values by chance, and one value in several spellings. */
final class RandomJson {
    private static final String[] STRINGS = {
        "",
        "a",
        "A",
        "b",
        "\u00e9",
        "e\u0301",
        "\ud83c\udfb2",
        "\u0000",
        "\n",
        "\"",
        "\\",
        "/",
        "?",
        "1",
        "null",
        "\u2028",
        "\ufffd"
    };
    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "10",
        "0.1",
        "1.5",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775808",
        "1e400",
        "1e-400",
        "0.30000000000000004",
        "0.3",
        "100000000000000000000000",
        "1e23",
        "-9223372036854775808"
    };

    private RandomJson() {}

    static Object tree(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> random.nextBoolean() ? null : random.nextBoolean();
            case 1, 2 -> new BigDecimal(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> STRINGS[random.nextInt(STRINGS.length)];
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) list.add(tree(random, depth - 1));
                yield list;
            }
            default -> object(random, depth);
        };
    }

    static Map<String, Object> object(RandomGenerator random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(4); n > 0; n--)
            map.put(STRINGS[random.nextInt(STRINGS.length)], tree(random, depth - 1));
        return map;
    }

    /** A value that differs in one place. */
    static Object changed(Object value, RandomGenerator random) {
        if (value instanceof Map<?, ?> map) return changed(map, random);
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size() + 1);
            if (at == copy.size() || random.nextInt(4) == 0) copy.add(at, 0);
            else copy.set(at, changed(copy.get(at), random));
            return copy;
        }
        if (value instanceof BigDecimal number) {
            return random.nextBoolean()
                    ? number.toString()
                    : number.add(new BigDecimal(BigInteger.ONE, number.scale()));
        }
        if (value instanceof String text) return random.nextBoolean() ? text + "a" : List.of(text);
        if (value instanceof Boolean flag) return random.nextBoolean() ? !flag : flag.toString();
        return random.nextBoolean() ? "null" : false;
    }

    static Map<String, Object> changed(Map<?, ?> map, RandomGenerator random) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        List<String> keys = new ArrayList<>(copy.keySet());
        if (keys.isEmpty() || random.nextInt(4) == 0) copy.put("new", null);
        else {
            String key = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(4) == 0) copy.put("other" + key, copy.remove(key));
            else copy.put(key, changed(copy.get(key), random));
        }
        return copy;
    }

    /** The value as text: members in any order, numbers and characters in any of their spellings. */
    static String spelt(Object value, RandomGenerator random) {
        String space = random.nextInt(8) == 0 ? "\n\t " : "";
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((key, member) -> members.add(spelt(key, random) + space + ":" + spelt(member, random)));
            shuffle(members, random);
            return "{" + space + String.join("," + space, members) + "}";
        }
        if (value instanceof List<?> list) {
            List<String> elements = new ArrayList<>();
            for (Object element : list) elements.add(spelt(element, random));
            return "[" + String.join(space + ",", elements) + space + "]";
        }
        if (value instanceof BigDecimal number) return spelt(number, random);
        return value instanceof String text ? spelt(text, random) : String.valueOf(value);
    }

    private static String spelt(BigDecimal number, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> number.toPlainString();
            case 1 -> number.toString();
            case 2 -> number.unscaledValue() + "e" + -number.scale();
            default -> number.setScale(Math.max(1, number.scale() + 2)).toPlainString();
        };
    }

    private static String spelt(String text, RandomGenerator random) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            boolean escaped = c < ' ' || c == '"' || c == '\\' || random.nextInt(3) == 0;
            if (!escaped) out.appendCodePoint(c);
            else for (char unit : Character.toChars(c)) out.append(String.format("\\u%04x", (int) unit));
        });
        return out.append('"').toString();
    }

    private static void shuffle(List<String> members, RandomGenerator random) {
        for (int i = members.size() - 1; i > 0; i--) Collections.swap(members, i, random.nextInt(i + 1));
    }
}
