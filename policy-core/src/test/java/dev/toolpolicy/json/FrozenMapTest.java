package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few members and many: the same map as Java's own, but that nobody can change it. */
final class FrozenMapTest {
    /** All of these keys have one hash, as long as they are of one length. */
    private static String key(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        return key.toString();
    }

    private static Map<String, Object> members(int size) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) members.put(key(i * 7 % 256), i % 3 == 1 ? null : (long) i);
        return members;
    }

    private static FrozenMap<Object> frozen(Map<String, Object> members) {
        FrozenMap.Builder<Object> builder = new FrozenMap.Builder<>();
        assertThat(builder.isEmpty()).isTrue();
        members.forEach((key, value) -> {
            assertThat(builder.contains(key)).isFalse();
            builder.put(key, value);
            assertThat(builder.contains(key)).isTrue();
            assertThat(builder.isEmpty()).isFalse();
        });
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 8, 9, 10, 200})
    void itIsTheSameMap(int size) {
        Map<String, Object> members = members(size);
        FrozenMap<Object> frozen = frozen(members);
        assertThat(frozen).hasSize(size).isEqualTo(members).hasSameHashCodeAs(members);
        assertThat(members).isEqualTo(frozen);
        assertThat(frozen.toString()).isEqualTo(members.toString());
        assertThat(frozen.entrySet()).hasSize(size).isEqualTo(members.entrySet());
        assertThat(new ArrayList<>(frozen.keySet())).isEqualTo(new ArrayList<>(members.keySet()));
        assertThat(new ArrayList<>(frozen.values())).isEqualTo(new ArrayList<>(members.values()));
        for (int i = 0; i < 256; i++) {
            // Written anew: the text counts, and not which object it is.
            assertThat(frozen.get(key(i))).isEqualTo(members.get(key(i)));
            assertThat(frozen.containsKey(key(i))).isEqualTo(members.containsKey(key(i)));
        }
        for (Object none : new Object[] {null, "", "AA", 1L, key(0).chars()}) {
            assertThat(frozen.get(none)).isNull();
            assertThat(frozen.containsKey(none)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 200})
    void nobodyChangesIt(int size) {
        FrozenMap<Object> frozen = frozen(members(size));
        Map.Entry<String, Object> entry = frozen.entrySet().iterator().next();
        for (Runnable change : List.<Runnable>of(
                frozen::clear,
                frozen.keySet()::clear,
                frozen.values()::clear,
                frozen.entrySet()::clear,
                () -> frozen.put("new", 1L),
                () -> frozen.put(key(0), 1L),
                () -> frozen.putAll(Map.of("new", 1L)),
                () -> frozen.putIfAbsent("new", 1L),
                () -> frozen.computeIfAbsent("new", key -> 1L),
                () -> frozen.compute(key(0), (key, value) -> 1L),
                () -> frozen.merge(key(0), 1L, (a, b) -> 1L),
                () -> frozen.remove(key(0)),
                () -> frozen.keySet().remove(key(0)),
                () -> frozen.entrySet().removeIf(any -> true),
                () -> frozen.replace(key(0), 1L),
                () -> frozen.replaceAll((key, value) -> 1L),
                () -> entry.setValue(1L))) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
        }
        assertThat(frozen).isEqualTo(members(size));
    }

    @Test
    void noneCannotBeTakenOutEither() {
        FrozenMap<Object> none = FrozenMap.empty();
        for (Runnable change : List.<Runnable>of(none::clear, () -> none.remove("a"))) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9})
    void aWalkEnds(int size) {
        var walk = frozen(members(size)).entrySet().iterator();
        for (int i = 0; i < size; i++) walk.next();
        assertThat(walk.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(walk::next);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 8, 9, 200})
    void withOneMoreOrAnotherInItsPlaceItIsAnotherMap(int size) {
        Map<String, Object> members = members(size);
        FrozenMap<Object> frozen = frozen(members);
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put("new", 1L);
        assertThat(frozen.with("new", 1L)).isEqualTo(more);
        assertThat(new ArrayList<>(frozen.with("new", 1L).keySet())).isEqualTo(new ArrayList<>(more.keySet()));
        Map<String, Object> other = new LinkedHashMap<>(members);
        other.put(key(0), "other");
        assertThat(frozen.with(key(0), "other")).isEqualTo(other);
        assertThat(new ArrayList<>(frozen.with(key(0), "other").keySet())).isEqualTo(new ArrayList<>(other.keySet()));
        assertThat(frozen).isEqualTo(members);
    }
}
