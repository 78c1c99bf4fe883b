package dev.toolpolicy.document;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The problems of one document together with their report, which was rendered while the text was at hand. */
final class RenderedProblems extends AbstractList<Problem> implements RandomAccess {
    private final List<Problem> problems;
    private final String report;

    RenderedProblems(List<Problem> problems, String report) {
        this.problems = List.copyOf(problems);
        this.report = report;
    }

    String report() {
        return report;
    }

    @Override
    public Problem get(int index) {
        return problems.get(index);
    }

    @Override
    public int size() {
        return problems.size();
    }
}
