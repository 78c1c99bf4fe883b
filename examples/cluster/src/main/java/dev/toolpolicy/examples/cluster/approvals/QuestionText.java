package dev.toolpolicy.examples.cluster.approvals;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of a question that are more than one text, as JSON: no character of them is one that a database does not take. */
final class QuestionText {
    /** For what is short. */
    private static final long FIXED_BYTES = 2_048;

    private QuestionText() {}

    static String attributes(Question question) {
        return Json.canonical(question.asker().attributes());
    }

    static Map<String, Object> attributes(String json) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (!(read(json) instanceof Map<?, ?> members)) throw damaged();
        members.forEach((name, value) -> attributes.put((String) name, attribute(value)));
        return attributes;
    }

    private static Object attribute(Object value) {
        if (value instanceof String || isTexts(value)) return value;
        throw damaged();
    }

    private static boolean isTexts(Object value) {
        return value instanceof List<?> several && several.stream().allMatch(String.class::isInstance);
    }

    static String rules(Question question) {
        return Json.canonical(question.rules().stream()
                .map(asking -> List.of(asking.rule(), asking.text()))
                .toList());
    }

    static List<Asking> rules(String json) {
        if (!(read(json) instanceof List<?> several)) throw damaged();
        List<Asking> rules = new ArrayList<>();
        for (Object one : several) {
            if (!isTexts(one) || !(one instanceof List<?> texts) || texts.size() != 2) throw damaged();
            rules.add(new Asking((String) texts.get(0), (String) texts.get(1)));
        }
        return rules;
    }

    /** About how much there is to keep. */
    static long bytes(Question question) {
        return FIXED_BYTES
                + Json.utf8Bytes(question.argumentsJson())
                + Json.utf8Bytes(attributes(question))
                + Json.utf8Bytes(rules(question));
    }

    private static Object read(String json) {
        JsonText text = JsonText.read(json, Integer.MAX_VALUE);
        Object value = text.sound() ? text.value() : null;
        if (value == null) throw damaged();
        return value;
    }

    private static IllegalStateException damaged() {
        return new IllegalStateException("a question in the database is not as it was written");
    }
}
