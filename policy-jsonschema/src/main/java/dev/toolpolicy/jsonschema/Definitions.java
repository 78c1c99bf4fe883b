package dev.toolpolicy.jsonschema;

import dev.toolpolicy.spi.Suggestion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reference says: the steps to a schema, or the definition that was probably meant. */
final class Definitions {
    private static final int LONGEST_NAME = 64;
    private static final int MOST_NAMES = 200;
    private static final int MOST_QUESTIONS = 50;

    /** A reference to each, by its name; of those that could be meant by one that is misspelt. */
    private final Map<String, String> byName = new HashMap<>();

    private int questions;

    void add(String name, Node node) {
        if (name.length() <= LONGEST_NAME)
            byName.putIfAbsent(name, "#" + node.at.toString().replace("%", "%25"));
    }

    /** The reference that was meant by one that leads nowhere. */
    Optional<String> meant(String ref) {
        String name = ref.substring(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf('#')) + 1);
        String same = byName.get(name);
        if (same != null) return Optional.of(same);
        questions++;
        if (questions > MOST_QUESTIONS || byName.size() > MOST_NAMES) return Optional.empty();
        return Suggestion.nearest(name, byName.keySet()).map(byName::get);
    }

    /** The steps that a fragment of a reference names; empty if it is no pointer. */
    static Optional<List<String>> steps(String ref) {
        Optional<String> pointer = decoded(ref.substring(1));
        if (pointer.isEmpty() || pointer.get().isEmpty()) return pointer.map(all -> List.of());
        if (!pointer.get().startsWith("/")) return Optional.empty();
        List<String> steps = new ArrayList<>();
        for (String step : pointer.get().substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.of(steps);
    }

    /** How steps are written after {@code #}. */
    static String fragment(List<String> steps) {
        StringBuilder out = new StringBuilder();
        for (String step : steps)
            out.append('/').append(step.replace("~", "~0").replace("/", "~1").replace("%", "%25"));
        return out.toString();
    }

    private static Optional<String> decoded(String fragment) {
        if (fragment.indexOf('%') < 0) return Optional.of(fragment);
        byte[] bytes = fragment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) return Optional.empty();
            decoded.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            // Bytes that are no text name nothing.
            return Optional.empty();
        }
    }
}
