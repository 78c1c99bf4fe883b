package dev.toolpolicy.testing;

import dev.toolpolicy.document.PolicyDocument.Position;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/** What is exercised and what is missed, as a text for people. */
final class CoverageReport {
    private static final int MAX_POINTER = 200;
    private static final int WIDEST_LABEL = 20;
    /** As many places as the message of a failed build tells. */
    private static final int MOST_PLACES = 50;

    private final StringBuilder out = new StringBuilder();
    private int places;

    private CoverageReport() {}

    static Tally total(Collection<PolicyCoverage> policies) {
        return Tally.of(
                policies.stream().flatMap(policy -> policy.points().stream()).toList());
    }

    /** Why less may be exercised than the cases were written for; {@code ""} if none of them fails. */
    static String failed(int cases) {
        if (cases == 0) return "";
        return (cases == 1 ? "1 case fails" : cases + " cases fail")
                + ": a call that is not decided as expected, and whatever follows it in its case,"
                + " counts for nothing here\n";
    }

    static String of(Collection<PolicyCoverage> policies, int failedCases) {
        if (policies.isEmpty()) return "no policy was measured\n";
        CoverageReport report = new CoverageReport();
        report.out.append(failed(failedCases));
        for (PolicyCoverage policy : policies) {
            report.table(policy);
            report.missed(policy, Integer.MAX_VALUE);
        }
        if (policies.size() > 1) report.headline("all " + policies.size() + " policies", total(policies));
        return report.out.toString();
    }

    /** The message of a build that fails. */
    static String tooLittle(Collection<PolicyCoverage> policies, double required, int failedCases) {
        CoverageReport report = new CoverageReport();
        report.out
                .append("the tests exercise ")
                .append(total(policies).shown())
                .append(" of what is in the policies, and ")
                .append(BigDecimal.valueOf(required).stripTrailingZeros().toPlainString())
                .append(" % is required\n")
                .append(failed(failedCases));
        for (PolicyCoverage policy : policies) report.missed(policy, MOST_PLACES);
        if (report.places > MOST_PLACES) {
            int more = report.places - MOST_PLACES;
            report.out.append("and at ").append(more).append(" more places: the whole report has them\n");
        }
        return report.out.toString();
    }

    private void headline(String name, Tally tally) {
        out.append(name)
                .append(": ")
                .append(tally.shown())
                .append(" exercised, ")
                .append(tally.covered())
                .append(" of ")
                .append(tally.total())
                .append('\n');
    }

    private void table(PolicyCoverage policy) {
        headline(policy.document().name(), policy.tally());
        for (PointKind kind : PointKind.values()) {
            List<Point> points = policy.points(kind);
            if (points.isEmpty()) continue;
            Tally tally = Tally.of(points);
            out.append("  ")
                    .append(kind.label())
                    .append(" ".repeat(WIDEST_LABEL - kind.label().length()));
            out.append(tally.covered()).append('/').append(tally.total());
            out.append(uncounted(points)).append('\n');
        }
    }

    private static String uncounted(List<Point> points) {
        List<Point> uncounted =
                points.stream().filter(point -> !point.counted()).toList();
        if (uncounted.isEmpty()) return "";
        long covered = uncounted.stream().filter(Point::covered).count();
        return " (and " + covered + " of " + uncounted.size() + " with the argument missing, not counted)";
    }

    private void missed(PolicyCoverage policy, int most) {
        for (List<Point> place : policy.places()) {
            List<Point> missed = place.stream().filter(Point::missed).toList();
            if (missed.isEmpty()) continue;
            places++;
            if (places <= most) missed(policy, missed);
        }
    }

    private void missed(PolicyCoverage policy, List<Point> missed) {
        Position at = policy.position(missed.get(0));
        String name = policy.document().name();
        String pointer = Json.shown(missed.get(0).pointer(), MAX_POINTER);
        out.append(name).append(':').append(at.line()).append(':').append(at.column());
        out.append(' ').append(pointer).append('\n');
        out.append(policy.document().excerpt(at));
        for (Point point : missed) {
            out.append("  missed: ").append(point.missing()).append('\n');
            out.append("    hint: ").append(point.hint()).append('\n');
        }
    }
}
