package dev.toolpolicy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Maps that are no arguments: they hold what JSON does not have, themselves, or no end, or throw. */
final class HostileMaps {
    /** What none of them may bring into a message. */
    static final String SECRET = "s3cr3t";

    private HostileMaps() {}

    static List<Supplier<Map<String, Object>>> hostile() {
        Map<String, Object> itself = new HashMap<>();
        itself.put("a", itself);
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        return List.of(
                () -> itself,
                () -> Map.of("a", list),
                () -> nullKey,
                () -> of(new AtomicInteger(1)),
                () -> of(new AtomicLong(1)),
                () -> of(CharBuffer.wrap(SECRET)),
                () -> of('c'),
                () -> of(new Object[] {1}),
                () -> of(Set.of(1)),
                () -> of(Optional.of(SECRET)),
                () -> of(Duration.ZERO),
                () -> of(Verdict.TRUE),
                () -> of(Map.of(1, 2)),
                () -> of(Map.of(CharBuffer.wrap("a"), 2)),
                () -> of(new LyingDecimal()),
                () -> of(new LyingInteger()),
                () -> of(Double.NaN),
                () -> of(Double.NEGATIVE_INFINITY),
                () -> of(Float.POSITIVE_INFINITY),
                () -> of(Float.NaN),
                () -> mapOf(() -> {
                    throw new IllegalStateException(SECRET);
                }),
                () -> mapOf(() -> {
                    throw new IllegalArgumentException(SECRET);
                }),
                () -> mapOf(() -> {
                    throw new StackOverflowError(SECRET);
                }),
                () -> mapOf(() -> List.of(Map.entry("a", (Object) 1), Map.entry("a", (Object) 2))
                        .iterator()),
                () -> mapOf(() -> endless(null)),
                () -> mapOf(() -> endless(Map.entry("a", 1))),
                () -> of(new EndlessList()),
                HostileMaps::nullIterator);
    }

    static Map<String, Object> of(Object value) {
        return Map.of("a", value);
    }

    private static Map<String, Object> nullIterator() {
        return mapOf(() -> null);
    }

    private static Iterator<Map.Entry<String, Object>> endless(Map.Entry<String, Object> entry) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map.Entry<String, Object> next() {
                return entry;
            }
        };
    }

    static Map<String, Object> mapOf(Supplier<Iterator<Map.Entry<String, Object>>> entries) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return entries.get();
                    }

                    @Override
                    public int size() {
                        return -1;
                    }
                };
            }
        };
    }

    private static final class EndlessList extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            return new ArrayList<>();
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    private static final class LyingDecimal extends BigDecimal {
        private static final long serialVersionUID = 1L;

        LyingDecimal() {
            super("20000");
        }

        @Override
        public int compareTo(BigDecimal other) {
            return -1;
        }
    }

    static final class LyingInteger extends BigInteger {
        private static final long serialVersionUID = 1L;

        LyingInteger() {
            super("123456789012345678901234567891");
        }

        @Override
        public int compareTo(BigInteger other) {
            return -1;
        }

        @Override
        public int bitLength() {
            return 1;
        }

        @Override
        public String toString() {
            return "1";
        }
    }
}
