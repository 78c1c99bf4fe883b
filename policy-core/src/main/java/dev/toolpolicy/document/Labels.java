package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the texts that name a part of a document or speak to people. */
final class Labels {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final String ANY_TEXT = "the text in double quotes";

    private Labels() {}

    /** The id of a rule or a limit, or {@code ""}. */
    static String id(Members members, CrossChecks crossChecks) {
        Optional<Node> node = members.find("id");
        if (node.isEmpty()) return "";
        String id = node.get().text("an id", "`\"spend-cap\"`").orElse("");
        if (ID.matcher(id).matches()) {
            crossChecks.id(id, node.get());
            return id;
        }
        if (node.get().value() instanceof String) {
            node.get()
                    .wrong(
                            Code.BAD_ID,
                            "found `" + Json.shown(id) + "`, expected an id",
                            "an id is 1 to 64 of the characters `A–Z`, `a–z`, `0–9`, `_`, `.` and `-`");
        }
        return "";
    }

    /** What a part is for, or {@code ""}. */
    static String description(Members members) {
        return members.find("description")
                .flatMap(node -> node.text("a text", ANY_TEXT))
                .orElse("");
    }

    /** A text that somebody is told. */
    static String sayable(Node node) {
        String text = node.text("a text", ANY_TEXT).orElse("");
        if (!text.isBlank() || !(node.value() instanceof String)) return text;
        node.wrong(
                Code.BAD_VALUE,
                "found a blank text, expected one that says something",
                "write the text, or leave the key out for a text of ours");
        return "";
    }
}
