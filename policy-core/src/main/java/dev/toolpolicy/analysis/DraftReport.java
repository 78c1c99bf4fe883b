package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes a draft down for people: a table, then what a person should look at. */
final class DraftReport {
    private static final String GAP = "  ";

    private DraftReport() {}

    static String of(List<Drafted> tools, List<String> leftOut) {
        StringBuilder out = new StringBuilder();
        out.append(summary(tools)).append('\n');
        if (!tools.isEmpty()) table(tools, out);
        List<Drafted> unsure =
                tools.stream().filter(tool -> !tool.unsure().isEmpty()).toList();
        if (!unsure.isEmpty()) out.append("\nunsure of\n");
        for (Drafted tool : unsure) {
            for (String doubt : tool.unsure()) {
                out.append(GAP).append(tool.name()).append(": ").append(doubt).append('\n');
            }
        }
        if (!leftOut.isEmpty()) out.append("\nleft out\n");
        for (String name : leftOut) out.append(GAP).append(name).append('\n');
        return out.toString();
    }

    private static String summary(List<Drafted> tools) {
        Map<Risk, Integer> counts = new EnumMap<>(Risk.class);
        for (Drafted tool : tools) counts.merge(tool.risk(), 1, Integer::sum);
        List<String> told = new ArrayList<>();
        counts.forEach((risk, count) -> told.add(count + " " + risk.word()));
        String total = tools.size() == 1 ? "1 tool" : tools.size() + " tools";
        return told.isEmpty() ? total + ", so every call is denied" : total + ": " + String.join(", ", told);
    }

    private static void table(List<Drafted> tools, StringBuilder out) {
        int names = 4;
        int classes = 5;
        for (Drafted tool : tools) {
            names = Math.max(names, tool.name().length());
            classes = Math.max(classes, tool.risk().word().length());
        }
        out.append('\n');
        row("tool", names, "class", classes, "why", out);
        for (Drafted tool : tools) row(tool.name(), names, tool.risk().word(), classes, tool.reason(), out);
    }

    private static void row(String name, int names, String risk, int classes, String why, StringBuilder out) {
        out.append(padded(name, names))
                .append(GAP)
                .append(padded(risk, classes))
                .append(GAP);
        out.append(why).append('\n');
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
