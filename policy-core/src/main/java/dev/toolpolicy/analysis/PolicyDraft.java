package dev.toolpolicy.analysis;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A policy to start from: each tool of a server classed by the harm that it may do, with the usual rule of its class. A person
 * reads it before it is put to use; what a draft is unsure of, it says.
 */
public final class PolicyDraft {
    /** How many tools a draft has room for: with more, the document would be larger than any that is read. */
    public static final int MAX_TOOLS = 10_000;

    private final List<Drafted> tools;
    private final List<String> leftOut;

    private PolicyDraft(List<Drafted> tools, List<String> leftOut) {
        this.tools = List.copyOf(tools);
        this.leftOut = List.copyOf(leftOut);
    }

    /**
     * Drafts a policy from what a server answers to {@code tools/list}.
     *
     * @throws IllegalArgumentException if it is not such an answer; the message says what is wrong
     */
    public static PolicyDraft from(String toolsListJson) {
        return from(ServerTools.parse(toolsListJson));
    }

    /** Drafts a policy for these tools, whatever they are called and say. */
    public static PolicyDraft from(ServerTools server) {
        Classifier classifier = Classifier.of(requireNonNull(server, "server").tools());
        Map<String, Drafted> drafted = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (ServerTool tool : server.tools()) {
            String name = tool.name();
            if (!ToolPattern.isName(name)) {
                leftOut.add(
                        "`" + Json.shown(name) + "`: a policy cannot spell this name, so every call of it is denied");
            } else if (drafted.size() == MAX_TOOLS && !drafted.containsKey(name)) {
                leftOut.add("`" + name + "`: a draft has room for " + MAX_TOOLS + " tools, so it is denied");
            } else {
                drafted.merge(name, classifier.classify(tool), Drafted::strictest);
            }
        }
        return new PolicyDraft(LookAlikes.told(List.copyOf(drafted.values())), leftOut);
    }

    /** The policy, as a document that {@code PolicyParser.standard()} reads without a problem. */
    public String toJson() {
        return DraftDocument.of(tools);
    }

    /** The tools that the policy knows, in the order of the list. */
    public List<Drafted> tools() {
        return tools;
    }

    /** The same for people: each tool with its class and why, then what is unsure and what was left out. */
    public String report() {
        return DraftReport.of(tools, leftOut);
    }

    /** The harm that a tool may do. Each class is held more strictly than the ones before it. */
    public enum Risk {
        /** It changes nothing: allowed. */
        READ,
        /** It changes something, which can be changed back: 30 calls a minute for each grant. */
        WRITE,
        /** It does what its arguments say: 10 calls a minute for each grant. */
        EXECUTE,
        /** It moves money: a person approves each call. */
        FINANCIAL,
        /** What it does is not undone: hidden. */
        DESTRUCTIVE;

        /** The class as a report writes it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One tool, classed.
     *
     * @param reason why it is in this class
     * @param unsure what a person should look at; empty if nothing
     */
    public record Drafted(String name, Risk risk, String reason, List<String> unsure) {
        public Drafted {
            requireNonNull(name, "name");
            requireNonNull(risk, "risk");
            requireNonNull(reason, "reason");
            unsure = List.copyOf(unsure);
        }

        Drafted unsureOf(String doubt) {
            // In front: it is about the call, the others only about the class.
            List<String> doubts = new ArrayList<>(List.of(doubt));
            doubts.addAll(unsure);
            return new Drafted(name, risk, reason, doubts);
        }

        /** Of two tools of one name: nobody knows which one a call would reach. */
        Drafted strictest(Drafted other) {
            Drafted strict = other.risk.compareTo(risk) > 0 ? other : this;
            String doubt = "it is listed more than once";
            return strict.unsure.contains(doubt) ? strict : strict.unsureOf(doubt);
        }
    }
}
