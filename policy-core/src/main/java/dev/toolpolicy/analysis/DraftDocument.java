package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a draft down as a policy: one block for each tool, with its usual rule and why it has that. */
final class DraftDocument {
    /** A counter's name is no longer than this. */
    private static final int LONGEST_COUNTER = 128;
    /** The reasons of hidden tools stand in one line, which nobody reads to the end if it is long. */
    private static final int MOST_HIDDEN_TOLD = 30;

    /** The report tells them all. */
    private static final int MOST_DOUBTS_TOLD = 4;

    private static final int WRITES_A_MINUTE = 30;
    private static final int EXECUTIONS_A_MINUTE = 10;

    private DraftDocument() {}

    static String of(List<Drafted> tools) {
        List<Drafted> hidden =
                tools.stream().filter(tool -> tool.risk() == Risk.DESTRUCTIVE).toList();
        List<Drafted> listed =
                tools.stream().filter(tool -> tool.risk() != Risk.DESTRUCTIVE).toList();
        List<String> members = new ArrayList<>();
        members.add(member("version", "1"));
        members.add(member("description", description(hidden, listed)));
        members.add(member("default", "deny"));
        if (!hidden.isEmpty()) {
            members.add(block(
                    "  \"hide\": [",
                    hidden.stream().map(tool -> "    " + quoted(tool.name())).toList(),
                    "  ]"));
        }
        members.add(block(
                "  \"tools\": {", listed.stream().map(DraftDocument::entry).toList(), "  }"));
        return block("{", members, "}") + "\n";
    }

    private static String description(List<Drafted> hidden, List<Drafted> listed) {
        StringBuilder out = new StringBuilder("a draft, made from what the server lists: read it before you use it");
        if (hidden.isEmpty() && listed.isEmpty()) out.append("; there was no tool for it, so every call is denied");
        if (hidden.isEmpty()) return out.toString();
        out.append("; hidden as destructive: ");
        String separator = "";
        for (Drafted tool : hidden.subList(0, Math.min(hidden.size(), MOST_HIDDEN_TOLD))) {
            out.append(separator)
                    .append(tool.name())
                    .append(" (")
                    .append(why(tool))
                    .append(')');
            separator = ", ";
        }
        int more = hidden.size() - MOST_HIDDEN_TOLD;
        if (more > 0) out.append(", and ").append(more).append(" more");
        return out.toString();
    }

    private static String entry(Drafted tool) {
        List<String> members = new ArrayList<>();
        members.add("    " + member("description", tool.risk().word() + ": " + why(tool)));
        switch (tool.risk()) {
            case WRITE -> members.add(limit(tool, WRITES_A_MINUTE));
            case EXECUTE -> members.add(limit(tool, EXECUTIONS_A_MINUTE));
            case FINANCIAL -> {
                members.add("    " + member("action", "require_approval"));
                members.add("    " + member("reason", "it may move money: a person approves each call"));
            }
            // A hidden one has no entry.
            case READ, DESTRUCTIVE -> {}
        }
        return block("    " + quoted(tool.name()) + ": {", members, "    }");
    }

    private static String limit(Drafted tool, int most) {
        return "      \"limits\": [ { \"counter\": " + quoted(counter(tool.name()))
                + ", \"window\": \"minute\", \"max\": " + most + ", \"scope\": \"grant\" } ]";
    }

    /** A counter for each tool: of a name that leaves no room for more, its beginning and a hash, by a sign that no name has. */
    private static String counter(String name) {
        String counter = name + "_calls";
        if (counter.length() <= LONGEST_COUNTER) return counter;
        String hash = Sha256.of(name.getBytes(StandardCharsets.US_ASCII)).substring(0, 32);
        return name.substring(0, LONGEST_COUNTER / 2) + ":" + hash;
    }

    private static String why(Drafted tool) {
        if (tool.unsure().isEmpty()) return tool.reason();
        List<String> told = tool.unsure().stream().limit(MOST_DOUBTS_TOLD).toList();
        return tool.reason() + "; unsure: " + String.join("; ", told);
    }

    private static String member(String key, String text) {
        return "  " + quoted(key) + ": " + quoted(text);
    }

    private static String block(String begin, List<String> members, String end) {
        if (members.isEmpty()) return begin + end.strip();
        return begin + "\n" + String.join(",\n", members) + "\n" + end;
    }

    private static String quoted(String text) {
        return Json.canonical(text);
    }
}
