package dev.toolpolicy.testing;

import dev.toolpolicy.document.PolicyDocument.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of one policy as a table with a row for each line: how much of it is exercised, and below it what is missed. */
final class SourceTable {
    private final String text;
    private final String id;
    /** The places of each line, by their offsets. */
    private final Map<Integer, SortedMap<Integer, List<Point>>> lines = new HashMap<>();

    private final StringBuilder out = new StringBuilder();

    private SourceTable(PolicyCoverage policy, String id) {
        this.text = policy.document().text();
        this.id = id;
        for (List<Point> place : policy.places()) {
            Position at = policy.position(place.get(0));
            lines.computeIfAbsent(at.line(), line -> new TreeMap<>())
                    .computeIfAbsent(at.offset(), offset -> new ArrayList<>())
                    .addAll(place);
        }
    }

    /** @param id what the ids of its rows begin with */
    static String of(PolicyCoverage policy, String id) {
        return new SourceTable(policy, id).table();
    }

    private String table() {
        out.append("<table class=\"source\">\n");
        int line = 1;
        int start = 0;
        while (start < text.length()) {
            int end = endOfLine(start);
            row(line, start, end);
            boolean two = text.startsWith("\r\n", end);
            start = end + (two ? 2 : 1);
            line++;
        }
        return out.append("</table>\n").toString();
    }

    private int endOfLine(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') end++;
        return end;
    }

    private void row(int line, int start, int end) {
        SortedMap<Integer, List<Point>> places = lines.getOrDefault(line, new TreeMap<>());
        List<Point> points = places.values().stream().flatMap(List::stream).toList();
        out.append("<tr id=\"").append(id).append('L').append(line).append('"');
        if (points.isEmpty()) out.append('>');
        else out.append(" class=\"").append(Status.of(points).style()).append("\">");
        out.append("<th scope=\"row\">").append(line).append("</th><td class=\"sign\">");
        if (!points.isEmpty()) sign(Status.of(points));
        out.append("</td><td><code class=\"line")
                .append(places.size() > 1 ? " many" : "")
                .append("\">");
        marked(places, start, end);
        out.append("</code>");
        missed(places.values());
        out.append("</td></tr>\n");
    }

    private void sign(Status status) {
        out.append("<span role=\"img\" aria-label=\"").append(status.words()).append("\">");
        out.append(status.sign()).append("</span>");
    }

    /** The line, with the beginning of each place marked; the mark tells all that is known of the place. */
    private void marked(SortedMap<Integer, List<Point>> places, int start, int end) {
        int from = start;
        for (Map.Entry<Integer, List<Point>> place : places.entrySet()) {
            int offset = place.getKey();
            int after = endOfToken(offset);
            source(from, offset);
            out.append("<mark class=\"").append(Status.of(place.getValue()).style());
            out.append("\" title=\"").append(told(place.getValue())).append("\">");
            source(offset, after);
            out.append("</mark>");
            from = after;
        }
        source(from, end);
    }

    private int endOfToken(int offset) {
        if (text.charAt(offset) != '"') return offset + 1;
        int end = offset + 1;
        while (text.charAt(end) != '"') end += text.charAt(end) == '\\' ? 2 : 1;
        return end + 1;
    }

    private void source(int from, int to) {
        out.append(Html.text(text.substring(from, to).replace("\t", "    ")));
    }

    private static String told(List<Point> place) {
        return place.stream().map(SourceTable::told).collect(Collectors.joining("&#10;"));
    }

    private static String told(Point point) {
        Status status = point.covered() ? Status.FULL : Status.NONE;
        if (point.counted()) return status.sign() + ' ' + point.label();
        return point.label() + (point.covered() ? ": yes" : ": no") + " (not counted)";
    }

    private void missed(Collection<List<Point>> places) {
        List<List<Point>> missed = places.stream()
                .map(place -> place.stream().filter(Point::missed).toList())
                .filter(place -> !place.isEmpty())
                .toList();
        if (missed.isEmpty()) return;
        out.append("\n<ul class=\"missed\">\n");
        for (List<Point> place : missed) {
            // Else it is plain what is meant.
            if (places.size() > 1) at(place.get(0).pointer());
            place.forEach(this::missed);
        }
        out.append("</ul>");
    }

    private void at(String pointer) {
        out.append("<li class=\"at\"><code>").append(Html.text(pointer)).append("</code></li>\n");
    }

    private void missed(Point point) {
        out.append("<li><span class=\"sign\">").append(Status.NONE.sign()).append("</span> ");
        out.append(Html.sentence(point.missing()));
        out.append(" <span class=\"hint\">").append(Html.sentence(point.hint())).append("</span></li>\n");
    }
}
