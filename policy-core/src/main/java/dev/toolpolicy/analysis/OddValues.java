package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Subject.StandingTest;
import java.util.List;

/** Values that read as something else than they are: a path into the call, a folder of the shell, a word among several. */
final class OddValues implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.tests(standing -> {
            Test test = standing.placed().test();
            if (test.operator() == Operator.CONTAINS) containsOfIdentity(standing, notes);
            if (!(test.operand() instanceof Value value)) return;
            if (test.operator().takesValueFrom() && value.json() instanceof String text)
                likeAPath(standing, text, notes);
            if (test.operator() == Operator.PATH_WITHIN) {
                List<?> roots = value.json() instanceof List<?> list ? list : List.of(String.valueOf(value.json()));
                for (Object root : roots) if (root instanceof String text) root(standing, text, notes);
            }
        });
    }

    /** An attribute is a list for one caller and a string for another: the host decides, not the policy. */
    private static void containsOfIdentity(StandingTest standing, Notes notes) {
        CallPath path = standing.placed().path();
        if (path.root() != CallPath.Root.IDENTITY || !standing.letsThrough()) return;
        notes.add(
                Code.CONTAINS_OF_IDENTITY,
                standing.placed().pointer(),
                "where " + Shown.quoted(path.toString())
                        + " is one string, `contains` is content with a piece of it: `admin` is in `no-admin`",
                path.steps().size() == 1 && isAttribute(path)
                        ? "if it is one string, write `eq` or `in`; if it is a list, make sure that the host never gives a string"
                        : "write `eq` or `in`");
    }

    private static boolean isAttribute(CallPath path) {
        return path.steps().get(0) instanceof CallPath.Key key
                && !key.name().equals("grant")
                && !key.name().equals("session");
    }

    private static void likeAPath(StandingTest standing, String text, Notes notes) {
        boolean like = isPath(text, "identity.") || isPath(text, "args.");
        if (!like) return;
        notes.add(
                Code.VALUE_LIKE_A_PATH,
                standing.placed().pointer() + "/value",
                "`value` is the text " + Shown.quoted(text) + ", letter by letter, not what is there in the call",
                "write `\"value_from\": \"" + text + "\"` to compare with what is there");
    }

    /** Whether it could stand in {@code value_from}: a name, and of arguments also what lies below. */
    private static boolean isPath(String text, String root) {
        if (!text.startsWith(root)) return false;
        int from = root.length();
        for (int i = from; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '.') continue;
            if (!isBareName(text, from, i)) return false;
            from = i + 1;
        }
        return root.equals("args.") || text.indexOf('.', root.length()) < 0;
    }

    private static boolean isBareName(String text, int from, int to) {
        if (from == to || !isLetter(text.charAt(from))) return false;
        return text.substring(from, to).chars().allMatch(c -> isLetter((char) c) || c == '-' || (c >= '0' && c <= '9'));
    }

    private static boolean isLetter(char c) {
        return c == '_' || isUpper(c) || (c >= 'a' && c <= 'z');
    }

    private static void root(StandingTest standing, String root, Notes notes) {
        String odd = oddity(root);
        if (odd.isEmpty()) return;
        notes.add(
                Code.ODD_ROOT,
                standing.placed().pointer() + "/value",
                "`path_within` takes " + Shown.quoted(root) + " letter by letter: " + odd,
                "write the folder as the tool sees it; all that lies below it is within");
    }

    private static String oddity(String root) {
        if (root.contains("*")) return "`*` stands for a folder of that name, not for any";
        int dollar = root.indexOf('$');
        boolean variable = dollar >= 0
                && dollar + 1 < root.length()
                && (root.charAt(dollar + 1) == '{' || isUpper(root.charAt(dollar + 1)));
        return variable ? "no variable is filled in" : "";
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
