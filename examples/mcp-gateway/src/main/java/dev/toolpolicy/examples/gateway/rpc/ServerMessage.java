package dev.toolpolicy.examples.gateway.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.toolpolicy.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be told of a server's message at a glance, leniently: it is passed on as it came, unless it might be a list of tools,
 * and that is read strictly afterwards.
 *
 * @param ids every id that it gives itself; one, if it is sound
 * @param answers whether it is an answer, and no request of the server's own
 * @param failed whether it answers that what was asked for failed
 * @param hasTools whether its result has something called {@code tools} that is a list
 * @param offersListChanges whether it says that the server tells of changes of its tools
 */
public record ServerMessage(
        List<Object> ids, boolean answers, boolean failed, boolean hasTools, boolean offersListChanges) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            // What some servers write and some clients read; it only has to be seen what it answers.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    public ServerMessage {
        ids = List.copyOf(ids);
    }

    /** Looks at a message; empty if it is no JSON object. */
    public static Optional<ServerMessage> glance(byte[] utf8) {
        try (JsonParser parser = JSON.createParser(new String(utf8, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
            Glance glance = new Glance();
            glance.message(parser);
            if (parser.nextToken() != null) return Optional.empty();
            return Optional.of(glance.seen());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The one id of a sound answer. */
    public Optional<Object> id() {
        return answers && ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    private static final class Glance {
        private final List<Object> ids = new ArrayList<>();
        private boolean method;
        private boolean failed;
        private boolean hasTools;
        private boolean offersListChanges;

        ServerMessage seen() {
            // With a list in it, it is an answer for somebody, whatever else it says it is.
            return new ServerMessage(ids, !method || hasTools, failed, hasTools, offersListChanges);
        }

        void message(JsonParser parser) throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (key) {
                    case "id" -> id(parser, value);
                    case "method" -> method = true;
                    case "error" -> failed = true;
                    case "result" -> result(parser, value);
                    default -> {}
                }
                parser.skipChildren();
            }
        }

        private void id(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_STRING) ids.add(parser.getText());
            else if (value.isNumeric() && !parser.isNaN())
                Json.number(parser.getText()).ifPresent(ids::add);
        }

        private void result(JsonParser parser, JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) return;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                JsonToken member = parser.nextToken();
                if (key.equals("isError") && member == JsonToken.VALUE_TRUE) failed = true;
                if (key.equals("tools") && member == JsonToken.START_ARRAY) hasTools = true;
                if (key.equals("capabilities") && member == JsonToken.START_OBJECT) capabilities(parser);
                else parser.skipChildren();
            }
        }

        private void capabilities(JsonParser parser) throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                JsonToken member = parser.nextToken();
                if (key.equals("tools") && member == JsonToken.START_OBJECT) {
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        boolean offer = parser.currentName().equals("listChanged");
                        if (parser.nextToken() == JsonToken.VALUE_TRUE && offer) offersListChanges = true;
                        parser.skipChildren();
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
