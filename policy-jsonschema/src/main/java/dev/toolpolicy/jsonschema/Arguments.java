package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Frozen values as everit reads them: objects and lists of org.json, null as its {@code NULL}, every number as it is.
 *
 * <p>org.json's own conversion drops nulls, reads beans, and leaves maps within maps unchecked; nothing of it is used. What is read
 * of the copy is paid for from the call's {@link Work}, and it never shows a value: everit writes what it is given into messages.
 */
final class Arguments {
    private static final int INDEX = 6;

    private final Work work;
    private int depth;
    private int deepest;
    /** How many characters the names on the way to here have: everit writes them down for each fault. */
    private int way;

    Arguments(Work work) {
        this.work = work;
    }

    /** How many objects and lists lie within each other in what was copied. */
    int deepest() {
        return deepest;
    }

    Object copy(@Nullable Object frozen) {
        if (frozen instanceof String || frozen instanceof Number || frozen instanceof Boolean) return frozen;
        if (frozen == null) return JSONObject.NULL;
        depth++;
        deepest = Math.max(deepest, depth);
        Object copy;
        if (frozen instanceof Map<?, ?> map) copy = object(map);
        else if (frozen instanceof List<?> list) copy = list(list);
        else throw new IllegalArgumentException("not a frozen value: " + frozen.getClass());
        depth--;
        return copy;
    }

    private JSONObject object(Map<?, ?> map) {
        ReadObject copy = new ReadObject(this);
        map.forEach((key, value) -> {
            String name = Names.masked((String) key);
            if (name.length() > copy.longest.length()) copy.longest = name;
            way += name.length();
            copy.put(name, copy(value));
            way -= name.length();
        });
        return copy;
    }

    private JSONArray list(List<?> list) {
        JSONArray copy = new ReadArray(this, list);
        way += INDEX;
        for (Object element : list) copy.put(copy(element));
        way -= INDEX;
        return copy;
    }

    /** An object whose reading costs. */
    private static final class ReadObject extends JSONObject {
        private static final long HAS = 20;
        private static final long GET = 50;
        private static final long NAME = 5;
        private final Work work;
        private final int depth;
        private final int way;
        private String longest = "";

        ReadObject(Arguments copying) {
            this.work = copying.work;
            this.depth = copying.depth;
            this.way = copying.way;
        }

        @Override
        public boolean has(String name) {
            work.step(HAS, way);
            return super.has(name);
        }

        @Override
        public Object get(String name) {
            Object value = super.get(name);
            work.step(GET, way);
            work.read(value, depth, way);
            return value;
        }

        @Override
        public Iterator<String> keys() {
            return keySet().iterator();
        }

        @Override
        public Set<String> keySet() {
            work.step(GET + NAME * length(), way);
            // Names are judged without being read one by one: by the longest, then.
            work.read(longest, depth, way + longest.length());
            return super.keySet();
        }

        @Override
        public String toString() {
            return "an object";
        }
    }

    /** A list whose reading costs. */
    private static final class ReadArray extends JSONArray {
        private static final long GET = 50;
        /** For each character of a text: those of others are compared with it. */
        private static final long EACH_OTHER = 25;

        private final List<?> frozen;
        private final Work work;
        private final int depth;
        private final int way;

        ReadArray(Arguments copying, List<?> frozen) {
            super(frozen.size());
            this.frozen = frozen;
            this.work = copying.work;
            this.depth = copying.depth;
            this.way = copying.way;
        }

        @Override
        public Object get(int index) {
            if (!work.comparing()) {
                Object value = super.get(index);
                work.step(GET, way);
                work.read(value, depth, way);
                return value;
            }
            String text = Json.canonical(frozen.get(index));
            work.spend(GET * UniqueItems.MOST / 10 + EACH_OTHER * text.length());
            return text;
        }

        @Override
        public String toString() {
            return "a list";
        }
    }
}
