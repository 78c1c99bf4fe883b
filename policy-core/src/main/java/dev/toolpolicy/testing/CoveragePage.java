package dev.toolpolicy.testing;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is exercised and what is missed, as one page of HTML: nothing of it is fetched, nothing of it runs. It is XML too, so that
 * any program can read it.
 */
final class CoveragePage {
    /** As many lines as one can jump to. */
    private static final int MOST_LINKS = 200;

    private final StringBuilder out = new StringBuilder();

    private CoveragePage() {}

    static String of(Collection<PolicyCoverage> policies, int failedCases) {
        CoveragePage page = new CoveragePage();
        Tally total = CoverageReport.total(policies);
        page.head(total);
        page.out
                .append("<h1>Policy coverage <strong class=\"")
                .append(Status.of(total).style())
                .append("\">");
        page.out.append(total.shown()).append("</strong></h1>\n");
        if (policies.isEmpty()) page.out.append("<p>No policy was measured.</p>\n");
        else page.legend(total);
        if (failedCases > 0) {
            page.out
                    .append("<p>")
                    .append(Html.text(CoverageReport.failed(failedCases).strip()))
                    .append(".</p>\n");
        }
        if (policies.size() > 1) page.summary(policies, total);
        int number = 1;
        for (PolicyCoverage policy : policies) page.section(policy, "p" + number++);
        return page.out.append("</body>\n</html>\n").toString();
    }

    private void head(Tally total) {
        out.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
                """);
        out.append("<title>Policy coverage ").append(total.shown()).append("</title>\n");
        out.append("<style>\n").append(CoverageStyle.CSS).append("</style>\n</head>\n<body>\n");
    }

    private void legend(Tally total) {
        out.append("<p class=\"legend\">")
                .append(total.covered())
                .append(" of ")
                .append(total.total());
        out.append(" points are exercised.");
        for (Status status : Status.values()) {
            out.append(" <span class=\"key ").append(status.style()).append("\">");
            out.append(status.sign()).append(' ').append(status.words()).append("</span>");
        }
        out.append("</p>\n");
    }

    private void summary(Collection<PolicyCoverage> policies, Tally total) {
        out.append("<table class=\"figures\">\n<thead><tr><th scope=\"col\">policy</th><th scope=\"col\">points</th>");
        out.append("<th scope=\"col\" colspan=\"2\">exercised</th></tr></thead>\n<tbody>\n");
        int number = 1;
        for (PolicyCoverage policy : policies) {
            String name = Html.text(policy.document().name());
            figures("<a href=\"#p" + number++ + "\">" + name + "</a>", policy.tally());
        }
        out.append("</tbody>\n<tfoot>\n");
        figures("all", total);
        out.append("</tfoot>\n</table>\n");
    }

    private void figures(String name, Tally tally) {
        Status status = Status.of(tally);
        out.append("<tr><th scope=\"row\">").append(name).append("</th><td class=\"number\">");
        out.append(tally.covered()).append(" of ").append(tally.total()).append("</td><td class=\"number\">");
        out.append(tally.shown())
                .append("</td><td><span aria-hidden=\"true\" class=\"bar ")
                .append(status.style());
        out.append("\"><span style=\"width:").append(tally.width()).append("\"></span></span></td></tr>\n");
    }

    private void section(PolicyCoverage policy, String id) {
        out.append("<section id=\"").append(id).append("\">\n<h2>");
        out.append(Html.text(policy.document().name()));
        out.append(" <strong class=\"")
                .append(Status.of(policy.tally()).style())
                .append("\">");
        out.append(policy.tally().shown()).append("</strong></h2>\n");
        out.append("<table class=\"figures\">\n<tbody>\n");
        for (PointKind kind : PointKind.values()) {
            List<Point> points = policy.points(kind);
            if (!points.isEmpty()) figures(Html.text(kind.label()), Tally.of(points));
        }
        out.append("</tbody>\n</table>\n");
        notCounted(policy);
        links(policy, id);
        out.append(SourceTable.of(policy, id)).append("</section>\n");
    }

    private void notCounted(PolicyCoverage policy) {
        List<Point> missing =
                policy.points().stream().filter(point -> !point.counted()).toList();
        if (missing.isEmpty()) return;
        long seen = missing.stream().filter(Point::covered).count();
        out.append("<p>Not counted: ").append(seen).append(" of the ").append(missing.size());
        out.append(" conditions to which an argument may be missing met a call without it.</p>\n");
    }

    private void links(PolicyCoverage policy, String id) {
        List<Integer> lines = missedLines(policy).toList();
        if (lines.isEmpty()) {
            out.append("<p>Nothing is missed.</p>\n");
            return;
        }
        out.append("<p>Missed at line");
        String separator = " ";
        for (int line : lines.subList(0, Math.min(MOST_LINKS, lines.size()))) {
            out.append(separator)
                    .append("<a href=\"#")
                    .append(id)
                    .append('L')
                    .append(line)
                    .append("\">");
            out.append(line).append("</a>");
            separator = ", ";
        }
        if (lines.size() > MOST_LINKS)
            out.append(" and ").append(lines.size() - MOST_LINKS).append(" more");
        out.append(".</p>\n");
    }

    private static Stream<Integer> missedLines(PolicyCoverage policy) {
        return policy.points().stream()
                .filter(Point::missed)
                .map(point -> policy.position(point).line())
                .distinct();
    }
}
