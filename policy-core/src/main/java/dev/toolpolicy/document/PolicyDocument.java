package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.JsonText.Place;
import dev.toolpolicy.json.LineIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy together with the text that it was read from: for whoever has to say where in it something stands. */
public final class PolicyDocument {
    private final String name;
    private final Policy policy;
    private final JsonText text;

    private PolicyDocument(String name, Policy policy, JsonText text) {
        this.name = name;
        this.policy = policy;
        this.text = text;
    }

    /**
     * Reads a policy from a file.
     *
     * @throws InvalidPolicyException if it is none, or cannot be read
     */
    public static PolicyDocument read(Path file, PolicyParser parser) {
        String name = requireNonNull(file, "file").toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(PolicyParser.MAX_BYTES + 1);
            Policy policy = parser.parse(name, bytes).orThrow();
            return new PolicyDocument(name, policy, JsonText.read(bytes, PolicyParser.MAX_BYTES));
        } catch (IOException | SecurityException e) {
            throw new InvalidPolicyException(FoundProblems.only(name, Unreadable.file(file, e)));
        }
    }

    /**
     * Reads a policy from a text.
     *
     * @param name what reports call the text
     * @throws InvalidPolicyException if it is none
     */
    public static PolicyDocument of(String name, String json, PolicyParser parser) {
        requireNonNull(name, "name");
        Policy policy = parser.parseNamed(name, requireNonNull(json, "json")).orThrow();
        return new PolicyDocument(name, policy, JsonText.read(json, PolicyParser.MAX_BYTES));
    }

    /** What reports call it: the path of a file, as it was given. */
    public String name() {
        return name;
    }

    /** What it says. */
    public Policy policy() {
        return policy;
    }

    /** The text as it was read. */
    public String text() {
        return text.text();
    }

    /** The same as plain maps, lists, strings and numbers. */
    public @Nullable Object json() {
        return text.value();
    }

    /** Where these values stand. A pointer that leads nowhere is given the place of the last value on its way. */
    public Map<String, Position> positions(Collection<String> pointers) {
        Map<String, Place> places = text.places(pointers);
        LineIndex lines = text.lines();
        Map<String, Position> positions = new HashMap<>();
        List<Map.Entry<String, Place>> rising = places.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().key()))
                .toList();
        for (Map.Entry<String, Place> entry : rising) {
            int offset = entry.getValue().key();
            positions.put(entry.getKey(), new Position(offset, lines.line(offset), lines.column(offset)));
        }
        return positions;
    }

    /** The line in which a place stands and, below it, a caret under the place: two lines, as in the report of a problem. */
    public String excerpt(Position position) {
        StringBuilder out = new StringBuilder();
        Report.excerpt(out, text(), position.line(), position.offset());
        return out.toString();
    }

    @Override
    public String toString() {
        return "PolicyDocument[" + name + ", " + policy + "]";
    }

    /**
     * Where something begins: of a member its key.
     *
     * @param offset in chars from the beginning of the text
     * @param line from 1
     * @param column from 1: characters, whatever their width
     */
    public record Position(int offset, int line, int column) {}
}
