package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is judged is what is run, whatever the host's collections do. */
final class FrozenArgumentsTest {
    private static ToolCall call(Map<String, ?> arguments) {
        return ToolCall.of(Judged.WHO, "t", arguments);
    }

    @Test
    void nothingChangesTheArgumentsAfterwards() {
        List<Object> list = new ArrayList<>(List.of("a", new HashMap<>(Map.of("b", 1))));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        ToolCall call = call(map);
        String before = call.argumentsJson();
        map.put("more", 1);
        list.set(0, "changed");
        list.add("more");
        @SuppressWarnings("unchecked")
        Map<String, Object> inner = (Map<String, Object>) list.get(1);
        inner.put("b", 2);
        assertThat(Json.canonical(call.arguments())).isEqualTo(before);
    }

    @Test
    void theArgumentsCannotBeChangedThroughTheCallHoweverTheyWereMade() {
        String text = "{\"m\":{\"k\":[{\"x\":null}]},\"l\":[[1],{}]}";
        ToolCall read = Judged.call(text);
        for (ToolCall call : List.of(read, call(read.arguments()), call(new HashMap<>(read.arguments())))) {
            assertUnchangeable(call.arguments());
            assertThat(call.digest()).isEqualTo(read.digest());
        }
        assertUnchangeable(call(null).arguments());
    }

    @SuppressWarnings("unchecked")
    private static void assertUnchangeable(Object value) {
        List<Runnable> changes = new ArrayList<>();
        if (value instanceof Map<?, ?> any) {
            Map<String, Object> map = (Map<String, Object>) any;
            changes.addAll(List.of(() -> map.put("new", 1), () -> map.putIfAbsent("new", 1), () -> map.remove("m")));
            changes.addAll(List.of(map::clear, map.keySet()::clear, map.values()::clear, map.entrySet()::clear));
            changes.add(() -> map.replaceAll((k, v) -> 1));
            changes.add(() -> map.compute("new", (k, v) -> 1));
            for (Map.Entry<String, Object> entry : map.entrySet()) changes.add(() -> entry.setValue(1));
            map.values().forEach(FrozenArgumentsTest::assertUnchangeable);
        } else if (value instanceof List<?> any) {
            List<Object> list = (List<Object>) any;
            changes.addAll(List.of(() -> list.add(1), () -> list.set(0, 1), () -> list.remove(0), list::clear));
            changes.addAll(List.of(
                    () -> list.replaceAll(e -> 1), () -> list.subList(0, 0).add(1)));
            changes.add(() -> list.listIterator().add(1));
            list.forEach(FrozenArgumentsTest::assertUnchangeable);
        }
        String before = Json.canonical(value);
        for (Runnable change : changes) {
            try {
                change.run();
            } catch (UnsupportedOperationException | IndexOutOfBoundsException | IllegalStateException e) {
                assertThat(e).isNotNull();
            }
            assertThat(Json.canonical(value)).isEqualTo(before);
        }
    }

    /** A map whose entries say another thing each time they are read. */
    private static Map<String, Object> lyingMap(AtomicInteger reads, Supplier<Object> value) {
        return HostileMaps.mapOf(() -> {
            reads.incrementAndGet();
            return Map.<String, Object>of("amount", value.get()).entrySet().iterator();
        });
    }

    @Test
    void aMapThatLiesTheSecondTimeIsReadOnce() {
        AtomicInteger reads = new AtomicInteger();
        AtomicLong amount = new AtomicLong();
        ToolCall call = call(lyingMap(reads, amount::incrementAndGet));
        assertThat(reads).hasValue(1);
        assertThat(call.arguments()).isEqualTo(Map.of("amount", 1L));
        assertThat(call.argumentsJson()).isEqualTo("{\"amount\":1}");
        assertThat(call.arguments().get("amount")).isEqualTo(1L);
        assertThat(reads).hasValue(1);
    }

    @Test
    void anEntryThatLiesIsReadOnce() {
        AtomicInteger turn = new AtomicInteger();
        Map.Entry<String, Object> entry = new Map.Entry<>() {
            @Override
            public String getKey() {
                return "k" + turn.incrementAndGet();
            }

            @Override
            public Object getValue() {
                return turn.incrementAndGet();
            }

            @Override
            public Object setValue(Object value) {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(call(HostileMaps.mapOf(() -> List.of(entry).iterator())).arguments())
                .isEqualTo(Map.of("k1", 2L));
    }

    @Test
    void aMapThatChangesWhileItIsReadIsRefused() {
        Map<String, Object> map = new HashMap<>();
        List<Object> changesIt = new AbstractList<>() {
            @Override
            public Object get(int index) {
                map.put("more" + map.size(), 1);
                return 1;
            }

            @Override
            public int size() {
                return 1;
            }
        };
        for (String key : List.of("a", "b", "c")) map.put(key, changesIt);
        assertRefused(() -> map);
    }

    /** Another thread writes all the while: refused, or one of the values that were there; and the same ever after. */
    @Test
    void aMapThatAnotherThreadChangesIsExactOrRefused() throws InterruptedException {
        List<Object> list = new ArrayList<>(List.of(0, 0, 0));
        Map<String, Object> map = new HashMap<>(Map.of("list", list, "a", "a"));
        CountDownLatch started = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                list.set(i % 3, i % 1_000);
                map.put("a", i % 2 == 0 ? "a" : List.of("b"));
                started.countDown();
            }
        });
        writer.setDaemon(true);
        writer.start();
        started.await();
        try {
            for (int i = 0; i < 5_000; i++) {
                ToolCall call = call(map);
                String json = Json.canonical(call.arguments());
                assertThat(json).matches("\\{\"a\":(\"a\"|\\[\"b\"]),\"list\":\\[\\d+,\\d+,\\d+]}");
                assertThat(call.argumentsJson()).isEqualTo(json);
            }
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.HostileMaps#hostile")
    void whatIsHostileIsRefused(Supplier<Map<String, Object>> hostile) {
        assertRefused(hostile);
        assertRefused(() -> HostileMaps.of(List.of(hostile.get())));
    }

    private static void assertRefused(Supplier<Map<String, Object>> arguments) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatExceptionOfType(MalformedCallException.class)
                        .isThrownBy(() -> call(arguments.get()))
                        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain(HostileMaps.SECRET)));
    }

    /** A decimal may be made of a whole number that lies, but does not keep it: the JDK sees to that. */
    @Test
    void aDecimalAroundANumberThatLiesIsHonest() {
        for (int scale : new int[] {-1, 0, 1}) {
            Object kept = call(HostileMaps.of(new BigDecimal(new HostileMaps.LyingInteger(), scale)))
                    .arguments()
                    .get("a");
            assertThat(kept.getClass()).isIn(Long.class, BigInteger.class, BigDecimal.class);
        }
    }

    @Test
    void theSizeThatACollectionClaimsDoesNotMatter() {
        assertThat(call(HostileMaps.mapOf(
                                () -> List.of(Map.entry("a", (Object) 1)).iterator()))
                        .arguments())
                .hasSize(1);
    }
}
