package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Classes the tools of a server: by the verbs of a name first, then by arguments, then by what the server says of them, which can
 * only raise the class. What is not understood is a write, never a read.
 */
final class Classifier {
    /** A word that so many tools begin their names with is the name of a server, and no verb. */
    private static final int ENOUGH_FOR_A_PREFIX = 3;

    private static final String NAME_SAYS = "name says";

    private final Set<String> prefixes;

    private Classifier(Set<String> prefixes) {
        this.prefixes = prefixes;
    }

    /** A classifier for the tools of one server. */
    static Classifier of(List<ServerTool> tools) {
        Map<String, Integer> begun = new HashMap<>();
        for (ServerTool tool : tools) {
            List<String> words = NameWords.of(tool.name());
            if (words.size() > 1 && !RiskWords.isKnown(words.get(0))) begun.merge(words.get(0), 1, Integer::sum);
        }
        return new Classifier(begun.entrySet().stream()
                .filter(entry -> entry.getValue() >= ENOUGH_FOR_A_PREFIX)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The class of a tool, and why. */
    Drafted classify(ServerTool tool) {
        Signs signs = new Signs();
        List<String> words = words(tool.name());
        name(words, signs);
        ArgumentSigns.add(signs, words, tool.inputSchema());
        TextSigns.add(signs, tool.title(), "its title");
        TextSigns.add(signs, tool.description(), "its description");
        annotations(tool.annotations(), signs);
        return signs.of(tool.name());
    }

    private List<String> words(String name) {
        List<String> words = NameWords.of(name);
        boolean prefixed = words.size() > 1 && prefixes.contains(words.get(0));
        List<String> own = prefixed ? words.subList(1, words.size()) : words;
        // `check_out` checks nothing.
        boolean checksOut =
                own.size() > 1 && own.get(0).equals("check") && own.get(1).equals("out");
        if (!checksOut) return own;
        List<String> joined = new ArrayList<>(own.subList(1, own.size()));
        joined.set(0, "checkout");
        return joined;
    }

    private static void name(List<String> words, Signs signs) {
        String first = words.isEmpty() ? "" : words.get(0);
        boolean reads = RiskWords.reads(first);
        if (reads) signs.add(Risk.READ, NAME_SAYS, code(first));
        if (RiskWords.isBrake(first)) {
            signs.unsureOf("it stops something: that is the brake, and may also end what protects");
        }
        for (int i = 0; i < words.size(); i++) {
            boolean joined = i > 0 && RiskWords.isJoining(words.get(i - 1));
            // What is read may have the name of a verb: `get_run`, but not `get_and_run`.
            if (reads && !joined) afterAVerbThatReads(first, words.get(i), i == words.size() - 1, signs);
            else word(words.get(i), reads, signs);
            // What is stopped moves no money, what is done then may: `cancel_and_refund`.
            boolean done = joined || !(reads || RiskWords.isBrake(first));
            if (done && RiskWords.isMoney(words.get(i))) signs.add(Risk.FINANCIAL, NAME_SAYS, code(words.get(i)));
        }
        mild(words, signs);
        // A verb that reads, after a word that we do not know, may be a noun: `obliterate_list`.
        if (!reads && signs.risk() == Risk.READ) unknown(words, signs);
    }

    private static void afterAVerbThatReads(String first, String word, boolean last, Signs signs) {
        // What is listed is several, `list_updates`; `list_update` is as likely to update a list.
        boolean ofAList = last && first.equals("list");
        if (RiskWords.isAlsoNoun(word) && !ofAList) return;
        String doubt = "its name says both `" + first + "` and `" + word + "`";
        RiskWords.verb(word).ifPresent(risk -> signs.suspect(risk, NAME_SAYS, code(word), doubt));
    }

    /** A word that may be a verb; {@code joined} to one that reads, it is taken for one even if we do not know it. */
    private static void word(String word, boolean joined, Signs signs) {
        RiskWords.verb(word).ifPresent(risk -> signs.add(risk, NAME_SAYS, code(word)));
        for (RiskWords.Stem stem : RiskWords.stems()) {
            if (!RiskWords.isKnown(word) && stem.isIn(word)) {
                signs.suspect(stem.risk(), "name contains", code(stem.text()), "a word of its name only contains it");
            }
        }
        if (joined && !RiskWords.isKnown(word)) {
            signs.suspect(Risk.WRITE, "name goes on after", "`and`", "what else it does cannot be told from its name");
        }
    }

    /** What may do less than it seems: the class stays, and a person may lower it. */
    private static void mild(List<String> words, Signs signs) {
        if (signs.risk() == Risk.READ) return;
        for (String word : words) {
            if (RiskWords.isPreparing(word)) signs.unsureOf("it may only prepare what another tool does");
            if (RiskWords.isListening(word)) signs.unsureOf("it may only listen, and change nothing");
        }
    }

    private static void unknown(List<String> words, Signs signs) {
        boolean tells = !words.isEmpty() && RiskWords.isTold(words.get(words.size() - 1));
        if (tells && words.subList(0, words.size() - 1).stream().allMatch(RiskWords::isSubject)) {
            signs.add(Risk.READ, NAME_SAYS, code(words.get(words.size() - 1)));
            return;
        }
        signs.add(Risk.WRITE, "its name does not begin with a verb we know", "");
        signs.unsureOf("what it does cannot be told from its name, so it is not taken for a read");
    }

    /** Hints, says the protocol: what one says in a tool's favour changes nothing. */
    private static void annotations(Map<String, Object> annotations, Signs signs) {
        Object readOnly = annotations.get("readOnlyHint");
        if (Boolean.TRUE.equals(readOnly) && signs.risk() != Risk.READ) {
            signs.unsureOf("the server says that it only reads, which nobody has checked");
        }
        if (Boolean.FALSE.equals(readOnly)) {
            signs.suspect(
                    Risk.WRITE,
                    "the server says",
                    "that it does not only read",
                    "its name says that it reads, the server not");
        }
        if (Boolean.TRUE.equals(annotations.get("destructiveHint"))) {
            signs.suspect(
                    Risk.DESTRUCTIVE,
                    "the server says",
                    "that it destroys",
                    "that it destroys is said by the server alone");
        }
    }

    private static String code(String word) {
        return "`" + word + "`";
    }
}
