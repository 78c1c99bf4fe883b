package dev.toolpolicy.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.toolpolicy.json.JsonText.Place;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks up where some values stand, in one pass that enters only what leads to them. */
final class Places {
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, Place> found = new HashMap<>();

    private Places() {}

    /** The place of each pointer; where one leads nowhere, of the last value on its way. The text must be readable. */
    static Map<String, Place> find(String text, Collection<String> pointers) {
        Places places = new Places();
        for (String pointer : pointers) places.want(pointer);
        if (places.wanted.isEmpty()) return Map.of();
        try (JsonParser parser = TreeReader.JACKSON.createParser(text)) {
            parser.nextToken();
            places.visit(parser, "", offset(parser));
        } catch (IOException e) {
            // A text whose end is broken: what was found before it stands.
        }
        Map<String, Place> result = new HashMap<>();
        for (String pointer : pointers) result.put(pointer, places.nearest(pointer));
        return result;
    }

    private void want(String pointer) {
        String prefix = pointer;
        while (wanted.add(prefix) && !prefix.isEmpty()) prefix = parent(prefix);
    }

    private Place nearest(String pointer) {
        String prefix = pointer;
        while (!found.containsKey(prefix) && !prefix.isEmpty()) prefix = parent(prefix);
        return found.getOrDefault(prefix, new Place(0, 0));
    }

    private static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    private void visit(JsonParser parser, String at, int key) throws IOException {
        // Of a key that is written twice the first one is meant, and nothing below the second.
        if (!wanted.contains(at) || found.putIfAbsent(at, new Place(key, offset(parser))) != null) {
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = at + "/" + Pointer.escape(parser.currentName());
                int keyOffset = offset(parser);
                parser.nextToken();
                visit(parser, member, keyOffset);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) visit(parser, at + "/" + i, offset(parser));
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
