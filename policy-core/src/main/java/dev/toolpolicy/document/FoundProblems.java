package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.document.ProblemLog.Located;
import java.util.ArrayList;
import java.util.List;

/** The problems of several documents. */
final class FoundProblems {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();

    /** A document that was rejected under this name. */
    void addAll(String name, ParseResult.Rejected rejected) {
        for (Problem problem : rejected.problems()) {
            problems.add(problem);
            lines.add(Report.headline(name, problem));
        }
        report.append(rejected.report());
    }

    /** What is wrong with a document that may be sound in itself. */
    void add(String name, Problem problem) {
        addAll(name, only(name, problem));
    }

    /** A document that is rejected for this alone. */
    static ParseResult.Rejected only(String name, Problem problem) {
        String report = Report.of(name, "", List.of(new Located(problem, 0)));
        return new ParseResult.Rejected(new RenderedProblems(List.of(problem), report));
    }

    /** Whether there are as many as anybody reads; if so, that is said, and further ones need not be looked for. */
    boolean areEnough(String name) {
        if (problems.size() < ProblemLog.MAX_PROBLEMS) return false;
        add(
                name,
                Problem.ofAll(
                        Code.TOO_MANY_PROBLEMS,
                        "there are more documents than those whose problems are told",
                        "mend these first, then the others are looked at"));
        return true;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** The problems, a line each. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The problems with their report. */
    ParseResult.Rejected rejected() {
        return new ParseResult.Rejected(new RenderedProblems(problems, report.toString()));
    }
}
