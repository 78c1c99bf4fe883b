package dev.toolpolicy.analysis;

import dev.toolpolicy.Condition;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.json.Json;
import java.util.Collection;
import java.util.stream.Collectors;

/** Parts of a policy as messages show them. */
final class Shown {
    private static final int MOST_NAMES = 5;
    private static final int MOST_CHARACTERS = 40;

    private Shown() {}

    /** A text of the document, in backticks. */
    static String quoted(String text) {
        return "`" + Json.shown(text) + "`";
    }

    /** A condition in few words. */
    static String condition(Condition condition) {
        if (condition instanceof Condition.AllOf) return "`all_of`";
        if (condition instanceof Condition.AnyOf) return "`any_of`";
        if (condition instanceof Condition.Not not) return "not " + condition(not.condition());
        Test test = (Test) condition;
        return "`" + Json.shown(test.path().toString()) + " " + test.operator().word() + " " + operand(test) + "`";
    }

    private static String operand(Test test) {
        if (test.operand() instanceof ValueFrom from)
            return Json.shown(from.path().toString());
        return Json.shown(Json.canonical(((Value) test.operand()).json()), MOST_CHARACTERS);
    }

    /** A few names, and whether there are more. */
    static String names(Collection<String> names) {
        String some = names.stream().limit(MOST_NAMES).map(Shown::quoted).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? some + " and " + (names.size() - MOST_NAMES) + " more" : some;
    }
}
