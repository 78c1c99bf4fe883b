package dev.toolpolicy.document;

import dev.toolpolicy.document.ProblemLog.Located;
import dev.toolpolicy.json.Json;
import java.util.List;

/** Renders problems for a person: each with the line it stands in, and a caret below the place. */
final class Report {
    private static final int MAX_POINTER = 200;
    /** Longer is only what shows texts in which most characters are escapes. */
    private static final int MAX_MESSAGE = 320;

    private final String name;
    private final String text;
    private final StringBuilder out = new StringBuilder();

    private Report(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** The report of a document whose text is at hand. */
    static String of(String name, String text, List<Located> problems) {
        Report report = new Report(name, text);
        for (Located located : problems) report.add(located);
        report.out.append(summary(name, problems.size()));
        return report.out.toString();
    }

    /** The report of problems without the text they lie in. */
    static String withoutSource(List<Problem> problems) {
        Report report = new Report("policy", "");
        for (Problem problem : problems) {
            report.out.append(headline(report.name, problem)).append('\n');
            report.hint(problem.hint());
        }
        report.out.append(summary(report.name, problems.size()));
        return report.out.toString();
    }

    private static String summary(String name, int problems) {
        return name + ": " + (problems == 1 ? "1 problem" : problems + " problems") + ", so there is no policy\n";
    }

    private void add(Located located) {
        Problem problem = located.problem();
        out.append(headline(name, problem)).append('\n');
        if (!text.isEmpty()) excerpt(out, text, problem.line(), located.offset());
        hint(problem.hint());
    }

    /** The line in which a place stands, and below it a caret under the place. */
    static void excerpt(StringBuilder out, String text, int line, int offset) {
        String number = Integer.toString(line);
        Excerpt excerpt = Excerpt.around(text, offset);
        out.append("  ").append(number).append(" | ").append(excerpt.line()).append('\n');
        out.append("  ").append(" ".repeat(number.length())).append(" | ");
        out.append(" ".repeat(excerpt.width())).append("^\n");
    }

    /** A problem in one line, which does without its hint. */
    static String headline(String name, Problem problem) {
        String pointer = narrow(Json.shown(problem.pointer(), MAX_POINTER), MAX_POINTER);
        return name + ':' + problem.line() + ':' + problem.column() + (pointer.isEmpty() ? "" : " " + pointer) + ": "
                + narrow(problem.message(), MAX_MESSAGE) + " [" + problem.code() + "]";
    }

    private static String narrow(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most + 1) return text;
        return text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private void hint(String hint) {
        out.append("  hint: ").append(hint.replace("\n", "\n    ")).append('\n');
    }
}
