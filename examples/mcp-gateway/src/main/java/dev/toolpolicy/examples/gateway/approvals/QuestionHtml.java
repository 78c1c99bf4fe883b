package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Html.text;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.examples.gateway.approvals.Sessions.Session;
import dev.toolpolicy.examples.gateway.approvals.ShownText.Letters;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question.Asking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** One question as HTML: who, what, why, until when; and the forms that answer it, only where all of it is shown. */
final class QuestionHtml {
    private static final int MOST_ALIKE = 5;

    private record Kind(String grant, String tool) {
        static Kind of(AskedQuestion question) {
            return new Kind(question.asker().grant(), question.tool());
        }
    }

    private final Session session;
    private final ShownTime time;
    private final Map<Kind, List<Integer>> numbers;

    QuestionHtml(Session session, List<AskedQuestion> waiting, ShownTime time) {
        this.session = session;
        this.time = time;
        this.numbers = IntStream.rangeClosed(1, waiting.size())
                .boxed()
                .collect(groupingBy(number -> Kind.of(waiting.get(number - 1))));
    }

    /** All there is to know, and the forms. */
    Html whole(AskedQuestion question, int number) {
        String json = question.argumentsJson();
        return Html.template(
                "call.html",
                Map.of(
                        "id", text(question.id()),
                        "number", text(String.valueOf(number)),
                        "tool", text(question.tool()),
                        "alike", alike(question, number),
                        "rows", Html.join("\n", rows(question)),
                        "arguments", Html.arguments(json, Letters.ALL),
                        "ascii", ShownText.isAscii(json) ? Html.NONE : inAscii(json),
                        "path", text(session.path()),
                        "form", text(session.formToken())));
    }

    /** That it is there, and where it can be seen in full. */
    Html link(AskedQuestion question, int number) {
        return Html.template(
                "link.html",
                Map.of(
                        "id", text(question.id()),
                        "number", text(String.valueOf(number)),
                        "tool", text(question.tool()),
                        "grant", value(question.asker().grant()),
                        "asked", text(time.of(question.asked())),
                        "size",
                                text(String.format(
                                        Locale.ROOT,
                                        "%,d",
                                        question.argumentsJson().length())),
                        "path", text(session.path())));
    }

    private List<Html> rows(AskedQuestion question) {
        Asker asker = question.asker();
        List<Html> rows = new ArrayList<>();
        for (Asking asking : question.rules()) {
            rows.add(row(
                    text("Why"),
                    Html.template("why.html", Map.of("text", plain(asking.text()), "rule", plain(asking.rule())))));
        }
        rows.add(row(text("Grant"), value(asker.grant())));
        asker.session().ifPresent(name -> rows.add(row(text("Session"), value(name))));
        asker.attributes()
                .forEach((name, value) ->
                        rows.add(row(Html.template("attribute.html", Map.of("name", value(name))), attribute(value))));
        String namespace = question.question().namespace();
        if (!namespace.isEmpty()) rows.add(row(text("Namespace"), value(namespace)));
        rows.add(row(text("Asked"), text(time.of(question.asked()))));
        rows.add(row(text("Lapses"), text(time.of(question.lapses()))));
        rows.add(row(text("Question"), text(question.id())));
        return rows;
    }

    private static Html attribute(Object value) {
        if (!(value instanceof List<?> values)) return value(String.valueOf(value));
        if (values.isEmpty()) return text("(an empty list)");
        // Nothing between: a line end would be seen there.
        return Html.join(
                "",
                values.stream()
                        .map(one -> Html.template("item.html", Map.of("value", value(String.valueOf(one)))))
                        .toList());
    }

    private static Html row(Html name, Html value) {
        return Html.template("row.html", Map.of("name", name, "value", value));
    }

    private static Html value(String value) {
        return plain(ShownText.quoted(value));
    }

    /** A text, and if a letter in it may not be what it looks like, the text in ASCII too. */
    private static Html plain(String text) {
        if (ShownText.isAscii(text)) return text(text);
        return Html.template("letters.html", Map.of("text", text(text), "ascii", Html.ascii(text)));
    }

    private static Html inAscii(String json) {
        return Html.template("ascii.html", Map.of("arguments", Html.arguments(json, Letters.ASCII)));
    }

    /** Two that differ in a digit look the same at a glance. */
    private Html alike(AskedQuestion question, int number) {
        List<Integer> others = numbers.getOrDefault(Kind.of(question), List.of()).stream()
                .filter(other -> other != number)
                .toList();
        if (others.isEmpty()) return Html.NONE;
        String named = others.stream().limit(MOST_ALIKE).map(String::valueOf).collect(joining(", "));
        String more = others.size() > MOST_ALIKE ? " and " + (others.size() - MOST_ALIKE) + " more" : "";
        return Html.template("alike.html", Map.of("others", text(named + more)));
    }
}
