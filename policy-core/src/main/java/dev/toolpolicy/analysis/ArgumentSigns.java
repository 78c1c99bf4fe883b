package dev.toolpolicy.analysis;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the arguments of a tool say of it: how much it moves, what code it runs, which of several things it does. */
final class ArgumentSigns {
    private static final int MOST_TOLD = 3;
    private static final int LONGEST_TOLD = 32;

    private final Signs signs;
    private final List<String> toolWords;
    private final boolean reads;
    private final Set<String> paths = new LinkedHashSet<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Map<String, Object> root;
    private boolean amount;

    private ArgumentSigns(Signs signs, List<String> toolWords, Map<String, Object> root) {
        this.signs = signs;
        this.root = root;
        this.toolWords = toolWords;
        this.reads = signs.risk() == Risk.READ;
    }

    /** Adds the signs of a tool's arguments, wherever in its schema they stand. */
    static void add(Signs signs, List<String> toolWords, Map<String, Object> schema) {
        ArgumentSigns arguments = new ArgumentSigns(signs, toolWords, schema);
        arguments.walk(schema, 0);
        arguments.conclude();
    }

    private void walk(Object json, int depth) {
        if (depth > JsonText.MAX_DEPTH) return;
        if (json instanceof List<?> list) {
            for (Object element : list) if (element != null) walk(element, depth + 1);
        } else if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                if (value == null) return;
                if ("properties".equals(key) && value instanceof Map<?, ?> properties) {
                    properties.forEach(this::argument);
                }
                // Nothing obliges a server to describe what it requires.
                if ("required".equals(key) && value instanceof List<?> names) names.forEach(n -> argument(n, null));
                walk(value, depth + 1);
            });
        }
    }

    private void argument(@Nullable Object key, @Nullable Object schema) {
        if (!(key instanceof String name)) return;
        List<String> words = NameWords.of(name);
        if (words.isEmpty()) return;
        String told = told(name);
        money(words, told);
        code(words, told);
        reach(words, told);
        switched(words, schema, told);
        if (RiskWords.isChoice(words.get(words.size() - 1))) choices(new Choices(root).of(schema), told);
    }

    /** A tool that reads may do more if it is told to. */
    private void switched(List<String> words, @Nullable Object schema, String told) {
        if (!reads || !new Choices(root).canBeBoolean(schema)) return;
        if (words.stream().noneMatch(RiskWords::isSwitch)) return;
        signs.suspect(Risk.WRITE, "argument", told, told + " may make it do more than read");
    }

    private void money(List<String> words, String told) {
        if (words.stream().anyMatch(RiskWords::isAmount)) {
            if (reads && words.stream().anyMatch(RiskWords::isBound)) return;
            amount = true;
            signs.suspect(Risk.FINANCIAL, "argument", told, told + " may say how much money a call moves");
        } else if (!reads && words.stream().anyMatch(RiskWords::isPrice)) {
            signs.suspect(Risk.FINANCIAL, "argument", told, told + " may only describe something, and move nothing");
        }
    }

    private void code(List<String> words, String told) {
        String last = words.get(words.size() - 1);
        boolean asked = last.equals("query") && toolWords.stream().anyMatch(RiskWords::isDatabase);
        if (!RiskWords.isCode(last) && !asked) return;
        // `country_code` is none.
        boolean mayBeAKey = last.equals("code") && (words.size() > 1 || reads);
        boolean onlyJudged = reads && RiskWords.isJudging(toolWords.get(0));
        if (mayBeAKey || onlyJudged) {
            if (words.size() == 1 || onlyJudged) signs.unsureOf(told + " may be code that the tool runs");
        } else {
            signs.suspect(
                    Risk.EXECUTE, "argument", told, told + " may be code that the tool runs, whatever its name says");
        }
    }

    private void reach(List<String> words, String told) {
        String last = words.get(words.size() - 1);
        if (RiskWords.isPath(last)) paths.add(told);
        boolean opened = last.equals("address") && words.stream().anyMatch(RiskWords::isOpening);
        if (RiskWords.isHost(last) || opened) hosts.add(told);
    }

    /** An argument that says what is done makes one tool several: the worst of them counts. */
    private void choices(Set<String> values, String told) {
        for (String value : values) {
            for (String word : NameWords.of(value)) {
                if (RiskWords.isMove(word)) chosen(Risk.FINANCIAL, word, told);
                RiskWords.verb(word).filter(risk -> risk != Risk.READ).ifPresent(risk -> chosen(risk, word, told));
            }
        }
    }

    private void chosen(Risk risk, String word, String told) {
        String doubt = "it does several things, by " + told + ": what is allowed could depend on that";
        signs.suspect(risk, "argument " + told + " can be", "`" + word + "`", doubt);
    }

    private void conclude() {
        if (!paths.isEmpty()) signs.unsureOf("any path can be given in " + list(paths) + ": require `path_within`");
        if (!hosts.isEmpty()) {
            signs.unsureOf("any host can be given in " + list(hosts) + ": require `host_in` or `matches`");
        }
        if (signs.risk() == Risk.FINANCIAL && !amount) {
            signs.unsureOf("no argument says how much a call moves, so that no limit can count it");
        }
    }

    private static String list(Set<String> names) {
        List<String> told = new ArrayList<>(names.stream().limit(MOST_TOLD).toList());
        if (names.size() > MOST_TOLD) told.add("others");
        return String.join(", ", told);
    }

    /** An argument's name is the server's word too: one that is not plain is not repeated. */
    private static String told(String name) {
        return ToolPattern.isName(name) && name.length() <= LONGEST_TOLD ? "`" + name + "`" : "(of an odd name)";
    }
}
