package dev.toolpolicy.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members that nobody can change, in the order in which they were put in. Few of them, which is what most objects have, lie side by
 * side and are found by looking at each: quicker than by way of a table, its nodes and a wrapper. More are found by their hashes,
 * so that whoever chooses the keys chooses nothing else.
 *
 * @param <V> what the values are
 */
public final class FrozenMap<V extends @Nullable Object> extends AbstractMap<String, V> {
    private static final int FEW = 8;

    /** Each key, and its value behind it; empty where there are {@link #many}. */
    private final @Nullable Object[] few;

    private final @Nullable Map<String, V> many;

    private FrozenMap(@Nullable Object[] few, @Nullable Map<String, V> many) {
        this.few = few;
        this.many = many;
    }

    /**
     * None at all.
     *
     * @param <V> what the values would be
     */
    public static <V extends @Nullable Object> FrozenMap<V> empty() {
        return new Builder<V>().build();
    }

    /** The same with this one put in, or in the place of the one with its key. */
    public FrozenMap<V> with(String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(this);
        more.put(key, value);
        Builder<V> copy = new Builder<>();
        more.forEach(copy::put);
        return copy.build();
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        if (many != null) return many.get(key);
        int place = place(few, few.length, key);
        return place < 0 ? null : valueAt(place);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return many != null ? many.containsKey(key) : place(few, few.length, key) >= 0;
    }

    @Override
    public int size() {
        return many != null ? many.size() : few.length / 2;
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return many != null ? Collections.unmodifiableMap(many).entrySet() : new Entries();
    }

    /** Nothing is put in, which is refused above; nor taken out, whether or not there is anything to take. */
    @Override
    public V remove(@Nullable Object key) {
        throw new UnsupportedOperationException("nobody changes it");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("nobody changes it");
    }

    private static int place(@Nullable Object[] few, int length, @Nullable Object key) {
        for (int i = 0; i < length; i += 2) {
            if (((String) few[i]).equals(key)) return i;
        }
        return -1;
    }

    @SuppressWarnings("unchecked") // what the builder put there
    private V valueAt(int place) {
        return (V) few[place + 1];
    }

    private final class Entries extends AbstractSet<Map.Entry<String, V>> {
        @Override
        public int size() {
            return few.length / 2;
        }

        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < few.length;
                }

                @Override
                public Map.Entry<String, V> next() {
                    if (!hasNext()) throw new NoSuchElementException();
                    int place = next;
                    next += 2;
                    return new SimpleImmutableEntry<>((String) few[place], valueAt(place));
                }
            };
        }
    }

    /**
     * Puts members in, one after the other; to be thrown away once it has built.
     *
     * @param <V> what the values are
     */
    public static final class Builder<V extends @Nullable Object> {
        private @Nullable Object[] few = new @Nullable Object[2 * 4];
        private int length;
        private @Nullable Map<String, V> many;

        /** Whether there is one with this key. */
        public boolean contains(String key) {
            return many != null ? many.containsKey(key) : place(few, length, key) >= 0;
        }

        /** Whether there is none. */
        public boolean isEmpty() {
            return length == 0 && many == null;
        }

        /** Puts one in whose key is not {@link #contains contained}. */
        @SuppressWarnings("unchecked") // what was put there
        public void put(String key, @Nullable V value) {
            if (many == null && length == 2 * FEW) {
                many = new LinkedHashMap<>();
                for (int i = 0; i < length; i += 2) many.put((String) few[i], (V) few[i + 1]);
                length = 0;
            }
            if (many != null) {
                many.put(key, value);
                return;
            }
            if (length == few.length) few = Arrays.copyOf(few, 2 * length);
            few[length] = key;
            few[length + 1] = value;
            length += 2;
        }

        /** The members. */
        public FrozenMap<V> build() {
            return new FrozenMap<>(Arrays.copyOf(few, length), many);
        }
    }
}
