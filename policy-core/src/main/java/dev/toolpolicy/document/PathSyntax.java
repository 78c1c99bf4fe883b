package dev.toolpolicy.document;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a path into a call: {@code args.items[*].id}, {@code args["any key"]}, {@code identity.tenant}, {@code tool}. */
final class PathSyntax {
    /** {@code $.args.amount}, {@code params.arguments.amount}: written as seen from further out. */
    private static final Pattern ARGUMENTS_FURTHER_IN = Pattern.compile("(?s)\\.(?:args|arguments)([.\\[].*)");

    private static final Pattern ROOT = Pattern.compile("[A-Za-z_$][A-Za-z0-9_-]*|");
    private static final Pattern NAME = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)");
    private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9][0-9]{0,8})\\]");
    private static final Pattern EACH = Pattern.compile("\\[\\*\\]");
    private static final Pattern QUOTED = Pattern.compile("\\[(\"(?:[^\"\\\\]|\\\\.)*+\")\\]", Pattern.DOTALL);
    private static final Map<String, String> OTHER_ROOTS = Map.of(
            "$", "args",
            "arguments", "args",
            "params", "args",
            "input", "args",
            "caller", "identity",
            "user", "identity",
            "session", "identity.session",
            "grant", "identity.grant",
            "tool_name", "tool");
    private static final int LONGEST = 100_000;

    private final Node node;
    private final String text;
    private int at;

    private PathSyntax(Node node, String text) {
        this.node = node;
        this.text = text;
    }

    /** The path that a member holds; empty, and said, if it holds none. */
    static Optional<CallPath> read(Node node) {
        return node.text("a path", "`\"args.amount\"`; what is compared with is a `value`")
                .flatMap(text -> new PathSyntax(node, text).path());
    }

    /** A path that leads to one value. */
    static Optional<CallPath> readOne(Node node) {
        Optional<CallPath> path = read(node);
        if (path.isEmpty() || !path.get().everyElement()) return path;
        node.wrong(Code.BAD_PATH, "found `[*]`, expected a path that leads to one value", "write an index: `[0]`");
        return Optional.empty();
    }

    /** A path that leads to one argument, which may be a number. */
    static Optional<CallPath> readArgument(Node node) {
        Optional<CallPath> path = readOne(node);
        if (path.isEmpty()
                || (path.get().root() == CallPath.Root.ARGS
                        && !path.get().steps().isEmpty())) return path;
        node.wrong(
                Code.BAD_PATH,
                "found `" + Json.shown(path.get().toString()) + "`, expected a path below `args`",
                "name the argument that holds the amount: `\"args.amount\"`");
        return Optional.empty();
    }

    private Optional<CallPath> path() {
        if (text.length() > LONGEST) return wrong("found a path of " + text.length() + " characters", "shorten it");
        Matcher first = ROOT.matcher(text);
        String word = first.lookingAt() ? first.group() : "";
        at = word.length();
        Optional<CallPath.Root> root = root(word);
        if (root.isEmpty()) return wrongRoot(word);
        List<CallPath.Step> steps = new ArrayList<>();
        while (at < text.length()) {
            Optional<CallPath.Step> step = step();
            if (step.isEmpty()) return wrongStep();
            steps.add(step.get());
        }
        return complete(root.get(), steps);
    }

    private static Optional<CallPath.Root> root(String word) {
        for (CallPath.Root root : CallPath.Root.values()) {
            if (root.word().equals(word)) return Optional.of(root);
        }
        return Optional.empty();
    }

    private Optional<CallPath.Step> step() {
        Matcher name = from(NAME);
        if (name.lookingAt()) return Optional.of(new CallPath.Key(take(name)));
        Matcher index = from(INDEX);
        if (index.lookingAt()) return Optional.of(new CallPath.Index(Integer.parseInt(take(index))));
        Matcher each = from(EACH);
        if (each.lookingAt()) {
            at = each.end();
            return Optional.of(CallPath.Each.EACH);
        }
        Matcher quoted = from(QUOTED);
        if (!quoted.lookingAt()) return Optional.empty();
        JsonText key = JsonText.read(quoted.group(1), LONGEST);
        if (!key.sound() || !(key.value() instanceof String string)) return Optional.empty();
        at = quoted.end();
        return Optional.of(new CallPath.Key(string));
    }

    private Matcher from(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private String take(Matcher matched) {
        at = matched.end();
        return matched.group(1);
    }

    private Optional<CallPath> complete(CallPath.Root root, List<CallPath.Step> steps) {
        if (steps.size() > CallPath.MAX_STEPS) {
            return wrong(
                    "found " + steps.size() + " steps, expected at most " + CallPath.MAX_STEPS,
                    "arguments are not nested that deep");
        }
        if (root == CallPath.Root.TOOL && !steps.isEmpty())
            return wrong("found a step below `tool`, which is a name", "write `\"tool\"`");
        if (root == CallPath.Root.IDENTITY) return identity(steps);
        return Optional.of(new CallPath(root, steps));
    }

    private Optional<CallPath> identity(List<CallPath.Step> steps) {
        if (steps.isEmpty() || !(steps.get(0) instanceof CallPath.Key attribute)) {
            return wrong(
                    "found no attribute after `identity`",
                    "write `identity.grant`, `identity.session` or an attribute: `identity.tenant`");
        }
        boolean single = attribute.name().equals("grant") || attribute.name().equals("session");
        if (steps.size() > 1 && (single || steps.size() > 2 || steps.get(1) instanceof CallPath.Key)) {
            return wrong(
                    "found a step that leads nowhere in `" + Json.shown(text) + "`",
                    single
                            ? "`identity." + attribute.name() + "` is one text"
                            : "an attribute is a text or a list of texts: `[0]` and `[*]` may follow it");
        }
        if (!AttributeName.isLegal(attribute.name())) {
            return wrong("found an attribute's name that no identity has", AttributeName.HINT);
        }
        return Optional.of(new CallPath(CallPath.Root.IDENTITY, steps));
    }

    private Optional<CallPath> wrongRoot(String word) {
        List<String> roots = List.of("args", "identity", "tool");
        String other = OTHER_ROOTS.get(word);
        String hint = other == null ? null : Suggestion.didYouMean(Json.shown(other + text.substring(word.length())));
        Matcher further = ARGUMENTS_FURTHER_IN.matcher(text);
        if (further.find()) hint = Suggestion.didYouMean("args" + Json.shown(further.group(1)));
        if (word.equals("state")) hint = "counters cannot be read in conditions: write `limits`";
        if (hint == null)
            hint = Suggestion.nearest(word, roots).map(Suggestion::didYouMean).orElse(null);
        if (hint == null && !word.isEmpty() && !text.startsWith("$"))
            hint = Suggestion.didYouMean("args." + Json.shown(text));
        if (hint == null) hint = "write `args.amount`, `identity.tenant` or `tool`";
        return wrong(
                "found `" + Json.shown(text) + "`, expected a path that begins with `args`, `identity` or `tool`",
                hint);
    }

    private Optional<CallPath> wrongStep() {
        String rest = text.substring(at);
        String hint = "a step is `.name`, `[0]`, `[*]` or, for any other key, `[\"any key\"]`";
        if (rest.matches("(?s)\\[[^\"\\d*\\]]+\\].*"))
            hint = "write a key within brackets as a JSON string: `[\"key\"]`";
        if (rest.matches("\\[(0[0-9]+|-[0-9]+|[0-9]{10,})\\].*"))
            hint = "an index is counted from 0 and has no leading zeros";
        if (rest.matches("(?s)\\.[0-9]+([.\\[].*)?")) hint = "write `[0]` for an element of a list";
        if (rest.startsWith(".*"))
            hint = "write `[*]` for every element of a list; the members of an object cannot be looped over";
        return wrong(
                "found `" + Json.shown(rest) + "` at character " + (text.codePointCount(0, at) + 1)
                        + " of the path, expected a step",
                hint);
    }

    private Optional<CallPath> wrong(String message, String hint) {
        node.wrong(Code.BAD_PATH, message, hint);
        return Optional.empty();
    }
}
