package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.document.Problem;
import dev.toolpolicy.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found, as JSON: a list of files, each with its problems and findings. */
final class CheckJson {
    private CheckJson() {}

    static String of(List<Checked> all) {
        return Json.canonical(
                Map.of("policies", all.stream().map(CheckJson::file).toList()));
    }

    private static Map<String, Object> file(Checked checked) {
        return Map.of(
                "file", checked.file().toString(),
                "problems", checked.problems().stream().map(CheckJson::problem).toList(),
                "findings", checked.findings().stream().map(CheckJson::finding).toList());
    }

    private static Map<String, Object> problem(Problem problem) {
        return Map.of(
                "code", problem.code().name(),
                "pointer", problem.pointer(),
                "line", (long) problem.line(),
                "column", (long) problem.column(),
                "message", problem.message(),
                "hint", problem.hint());
    }

    private static Map<String, Object> finding(Finding finding) {
        return Map.of(
                "code", finding.code().name(),
                "severity", finding.severity().name().toLowerCase(Locale.ROOT),
                "pointer", finding.pointer(),
                "line", (long) finding.line(),
                "column", (long) finding.column(),
                "message", finding.message(),
                "hint", finding.hint());
    }
}
