package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.document.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of one file: it is no policy, and has problems; or it is one, and may have findings.
 *
 * @param report both, as people read it
 */
record Checked(Path file, List<Problem> problems, List<Finding> findings, String report) {
    Checked {
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }

    /** Whether there is something that matters at least that much. */
    boolean fails(FailOn bound) {
        return !problems.isEmpty() || findings.stream().anyMatch(finding -> bound.includes(finding.severity()));
    }
}
