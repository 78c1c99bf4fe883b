package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Arguments that no tool of the server has, and tests that none of their values passes, by the server's own schemas. */
final class ServedArguments implements Check {
    private static final int MOST_SUGGESTIONS = 100;

    @Override
    public void look(Subject subject, Notes notes) {
        if (subject.served().isEmpty()) return;
        ServedTools served = subject.served().get();
        for (Section section : subject.outline().sections()) {
            List<ServerTool> tools = served.of(section);
            if (tools.isEmpty()) continue;
            for (PlacedRule rule : section.rules()) {
                for (PlacedTest placed : rule.tests()) {
                    test(placed, rule.list().letsThrough() != placed.negated(), tools, notes);
                }
            }
            for (PlacedLimit limit : section.limits()) {
                for (PlacedTest placed : limit.tests()) test(placed, placed.negated(), tools, notes);
                amount(limit, tools, notes);
            }
        }
    }

    private static void test(PlacedTest placed, boolean lets, List<ServerTool> tools, Notes notes) {
        if (placed.path().root() != CallPath.Root.ARGS) return;
        if (isUnknown(placed.path(), tools)) {
            unknown(placed.path(), placed.pointer() + "/path", tools, notes);
        } else if (neverMatches(placed, lets, tools)) {
            notes.add(
                    Code.NEVER_OF_THAT_TYPE,
                    placed.pointer(),
                    Shown.condition(placed.test()) + " is true of no value that the server's schema allows: "
                            + expected(placed.path(), tools),
                    "correct the value or the operator, or the path");
        }
    }

    private static void amount(PlacedLimit limit, List<ServerTool> tools, Notes notes) {
        CallPath path = null;
        if (limit.limit().amount() instanceof AmountAt at) path = at.path();
        if (limit.limit().amount() instanceof AmountAtOr or) path = or.path();
        if (path == null) return;
        String pointer = limit.pointer() + "/amount";
        if (isUnknown(path, tools)) {
            unknown(path, pointer, tools, notes);
            return;
        }
        for (ServerTool tool : tools) {
            Map<?, ?> words = SchemaWords.at(tool.inputSchema(), path);
            if (words == null || !SchemaValues.of(words).numbers().isEmpty()) return;
        }
        notes.add(
                Code.NEVER_OF_THAT_TYPE,
                pointer,
                Shown.quoted(path.toString()) + " is no number by the server's schema, so every call is denied: "
                        + expected(path, tools),
                "name an argument that is a number");
    }

    private static boolean isUnknown(CallPath path, List<ServerTool> tools) {
        // A path that begins with an index leads nowhere, whatever the server says: that is a finding of its own.
        boolean named = !path.steps().isEmpty() && path.steps().get(0) instanceof CallPath.Key;
        return named && tools.stream().allMatch(tool -> SchemaWords.lacks(tool.inputSchema(), path));
    }

    private static void unknown(CallPath path, String pointer, List<ServerTool> tools, Notes notes) {
        String name = ((CallPath.Key) path.steps().get(0)).name();
        List<String> known = new ArrayList<>(new TreeSet<>(tools.stream()
                .limit(MOST_SUGGESTIONS)
                .flatMap(tool -> SchemaWords.names(tool.inputSchema()).stream())
                .toList()));
        boolean first = !known.contains(name);
        Optional<String> nearest = first ? Suggestion.nearest(name, known) : Optional.empty();
        notes.add(
                Code.UNKNOWN_ARGUMENT,
                pointer,
                tool(tools) + " argument " + Shown.quoted(path.toString()) + ", by the server's schema",
                nearest.map(Suggestion::didYouMean)
                        .orElse(
                                known.isEmpty() || !first
                                        ? correction(path, tools)
                                        : "the arguments are " + Shown.names(known)));
    }

    private static String correction(CallPath path, List<ServerTool> tools) {
        String turn = SchemaWords.wrongTurn(tools.get(0).inputSchema(), path);
        return "correct the path, or remove what is written about it" + (turn == null ? "" : ": there " + turn);
    }

    private static String tool(List<ServerTool> tools) {
        return tools.size() == 1 ? Shown.quoted(tools.get(0).name()) + " has no" : "none of these tools has an";
    }

    private static boolean neverMatches(PlacedTest placed, boolean lets, List<ServerTool> tools) {
        Test test = placed.test();
        if (test.operator() == Operator.EXISTS) return false;
        // To forbid what the schema forbids too is prudent: many servers do not check it.
        if (test.operator() == Operator.IS && !lets) return false;
        if (Meaning.absent(test) == Says.TRUE) return false;
        int matches = placed.negated() ? Says.TRUE | Says.FALSE : Says.TRUE;
        for (ServerTool tool : tools) {
            Map<?, ?> words = SchemaWords.at(tool.inputSchema(), test.path());
            if (words == null) return false;
            if (!Meaning.where(test, matches).and(SchemaValues.of(words)).isEmpty()) return false;
        }
        return true;
    }

    private static String expected(CallPath path, List<ServerTool> tools) {
        Map<?, ?> words = SchemaWords.at(tools.get(0).inputSchema(), path);
        return words == null ? "" : SchemaValues.shown(words);
    }

    /** The values that a plain schema allows. */
    private static final class SchemaValues {
        static Situations of(Map<?, ?> words) {
            Situations typed = types(words);
            if (words.get("enum") instanceof List<?> values) return typed.and(Situations.oneOf(values));
            return words.containsKey("const") ? typed.and(Situations.oneOf(single(words.get("const")))) : typed;
        }

        private static List<?> single(@Nullable Object value) {
            List<Object> values = new ArrayList<>();
            values.add(value);
            return values;
        }

        private static Situations types(Map<?, ?> words) {
            Object type = words.get("type");
            // A word of OpenAPI, which servers that are made from it pass on.
            boolean nullable = Boolean.TRUE.equals(words.get("nullable"));
            if (type instanceof String one) return Situations.ofTypes(nullable ? List.of(one, "null") : List.of(one));
            return Situations.ofTypes(type instanceof List<?> list && !nullable ? list : List.of());
        }

        static String shown(Map<?, ?> words) {
            if (words.get("enum") instanceof List<?> values && values.stream().allMatch(String.class::isInstance)) {
                return "it is one of "
                        + Shown.names(values.stream().map(String.class::cast).toList());
            }
            Object type = words.get("type");
            return type == null
                    ? "see there"
                    : "its type is " + Shown.quoted(type instanceof String one ? one : type.toString());
        }
    }
}
