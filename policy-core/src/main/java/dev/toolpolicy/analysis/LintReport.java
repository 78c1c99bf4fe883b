package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.Finding.Severity;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyDocument.Position;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders findings for a person, in the look of a report of problems: each with its line, and a caret below the place. */
final class LintReport {
    private static final int MAX_POINTER = 200;
    private static final int MAX_MESSAGE = 400;

    private LintReport() {}

    static String of(PolicyDocument document, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        Map<String, Position> positions = document.positions(
                findings.stream().map(Finding::pointer).distinct().toList());
        for (Finding finding : findings) {
            out.append(headline(document.name(), finding)).append('\n');
            Position at = positions.get(finding.pointer());
            if (at != null) out.append(document.excerpt(at));
            out.append("  hint: ").append(finding.hint()).append('\n');
        }
        return out.append(document.name())
                .append(": ")
                .append(summary(findings))
                .append('\n')
                .toString();
    }

    private static String headline(String name, Finding finding) {
        String pointer = Json.shown(finding.pointer(), MAX_POINTER);
        return name + ':' + finding.line() + ':' + finding.column() + (pointer.isEmpty() ? "" : " " + pointer) + ": "
                + narrow(finding.message()) + " [" + finding.code() + ", "
                + finding.severity().name().toLowerCase(Locale.ROOT) + "]";
    }

    private static String narrow(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_MESSAGE) return text;
        return text.substring(0, text.offsetByCodePoints(0, MAX_MESSAGE)) + "…";
    }

    private static String summary(List<Finding> findings) {
        if (findings.isEmpty()) return "nothing found";
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            String word = severity.name().toLowerCase(Locale.ROOT);
            if (count > 0) counts.add(count + " " + word + (count == 1 ? "" : "s"));
        }
        return String.join(", ", counts);
    }
}
