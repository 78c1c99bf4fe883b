package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Classes the tools of a server: by the verbs of a name first, then by arguments, then by what the server says of them, which can
 * only raise the class. What is not understood is a write, never a read.
 */
final class Classifier {
    /** What the tools of this server begin their names with: it names the server, and is no verb. */
    private final Set<String> prefixes;

    private static final String NAME_SAYS = "name says";

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
                .filter(entry -> entry.getValue() > 1)
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
        return checksOut ? List.of("checkout") : own;
    }

    private static void name(List<String> words, Signs signs) {
        boolean reads = !words.isEmpty() && RiskWords.reads(words.get(0));
        if (reads) signs.add(Risk.READ, NAME_SAYS, code(words.get(0)));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean joined = i > 0 && RiskWords.isJoining(words.get(i - 1));
            // What is read may have the name of a verb: `get_run`, but not `get_and_run`.
            if (reads && RiskWords.isAlsoNoun(word) && !joined) continue;
            Optional<Risk> verb = RiskWords.verb(word).filter(risk -> risk != Risk.READ);
            if (verb.isEmpty()) continue;
            if (reads) {
                String doubt = "its name says both `" + words.get(0) + "` and `" + word + "`";
                signs.suspect(verb.get(), NAME_SAYS, code(word), doubt);
            } else signs.add(verb.get(), NAME_SAYS, code(word));
        }
        if (!reads) money(words, signs);
        mild(words, signs);
        boolean understood =
                words.stream().anyMatch(word -> RiskWords.verb(word).isPresent());
        // A verb that reads, after a word that we do not know, may be a noun: `obliterate_list`.
        if (!reads && signs.risk() == Risk.READ) unknown(words, signs, understood);
    }

    private static void money(List<String> words, Signs signs) {
        boolean brake = !words.isEmpty() && RiskWords.isBrake(words.get(0));
        if (brake) signs.unsureOf("it stops something: that is the brake, and may also end what protects");
        for (int i = 0; i < words.size(); i++) {
            // What is stopped moves no money, what is done then may: `cancel_and_refund`.
            boolean stopped = brake && !(i > 0 && RiskWords.isJoining(words.get(i - 1)));
            if (RiskWords.isMoney(words.get(i)) && !stopped) signs.add(Risk.FINANCIAL, NAME_SAYS, code(words.get(i)));
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

    private static void unknown(List<String> words, Signs signs, boolean readsLater) {
        boolean tells = !words.isEmpty() && RiskWords.isTold(words.get(words.size() - 1));
        if (tells && words.subList(0, words.size() - 1).stream().allMatch(RiskWords::isSubject)) {
            signs.add(Risk.READ, NAME_SAYS, code(words.get(words.size() - 1)));
            return;
        }
        signs.add(
                Risk.WRITE,
                readsLater ? "its name does not begin with a verb we know" : "no verb we know in its name",
                "");
        signs.unsureOf("what it does cannot be told from its name, so it is not taken for a read");
        for (RiskWords.Stem stem : RiskWords.stems()) {
            if (words.stream().anyMatch(word -> word.contains(stem.text()))) {
                signs.suspect(
                        stem.risk(),
                        "name contains",
                        code(stem.text()),
                        "a word of its name only contains `" + stem.text() + "`");
            }
        }
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
