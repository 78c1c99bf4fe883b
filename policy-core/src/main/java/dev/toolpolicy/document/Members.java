package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Suggestion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one object of a document. Keys that mean nothing there are said as soon as it is made. */
final class Members {
    /**
     * The keys of one kind of object.
     *
     * @param known the keys that mean something
     * @param hints keys that mean something elsewhere, and what to write instead; {@code ""} if that is said by somebody else
     */
    record Keys(List<String> known, Map<String, String> hints) {
        Keys {
            known = List.copyOf(known);
            hints = Map.copyOf(hints);
        }

        /** Two tables of hints as one. */
        static Map<String, String> with(Map<String, String> first, Map<String, String> second) {
            Map<String, String> all = new HashMap<>(first);
            all.putAll(second);
            return all;
        }
    }

    private final Node node;
    private final Map<String, @Nullable Object> members;
    /** Known keys that an unknown one was probably meant to be: they are not missing, they are misspelt. */
    private final Set<String> misspelt = new HashSet<>();

    private Members(Node node, Map<String, @Nullable Object> members) {
        this.node = node;
        this.members = members;
    }

    /** The members of an object; of anything else none, and it is said. */
    static Optional<Members> of(Node node, Keys keys, String expected, String example) {
        return node.object(expected, example).map(map -> {
            Members members = new Members(node, map);
            members.refuseUnknown(keys);
            return members;
        });
    }

    private void refuseUnknown(Keys keys) {
        for (String key : members.keySet()) {
            // What is not told any more needs no search for what was meant.
            if (node.log().isFull()) return;
            if (keys.known().contains(key) || "".equals(keys.hints().get(key))) continue;
            Optional<String> meant = meant(key, keys);
            meant.ifPresent(misspelt::add);
            String hint = Optional.ofNullable(keys.hints().get(key))
                    .or(() -> meant.map(Suggestion::didYouMean))
                    .orElseGet(() -> Suggestion.among("keys here", key, keys.known()));
            member(key).wrongKey(Code.UNKNOWN_KEY, "unknown key `" + Json.shown(key) + "`", hint);
        }
    }

    /** The known key that an unknown one was probably meant to be. */
    private static Optional<String> meant(String key, Keys keys) {
        String hint = keys.hints().get(key);
        if (hint == null) return Suggestion.nearest(key, keys.known());
        return keys.known().stream()
                .filter(known -> Suggestion.didYouMean(known).equals(hint))
                .findFirst();
    }

    /** The object itself. */
    Node node() {
        return node;
    }

    /** Whether that key is there, or one that was meant to be it. */
    boolean attempted(String key) {
        return has(key) || misspelt.contains(key);
    }

    /** Of two keys that are both there, the one that is written later. */
    Node later(String one, String other) {
        String last = one;
        for (String key : keys()) {
            if (key.equals(one) || key.equals(other)) last = key;
        }
        return member(last);
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    /** The member of that name, if there is one. */
    Optional<Node> find(String key) {
        return has(key) ? Optional.of(member(key)) : Optional.empty();
    }

    /** The member of that name; if there is none, and none that was meant to be it, that is said. */
    Optional<Node> require(String key, String example) {
        if (!attempted(key)) missing("missing key `" + key + "`", "add " + example);
        return find(key);
    }

    /** Says that a key is missing, unless one of those was misspelt. */
    void requireOneOf(List<String> keys, String message, String hint) {
        if (keys.stream().noneMatch(this::attempted)) missing(message, hint);
    }

    private void missing(String message, String hint) {
        node.wrong(Code.MISSING_KEY, message, hint);
    }

    private Node member(String key) {
        return new Node(node.at().member(key), members.get(key), node.log());
    }

    /** The keys, in the order of the document. */
    Iterable<String> keys() {
        return members.keySet();
    }
}
