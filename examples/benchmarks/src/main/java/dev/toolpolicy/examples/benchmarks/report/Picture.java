package dev.toolpolicy.examples.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** The peers as bars, on a scale of powers of ten: how many times as long as the floor each takes. Readable on light and on dark. */
final class Picture {
    private static final int LEFT = 240;
    private static final int RIGHT = 90;
    private static final int DECADE = 90;
    private static final int TOP = 44;
    private static final int BAR = 13;
    private static final int GAP = 12;

    private final Rows rows;
    private final Tables tables;
    private final StringBuilder out = new StringBuilder();
    private int y = TOP;

    private Picture(Rows rows) {
        this.rows = rows;
        this.tables = new Tables(rows);
    }

    static String of(Rows rows) {
        return new Picture(rows).text();
    }

    private String text() {
        for (String engine : tables.engines()) {
            if (!engine.equals("FLOOR")) engine(engine);
        }
        int decades = (int) Math.ceil(Math.log10(mostRatio()));
        int width = LEFT + decades * DECADE + RIGHT;
        return head(width, y + 10) + axis(decades) + out + "</svg>\n";
    }

    private double mostRatio() {
        return rows.of(Tables.PEERS).mapToDouble(rows::ratio).max().orElse(10);
    }

    private void engine(String engine) {
        List<Row> own =
                rows.of(Tables.PEERS).filter(row -> row.method().equals(engine)).toList();
        String colour = engine.equals("TOOLPOLICY") ? "own" : "peer";
        label(LEFT - 60, y + BAR, "end", Tables.name(engine).replace("*", ""));
        for (String size : tables.sizes()) {
            for (Row row : own) {
                if (Tables.size(row).equals(size)) bar(row, colour);
            }
        }
        y += GAP;
    }

    private void bar(Row row, String colour) {
        double ratio = rows.ratio(row);
        int length = Math.max(1, (int) Math.round(Math.log10(ratio) * DECADE));
        label(LEFT - 8, y + BAR - 3, "end", Tables.size(row));
        out.append("<rect class=\"" + colour + "\" x=\"" + LEFT + "\" y=\"" + y + "\" width=\"" + length
                + "\" height=\"" + (BAR - 2) + "\"/>\n");
        label(LEFT + length + 5, y + BAR - 3, "start", Text.of(ratio));
        y += BAR;
    }

    private void label(int x, int at, String anchor, String text) {
        out.append("<text x=\"" + x + "\" y=\"" + at + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n");
    }

    private static String head(int width, int height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" font-family="sans-serif" font-size="11">
                <style>
                text { fill: #24292f } .own { fill: #1a7f37 } .peer { fill: #6e7781 } line { stroke: #d0d7de }
                @media (prefers-color-scheme: dark) {
                  text { fill: #e6edf3 } .own { fill: #3fb950 } .peer { fill: #8b949e } line { stroke: #30363d }
                }
                </style>
                <title>One decision, in multiples of a map and a lambda, by the number of rules</title>
                <text x="8" y="16" font-size="13">One decision, × a map and a lambda; by the number of rules</text>
                """.formatted(width, height, width);
    }

    private String axis(int decades) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= decades; i++) {
            int x = LEFT + i * DECADE;
            String power = String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, i)));
            lines.append("<line x1=\"" + x + "\" y1=\"" + (TOP - 8) + "\" x2=\"" + x + "\" y2=\"" + y + "\"/>\n");
            lines.append(
                    "<text x=\"" + x + "\" y=\"" + (TOP - 12) + "\" text-anchor=\"middle\">" + power + "</text>\n");
        }
        return lines.toString();
    }
}
