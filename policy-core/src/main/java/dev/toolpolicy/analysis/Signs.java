package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was seen of one tool, each with the class that it speaks for. The class only rises: nothing that is added lowers it. */
final class Signs {
    /** A list of words that somebody else chose need not be told to its end. */
    private static final int MOST_TOLD = 3;

    private final Map<Risk, Map<String, Set<String>>> reasons = new EnumMap<>(Risk.class);
    private final Set<String> unsure = new LinkedHashSet<>();
    private Risk risk = Risk.READ;

    /** Something of which we are sure: where it was seen, as in <i>name says</i>, and what. */
    void add(Risk spokenFor, String where, String what) {
        reasons.computeIfAbsent(spokenFor, r -> new LinkedHashMap<>())
                .computeIfAbsent(where, w -> new LinkedHashSet<>())
                .add(what);
        if (spokenFor.compareTo(risk) > 0) risk = spokenFor;
    }

    /** Something that may be misread: to raise a class by it is to be unsure. */
    void suspect(Risk spokenFor, String where, String what, String doubt) {
        if (spokenFor.compareTo(risk) > 0) unsure.add(doubt);
        add(spokenFor, where, what);
    }

    void unsureOf(String doubt) {
        unsure.add(doubt);
    }

    Risk risk() {
        return risk;
    }

    /** What comes of it all. */
    Drafted of(String tool) {
        if (risk == Risk.DESTRUCTIVE && reasons.containsKey(Risk.FINANCIAL)) {
            unsure.add("it seems to move money too; it is hidden, which is stricter than to ask");
        }
        return new Drafted(tool, risk, reason(), List.copyOf(unsure));
    }

    private String reason() {
        StringBuilder out = new StringBuilder();
        reasons.getOrDefault(risk, Map.of()).entrySet().stream()
                .limit(MOST_TOLD)
                .forEach(seen -> {
                    if (!out.isEmpty()) out.append(", ");
                    List<String> what =
                            seen.getValue().stream().limit(MOST_TOLD).toList();
                    out.append(seen.getKey()).append(' ').append(String.join(", ", what));
                });
        return out.toString().strip();
    }
}
