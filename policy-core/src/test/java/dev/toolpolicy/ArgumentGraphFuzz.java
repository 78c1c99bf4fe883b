package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Object graphs that a host may hand over as arguments: JSON values, and what is none. */
class ArgumentGraphFuzz {
    @FuzzTest
    void aGraphIsFrozenAsTheJsonThatItIsOrRefused(byte[] input) {
        Choices choices = new Choices(input);
        Map<String, Object> graph = new LinkedHashMap<>();
        List<Object> containers = new ArrayList<>(List.of(graph));
        for (int n = choices.nextInt(6); n > 0; n--) graph.put(choices.text(8), value(choices, containers, 5));

        Optional<ToolCall> frozen = Fuzzing.bounded(() -> frozen(graph));
        if (frozen.isEmpty()) return;
        ToolCall call = frozen.get();
        assertThat(isSame(graph, call.arguments(), 0))
                .as("%s", call.argumentsJson())
                .isTrue();
        ToolCall again = ToolCall.parse(Judged.WHO, "t", call.argumentsJson());
        assertThat(again.arguments()).isEqualTo(call.arguments()).hasSameHashCodeAs(call.arguments());
        assertThat(again.digest()).isEqualTo(call.digest());
        assertThat(ToolCall.of(Judged.WHO, "t", call.arguments()).argumentsJson())
                .isEqualTo(call.argumentsJson());
    }

    private static Optional<ToolCall> frozen(Map<String, Object> graph) {
        try {
            return Optional.of(ToolCall.of(Judged.WHO, "t", graph));
        } catch (MalformedCallException e) {
            return Optional.empty();
        }
    }

    private static Object value(Choices choices, List<Object> containers, int depth) {
        return switch (choices.nextInt(depth > 0 ? 14 : 11)) {
            case 0 -> null;
            case 1 -> choices.nextBoolean();
            case 2 -> choices.text(20);
            case 3 -> choices.nextLong();
            case 4 -> (int) choices.nextLong();
            case 5 -> Double.longBitsToDouble(choices.nextLong());
            case 6 -> Float.intBitsToFloat((int) choices.nextLong());
            case 7 -> integer(choices);
            case 8 ->
                new BigDecimal(
                        integer(choices), choices.nextBoolean() ? choices.nextInt(256) : (int) choices.nextLong());
            case 9 -> stranger(choices);
            case 10 -> choices.nextInt(8) == 0 ? containers.get(choices.nextInt(containers.size())) : "";
            case 11, 12 -> list(choices, containers, depth - 1);
            default -> map(choices, containers, depth - 1);
        };
    }

    private static BigInteger integer(Choices choices) {
        BigInteger integer = BigInteger.valueOf(choices.nextLong());
        return choices.nextInt(4) == 0 ? integer.shiftLeft(choices.nextInt(256) * 16) : integer;
    }

    private static List<Object> list(Choices choices, List<Object> containers, int depth) {
        List<Object> list = new ArrayList<>();
        containers.add(list);
        for (int n = choices.nextInt(5); n > 0; n--) list.add(value(choices, containers, depth));
        return list;
    }

    private static Map<Object, Object> map(Choices choices, List<Object> containers, int depth) {
        Map<Object, Object> map = choices.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
        containers.add(map);
        for (int n = choices.nextInt(5); n > 0; n--)
            map.put(choices.nextInt(16) == 0 ? stranger(choices) : choices.text(8), value(choices, containers, depth));
        return map;
    }

    /** What JSON does not have. */
    private static Object stranger(Choices choices) {
        return switch (choices.nextInt(6)) {
            case 0 -> 'c';
            case 1 -> new AtomicLong(1);
            case 2 -> CharBuffer.wrap("a");
            case 3 -> Optional.of("a");
            case 4 -> new HostileMaps.LyingInteger();
            default -> new int[] {1};
        };
    }

    /** Whether the graph is that JSON value, by what its types mean. */
    private static boolean isSame(Object given, Object frozen, int depth) {
        if (depth > 64) return false;
        if (given instanceof Map<?, ?> map) {
            if (!(frozen instanceof Map<?, ?> other) || !map.keySet().equals(other.keySet())) return false;
            return map.keySet().stream().allMatch(key -> isSame(map.get(key), other.get(key), depth + 1));
        }
        if (given instanceof List<?> list) {
            if (!(frozen instanceof List<?> other) || list.size() != other.size()) return false;
            for (int i = 0; i < list.size(); i++) if (!isSame(list.get(i), other.get(i), depth + 1)) return false;
            return true;
        }
        if (given instanceof Double d)
            return frozen instanceof Number && new BigDecimal(frozen.toString()).doubleValue() == d;
        if (given instanceof Float f)
            return frozen instanceof Number && new BigDecimal(frozen.toString()).floatValue() == f;
        boolean json = given == null
                || List.of(Boolean.class, String.class, Long.class, Integer.class, BigInteger.class, BigDecimal.class)
                        .contains(given.getClass());
        return json && NaiveOperators.same(given, frozen);
    }
}
