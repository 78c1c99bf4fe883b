package dev.toolpolicy.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON tree, to be looked into and pruned by pointer. */
final class Trees {
    private Trees() {}

    static Object at(Object tree, String pointer) {
        if (pointer.isEmpty()) return tree;
        Object child = tree instanceof List<?> list
                ? list.get(Integer.parseInt(step(pointer)))
                : ((Map<?, ?>) tree).get(step(pointer));
        return at(child, rest(pointer));
    }

    /** The tree without the value at the pointer. */
    static Object without(Object tree, String pointer) {
        boolean last = rest(pointer).isEmpty();
        if (tree instanceof List<?> list) {
            int index = Integer.parseInt(step(pointer));
            List<Object> copy = new ArrayList<>(list);
            if (last) copy.remove(index);
            else copy.set(index, without(list.get(index), rest(pointer)));
            return copy;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) tree).forEach((key, value) -> copy.put((String) key, value));
        if (last) copy.remove(step(pointer));
        else copy.put(step(pointer), without(copy.get(step(pointer)), rest(pointer)));
        return copy;
    }

    private static String step(String pointer) {
        int end = pointer.indexOf('/', 1);
        String step = end < 0 ? pointer.substring(1) : pointer.substring(1, end);
        return step.replace("~1", "/").replace("~0", "~");
    }

    private static String rest(String pointer) {
        int end = pointer.indexOf('/', 1);
        return end < 0 ? "" : pointer.substring(end);
    }
}
