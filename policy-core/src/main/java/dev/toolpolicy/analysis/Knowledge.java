package dev.toolpolicy.analysis;

import static dev.toolpolicy.analysis.Says.ANYTHING;
import static dev.toolpolicy.analysis.Says.FALSE;
import static dev.toolpolicy.analysis.Says.MISSING;
import static dev.toolpolicy.analysis.Says.TRUE;
import static dev.toolpolicy.analysis.Says.UNDECIDABLE;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is supposed of one call: where its paths lead, and what tests say of it. Of every element of a list something may be
 * supposed, and of some element something else.
 */
final class Knowledge {
    private final Map<CallPath, Situations> everywhere;
    private final Map<CallPath, List<Situations>> somewhere;
    private final Map<Asked, Integer> said;

    /** A test, as it is read where it stands. */
    private record Asked(Test test, boolean letsThrough) {}

    Knowledge() {
        this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private Knowledge(
            Map<CallPath, Situations> everywhere, Map<CallPath, List<Situations>> somewhere, Map<Asked, Integer> said) {
        this.everywhere = everywhere;
        this.somewhere = somewhere;
        this.said = said;
    }

    /** The same, to be added to by itself. */
    Knowledge copy() {
        Map<CallPath, List<Situations>> some = new HashMap<>();
        somewhere.forEach((path, situations) -> some.put(path, new ArrayList<>(situations)));
        return new Knowledge(new HashMap<>(everywhere), some, new HashMap<>(said));
    }

    /** Supposes that a path leads to one of these; false if that cannot be. */
    boolean suppose(CallPath path, Situations situations) {
        Situations known = everywhere.getOrDefault(path, Situations.at(path)).and(situations);
        everywhere.put(path, known);
        if (known.isEmpty()) return false;
        for (Situations some : somewhere.getOrDefault(path, List.of())) {
            if (some.and(known).isEmpty()) return false;
        }
        return true;
    }

    private boolean supposeSomewhere(CallPath path, Situations situations) {
        somewhere.computeIfAbsent(path, p -> new ArrayList<>()).add(situations);
        return !situations
                .and(everywhere.getOrDefault(path, Situations.at(path)))
                .isEmpty();
    }

    /** Supposes that a test says one of these; false if that cannot be. */
    boolean suppose(Test test, boolean letsThrough, int says) {
        int known = says & said.getOrDefault(new Asked(test, letsThrough), ANYTHING);
        said.put(new Asked(test, letsThrough), known);
        if (known == Says.NOTHING) return false;
        if (!test.path().everyElement()) return suppose(test.path(), Meaning.where(test, known));
        return supposeOfElements(test, letsThrough, known);
    }

    /** Where a match lets the call through, elements are read as {@code all_of}: one that is false makes it false, and so on. */
    private boolean supposeOfElements(Test test, boolean letsThrough, int says) {
        boolean regex = test.operator() == Operator.REGEX || test.operator() == Operator.MATCHES;
        // Of texts that are too long together nothing is said, whatever each is.
        if (regex && Says.has(says, UNDECIDABLE)) return true;
        int asAllOf = letsThrough ? says : Says.turned(says);
        if (!Says.has(asAllOf, FALSE)) {
            int each = ofEach(asAllOf);
            if (!suppose(test.path(), Meaning.where(test, letsThrough ? each : Says.turned(each)))) return false;
        }
        return Says.has(asAllOf, TRUE) || supposeSomewhere(test.path(), Meaning.where(test, says));
    }

    /** What each of several says that are true, undecidable or missing together. */
    private static int ofEach(int together) {
        if (Says.has(together, UNDECIDABLE)) return TRUE | UNDECIDABLE | MISSING;
        return Says.has(together, MISSING) ? TRUE | MISSING : TRUE;
    }
}
