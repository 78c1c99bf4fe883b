package dev.toolpolicy.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the author of a converted policy has to know: each thing once, in the order it was found. */
final class ProxyNotes {
    private static final int MOST = 40;
    private static final int LONGEST = 400;

    private final Set<String> notes = new LinkedHashSet<>();
    private int added;

    /** How often something was noted, also what was noted before or is not shown any more. */
    int count() {
        return added;
    }

    void add(String note) {
        added++;
        String cut = note.length() > LONGEST ? note.substring(0, LONGEST) + "…" : note;
        // names are the document's, and may hold what moves a terminal's cursor or turns text around
        if (notes.size() <= MOST) {
            notes.add(PrettyJson.visible(cut));
        }
    }

    void leftOut(String pointer, String why) {
        add("left out: `" + pointer + "`, " + why);
    }

    /** A key that no document of ours has at this place. */
    void foreignKey(String parent, String key) {
        switch (key) {
            case "approval_timeout" ->
                add("`approval_timeout` is set by the host, not by the policy:"
                        + " `InMemoryApprovals.builder().lapsingAfter(…)`");
            case "approvals" ->
                add("`approvals` is the host's, not the policy's: a `PolicyListener` hears what is asked,"
                        + " `approvals.approve(id, who)` answers");
            case "spend" ->
                leftOut(
                        parent + "/spend",
                        "prices that a server names in its answer are not seen here:"
                                + " write `deny_if` on the argument that holds the amount, and `limits` with `amount`");
            default -> leftOut(parent + "/" + key, "neither the proxy nor we know this key");
        }
    }

    /** The object at this place; an empty one if there is none, and a note if something else is there. */
    Map<String, Object> object(@Nullable Object value, String pointer) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> object.put(String.valueOf(key), member));
        } else if (value != null) {
            leftOut(pointer, "not an object");
        }
        return object;
    }

    /** The list at this place; an empty one if there is none, and a note if something else is there. */
    List<?> list(@Nullable Object value, String pointer) {
        if (value != null && !(value instanceof List)) {
            leftOut(pointer, "not a list");
        }
        return value instanceof List<?> list ? list : List.of();
    }

    List<String> all() {
        List<String> all = new ArrayList<>(notes);
        if (all.size() > MOST) {
            all.set(MOST, "and there is more like this");
        }
        return all;
    }
}
