package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.analysis.Finding.Severity;
import dev.toolpolicy.document.Problem;
import dev.toolpolicy.json.Json;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was found, in the format that tools for code review read: SARIF 2.1.0. */
final class Sarif {
    /** Of the gateway, as its `--version` tells it. */
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** One thing that was found, a problem or a finding. */
    private record Result(String code, String level, String pointer, int line, int column, String text) {
        static Result of(Problem problem) {
            return new Result(
                    problem.code().name(),
                    "error",
                    problem.pointer(),
                    problem.line(),
                    problem.column(),
                    text(problem.message(), problem.hint()));
        }

        static Result of(Finding finding) {
            return new Result(
                    finding.code().name(),
                    levelOf(finding.severity()),
                    finding.pointer(),
                    finding.line(),
                    finding.column(),
                    text(finding.message(), finding.hint()));
        }

        private static String text(String message, String hint) {
            return message + "\nhint: " + hint;
        }
    }

    private Sarif() {}

    static String of(List<Checked> all) {
        // Sorted, so that the same findings are the same bytes.
        Map<String, String> levels = new TreeMap<>();
        for (Checked checked : all) results(checked).forEach(result -> levels.put(result.code(), result.level()));
        List<String> codes = List.copyOf(levels.keySet());
        List<Object> results = new ArrayList<>();
        for (Checked checked : all) {
            String uri = uri(checked.file());
            results(checked).forEach(result -> results.add(result(result, uri, codes)));
        }
        Map<String, Object> driver = Map.of(
                "name",
                "toolpolicy",
                "semanticVersion",
                VERSION,
                "rules",
                levels.entrySet().stream()
                        .map(each -> rule(each.getKey(), each.getValue()))
                        .toList());
        Map<String, Object> run =
                Map.of("tool", Map.of("driver", driver), "columnKind", "unicodeCodePoints", "results", results);
        return Json.canonical(Map.of("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run)));
    }

    private static Stream<Result> results(Checked checked) {
        return Stream.concat(
                checked.problems().stream().map(Result::of),
                checked.findings().stream().map(Result::of));
    }

    private static Map<String, Object> rule(String code, String level) {
        return Map.of("id", code, "defaultConfiguration", Map.of("level", level));
    }

    private static Map<String, Object> result(Result result, String uri, List<String> codes) {
        Map<String, Object> place = Map.of(
                "artifactLocation",
                Map.of("uri", uri),
                "region",
                Map.of("startLine", (long) result.line(), "startColumn", (long) result.column()));
        Map<String, Object> location = Map.of(
                "physicalLocation",
                place,
                "logicalLocations",
                List.of(Map.of("fullyQualifiedName", result.pointer(), "kind", "member")));
        return Map.of(
                "ruleId", result.code(),
                "ruleIndex", (long) codes.indexOf(result.code()),
                "level", result.level(),
                "message", Map.of("text", result.text()),
                "locations", List.of(location),
                // Lines move, and the same rule of the same policy is the same finding all the same.
                "partialFingerprints", Map.of("pointer/v1", result.code() + " " + uri + " " + result.pointer()));
    }

    private static String levelOf(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    /** As the file was named: what is relative stays so, for code review knows files by their path in the repository. */
    private static String uri(Path file) {
        if (file.isAbsolute()) return file.toUri().toString();
        String name = file.toString().replace(File.separatorChar, '/');
        // What stands before a colon would be taken for the scheme.
        boolean scheme = name.indexOf(':') >= 0 && (name.indexOf('/') < 0 || name.indexOf(':') < name.indexOf('/'));
        StringBuilder uri = new StringBuilder(scheme ? "./" : "");
        // Byte for byte, for the class of the JDK changes what it calls not normal: of two files it makes one.
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(unit)) uri.append((char) unit);
            else uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
        }
        return uri.toString();
    }

    private static boolean isPlain(byte unit) {
        boolean letter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
        return letter || (unit >= '0' && unit <= '9') || "/._-~:@!$&'()*+,;=".indexOf(unit) >= 0;
    }
}
