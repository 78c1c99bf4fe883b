package dev.toolpolicy.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.toolpolicy.json.JsonText.Place;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks up where some values stand, in one pass that enters only what leads to them.
 *
 * <p>One of these is one value on the way. They are a tree, because to spell a pointer for every member that is passed would
 * take long below a long key.
 */
final class Places {
    private final Map<String, Places> below = new HashMap<>();
    private @Nullable Place place;

    private Places() {}

    /** The place of each pointer; where one leads nowhere, of the last value on its way. The text must be readable. */
    static Map<String, Place> find(String text, Collection<String> pointers) {
        if (pointers.isEmpty()) return Map.of();
        Places root = new Places();
        for (String pointer : pointers) root.want(pointer);
        try (JsonParser parser = TreeReader.JACKSON.createParser(text)) {
            if (parser.nextToken() != null) visit(parser, root, offset(parser));
        } catch (IOException e) {
            // A text whose end is broken: what was found before it stands.
        }
        Map<String, Place> result = new HashMap<>();
        for (String pointer : pointers) result.put(pointer, root.nearest(pointer));
        return result;
    }

    private void want(String pointer) {
        Places at = this;
        String[] steps = steps(pointer);
        for (int i = 1; i < steps.length; i++) at = at.below.computeIfAbsent(steps[i], step -> new Places());
    }

    private Place nearest(String pointer) {
        Place nearest = place;
        Places at = this;
        String[] steps = steps(pointer);
        for (int i = 1; i < steps.length; i++) {
            at = at.below.get(steps[i]);
            if (at == null || at.place == null) break;
            nearest = at.place;
        }
        return nearest == null ? new Place(0, 0) : nearest;
    }

    /** What stands between the slashes; before the first one there is nothing. */
    private static String[] steps(String pointer) {
        String[] steps = pointer.startsWith("/") ? pointer.split("/", -1) : new String[0];
        for (int i = 0; i < steps.length; i++) steps[i] = Pointer.unescape(steps[i]);
        return steps;
    }

    private static void visit(JsonParser parser, @Nullable Places at, int key) throws IOException {
        // Of a key that is written twice the first one is meant, and nothing below the second.
        if (at == null || at.place != null) {
            parser.skipChildren();
            return;
        }
        at.place = new Place(key, offset(parser));
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Places member = at.below.get(parser.currentName());
                int keyOffset = offset(parser);
                parser.nextToken();
                visit(parser, member, keyOffset);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                visit(parser, at.below.get(Integer.toString(i)), offset(parser));
            }
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
