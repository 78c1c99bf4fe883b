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
    private final Work work;
    private final long eachNameCharacter;
    private int depth;
    private int deepest;

    /**
     * @param work what pays for reading
     * @param eachNameCharacter the price of reading the names of an object, for each of their characters
     */
    Arguments(Work work, long eachNameCharacter) {
        this.work = work;
        this.eachNameCharacter = eachNameCharacter;
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
        long names = eachNameCharacter == 0 ? 0 : eachNameCharacter * characters(map.keySet());
        JSONObject copy = new ReadObject(work, names);
        map.forEach((name, value) -> copy.put((String) name, copy(value)));
        return copy;
    }

    private static long characters(Set<?> names) {
        long characters = 0;
        for (Object name : names) characters += ((String) name).length();
        return characters;
    }

    private JSONArray list(List<?> list) {
        JSONArray copy = new ReadArray(list, work);
        for (Object element : list) copy.put(copy(element));
        return copy;
    }

    /** An object whose reading costs. */
    private static final class ReadObject extends JSONObject {
        private static final long HAS = 20;
        private static final long GET = 50;
        private static final long NAME = 5;
        private final Work work;
        private final long allNames;

        ReadObject(Work work, long allNames) {
            this.work = work;
            this.allNames = allNames;
        }

        @Override
        public boolean has(String name) {
            work.spend(HAS);
            return super.has(name);
        }

        @Override
        public Object get(String name) {
            return work.read(super.get(name), GET);
        }

        @Override
        public Iterator<String> keys() {
            return keySet().iterator();
        }

        @Override
        public Set<String> keySet() {
            work.spend(GET + NAME * length() + allNames);
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
        private final List<?> frozen;
        private final Work work;

        ReadArray(List<?> frozen, Work work) {
            super(frozen.size());
            this.frozen = frozen;
            this.work = work;
        }

        @Override
        public Object get(int index) {
            if (!work.comparing()) return work.read(super.get(index), GET);
            String text = Json.canonical(frozen.get(index));
            work.spend(GET * UniqueItems.MOST / 10 + text.length());
            return text;
        }

        @Override
        public String toString() {
            return "a list";
        }
    }
}
