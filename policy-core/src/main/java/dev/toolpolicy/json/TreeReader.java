package dev.toolpolicy.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;
import dev.toolpolicy.json.JsonText.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one text to plain values, and goes on after whatever leaves the rest readable. */
final class TreeReader {
    /**
     * Our bounds stand in for Jackson's. The tables of names that it keeps between parsers are off: keys come from strangers,
     * and with colliding ones it throws.
     */
    static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonText.MAX_DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Each fault holds its pointer: a long key above all of them would fill a small heap. */
    private static final int MAX_POINTER_CHARS = 1 << 24;

    private final String text;
    private final List<Fault> faults = new ArrayList<>();
    private int pointerChars;
    private @Nullable Object value;
    /** Above zero within the value of a key that was named before: that key is the fault, not what is below it. */
    private int withinDuplicate;

    TreeReader(String text) {
        this.text = text;
    }

    /** Reads the text; false if there is no value because the grammar is broken or the nesting is too deep. */
    boolean read() {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() != null) {
                value = value(parser, Pointer.ROOT);
                if (parser.nextToken() == null) {
                    Fault unseen = SyntaxFault.findUnseen(text).orElse(null);
                    if (unseen != null) {
                        faults.clear();
                        faults.add(unseen);
                        return false;
                    }
                    if (!faults.isEmpty()) nameDuplicates();
                    return true;
                }
            }
        } catch (TooDeep e) {
            faults.clear();
            faults.add(e.fault);
            return false;
        } catch (JsonProcessingException e) {
            // Told below, in our own words.
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail to be read", e);
        }
        faults.clear();
        faults.add(SyntaxFault.find(text));
        return false;
    }

    @Nullable
    Object value() {
        return value;
    }

    List<Fault> faults() {
        return faults;
    }

    private @Nullable Object value(JsonParser parser, Pointer at) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, at);
            case START_ARRAY -> list(parser, at);
            case VALUE_STRING -> string(parser, at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, at);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private FrozenMap<@Nullable Object> object(JsonParser parser, Pointer at) throws IOException {
        refuseDeeper(parser, at);
        FrozenMap.Builder<@Nullable Object> members = new FrozenMap.Builder<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            // Jackson refuses some of them, by its version.
            if (Utf8.loneSurrogate(key) >= 0) fault(() -> Faults.loneSurrogate(at.toString(), offset(parser), "key"));
            Pointer member = at.member(key);
            if (members.contains(key)) {
                duplicate(parser, member);
                continue;
            }
            parser.nextToken();
            members.put(key, value(parser, member));
        }
        return members.build();
    }

    private List<@Nullable Object> list(JsonParser parser, Pointer at) throws IOException {
        refuseDeeper(parser, at);
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, at.element(elements.size())));
        }
        return Collections.unmodifiableList(elements);
    }

    private @Nullable String string(JsonParser parser, Pointer at) throws IOException {
        String string = parser.getText();
        if (Utf8.loneSurrogate(string) < 0) return string;
        fault(() -> Faults.loneSurrogate(at.toString(), offset(parser), "string"));
        return null;
    }

    private @Nullable Number number(JsonParser parser, Pointer at) throws IOException {
        Number number = Json.number(parser.getText()).orElse(null);
        if (number == null) fault(() -> Faults.badNumber(at, offset(parser)));
        return number;
    }

    private void duplicate(JsonParser parser, Pointer member) throws IOException {
        String key = parser.currentName();
        fault(() -> new Fault(Kind.DUPLICATE_KEY, member.toString(), offset(parser), key, ""));
        withinDuplicate++;
        parser.nextToken();
        value(parser, member);
        withinDuplicate--;
    }

    /**
     * A duplicate key is told with both of its places; the first one is looked up only now, when it is needed. Until then its
     * fault holds the key where the message will be.
     */
    private void nameDuplicates() {
        List<String> pointers = faults.stream()
                .filter(fault -> fault.kind() == Kind.DUPLICATE_KEY)
                .map(Fault::pointer)
                .toList();
        Map<String, Place> first = Places.find(text, pointers);
        // In rising order, for so the text is read once.
        LineIndex lines = new LineIndex(text);
        Map<Integer, String> positions = new HashMap<>();
        first.values().stream().map(Place::key).sorted().distinct().forEach(offset -> {
            positions.put(offset, "line " + lines.line(offset) + ", column " + lines.column(offset));
        });
        faults.replaceAll(fault -> {
            Place place = first.get(fault.pointer());
            if (fault.kind() != Kind.DUPLICATE_KEY || place == null) return fault;
            String message = "the key `" + Json.shown(fault.message()) + "` is written twice, first at "
                    + positions.get(place.key());
            return new Fault(fault.kind(), fault.pointer(), fault.offset(), message, "keep one of the two");
        });
    }

    private void fault(Supplier<Fault> found) {
        boolean full = faults.size() >= JsonText.MAX_FAULTS || pointerChars > MAX_POINTER_CHARS;
        if (withinDuplicate > 0 || full) return;
        Fault fault = found.get();
        pointerChars += fault.pointer().length();
        faults.add(fault);
    }

    private static void refuseDeeper(JsonParser parser, Pointer at) throws TooDeep {
        if (parser.getParsingContext().getNestingDepth() > JsonText.MAX_DEPTH) {
            throw new TooDeep(Faults.tooDeep(at, offset(parser)));
        }
    }

    /** Ends the reading: what lies deeper is never looked at. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class TooDeep extends IOException {
        final Fault fault;

        TooDeep(Fault fault) {
            super(fault.message());
            this.fault = fault;
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
