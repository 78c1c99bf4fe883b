package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.ShownText.quoted;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Questions as lines for a terminal: printable ASCII, whatever an agent chose, unless letters are asked for. */
final class QuestionText {
    private final ShownTime time;
    private final boolean letters;

    /**
     * @param letters whether letters beyond ASCII are shown as they are
     */
    QuestionText(ShownTime time, boolean letters) {
        this.time = time;
        this.letters = letters;
    }

    String of(List<JsonObject> questions) {
        if (questions.isEmpty()) return "Nothing waits.\n";
        String title = questions.size() == 1 ? "1 call waits" : questions.size() + " calls wait, the oldest first";
        return title + ".\n" + questions.stream().map(this::of).collect(Collectors.joining());
    }

    /** A question, after an empty line. */
    String of(JsonObject question) {
        StringBuilder out = new StringBuilder("\n" + shown(question.getString("id")) + "\n");
        line(out, "tool", question.getString("tool"));
        for (Object rule : question.getJsonArray("rules")) {
            JsonObject asking = (JsonObject) rule;
            line(out, "why", quoted(asking.getString("text")) + " (rule " + quoted(asking.getString("rule")) + ")");
        }
        line(out, "grant", quoted(question.getString("grant")));
        String session = question.getString("session");
        if (session != null) line(out, "session", quoted(session));
        question.getJsonObject("attributes")
                .forEach(attribute ->
                        line(out, "attribute", quoted(attribute.getKey()) + " = " + values(attribute.getValue())));
        String namespace = question.getString("namespace");
        if (!namespace.isEmpty()) line(out, "namespace", quoted(namespace));
        line(out, "asked", time.of(Instant.parse(question.getString("asked"))));
        line(out, "lapses", time.of(Instant.parse(question.getString("lapses"))));
        String arguments = PrettyArguments.of(question.getString("argumentsJson"), this::shown);
        return out.append("  arguments\n").append(arguments.indent(4)).toString();
    }

    private static String values(Object value) {
        if (!(value instanceof JsonArray several)) return quoted(String.valueOf(value));
        return several.stream().map(one -> quoted(String.valueOf(one))).collect(Collectors.joining(", ", "[", "]"));
    }

    private void line(StringBuilder out, String name, String value) {
        out.append("  ")
                .append(name)
                .append(" ".repeat(11 - name.length()))
                .append(shown(value))
                .append('\n');
    }

    private String shown(String text) {
        return letters ? ShownText.leftToRight(text) : ShownText.ascii(text);
    }
}
