package dev.toolpolicy.document;

import dev.toolpolicy.Limit;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.ArgumentsSchema;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.CrossChecks.Owner;
import dev.toolpolicy.document.Members.Keys;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code tools}. */
final class ToolReader {
    private static final List<String> ACTIONS = List.of("allow", "deny", "require_approval");
    private static final Keys KEYS = new Keys(
            ConditionReader.joined(
                    List.of("action", "reason", "description", "arguments_schema", "rate_limit"), RulesReader.KEYS),
            Map.ofEntries(
                    Map.entry(ForeignDialect.RULES, ""),
                    Map.entry(
                            "conditions",
                            "write `\"require\": [ { \"conditions\": […], \"on_deny\": \"…\" } ]` for what must hold,"
                                    + " `deny_if` for what must not"),
                    Map.entry(
                            "validate",
                            "write `\"arguments_schema\": { \"type\": \"object\", \"required\": [\"amount\"] }`"),
                    Map.entry(
                            "spend",
                            "write what one call may cost in `deny_if`,"
                                    + " and what a day may cost in `limits` with `\"amount\": \"args.amount\"`"),
                    Map.entry(
                            "spend_limit",
                            "write `\"limits\": [ { \"counter\": \"spend\", \"window\": \"day\", \"max\": 500, \"scope\": \"grant\","
                                    + " \"amount\": \"args.amount\", \"decimals\": 2 } ]`"),
                    Map.entry(
                            "approval_timeout",
                            "approvals are set up by the host: `InMemoryApprovals.builder().lapsingAfter(…)`"),
                    Map.entry("approvals", "approvals are set up by the host: `InMemoryApprovals.builder()`"),
                    Map.entry(
                            "require_approval",
                            "write `\"action\": \"require_approval\"`, or `require_approval_if` with conditions"),
                    Map.entry("deny", "write `\"action\": \"deny\"`, or `deny_if` with conditions"),
                    Map.entry("on_deny", "the text of `action` is called `reason`"),
                    Map.entry("hide", "write the tool's name in the document's own list `hide`"),
                    Map.entry("state", "write `limits`"),
                    Map.entry("schema", "did you mean `arguments_schema`?"),
                    Map.entry("input_schema", "did you mean `arguments_schema`?"),
                    Map.entry("approve_if", "did you mean `require_approval_if`?"),
                    Map.entry("ask_if", "did you mean `require_approval_if`?"),
                    Map.entry("allow_if", "did you mean `require`?"),
                    Map.entry("on_limit", "write it within a limit of `limits`")));

    private final RulesReader rules;
    private final CrossChecks crossChecks;
    private final SchemaCompiler schemas;

    ToolReader(RulesReader rules, CrossChecks crossChecks, SchemaCompiler schemas) {
        this.rules = rules;
        this.crossChecks = crossChecks;
        this.schemas = schemas;
    }

    /** A tool's name or pattern; empty, and said, if it is none. */
    static Optional<ToolPattern> pattern(Node node, String text) {
        if (ToolPattern.isLegal(text)) return Optional.of(new ToolPattern(text));
        node.wrongKey(
                Code.BAD_TOOL_NAME,
                "found `" + Json.shown(text) + "`, expected a tool's name or pattern",
                "a name is 1 to " + ToolPattern.MAX_LENGTH
                        + " of the characters `A–Z`, `a–z`, `0–9`, `_`, `.`, `-`, and in a pattern at most "
                        + ToolPattern.MAX_STARS + " times `*`");
        return Optional.empty();
    }

    /** The rules of an entry, even where its name is wrong: everything is said at once. */
    Optional<Tool> read(Node node, String name, Optional<ToolPattern> pattern) {
        Owner owner = new Owner(Owner.Kind.TOOL, pattern.stream().toList(), node);
        return Members.of(node, KEYS, "the rules of a tool", "`{}` for no rules")
                .map(members -> tool(members, name, owner));
    }

    private Tool tool(Members members, String name, Owner owner) {
        Action action = members.find("action").map(ToolReader::action).orElse(Action.ALLOW);
        String text = members.find("reason").map(Labels::sayable).orElse("");
        String description = Labels.description(members);
        Rules read = rules.read(members, owner);
        Optional<ArgumentsSchema> schema = members.find("arguments_schema").flatMap(schemas::compile);
        Optional<Limit> rateLimit = members.find("rate_limit").flatMap(node -> {
            Optional<Limit> limit = LimitReader.readRate(node, name);
            limit.ifPresent(l -> crossChecks.limit(owner, l.counter(), node));
            return limit;
        });
        boolean reasonFits = reasonHasAnAction(members, action);
        boolean nothingBehind = nothingBehindDeny(members, action);
        if (!reasonFits || !nothingBehind)
            return new Tool("", Action.DENY, "", Rules.NONE, ArgumentsSchema.NONE, List.of(), List.of());
        return new Tool(
                description,
                action,
                text,
                read,
                schema.orElse(ArgumentsSchema.NONE),
                rateLimit.stream().toList(),
                order(members));
    }

    private static List<String> order(Members members) {
        List<String> order = new ArrayList<>();
        members.keys().forEach(order::add);
        return order;
    }

    private static Action action(Node node) {
        Optional<String> word = node.text("an action", "`\"deny\"`");
        if (word.isEmpty()) return Action.ALLOW;
        if (ACTIONS.contains(word.get())) return Action.valueOf(word.get().toUpperCase(Locale.ROOT));
        String hint = word.get().equals("evaluate")
                ? "leave the action out: conditions stand in `require` and `deny_if`"
                : word.get().equals("hide")
                        ? "write the tool's name in the document's own list `hide`"
                        : Suggestion.of("actions", word.get(), ACTIONS);
        node.wrong(
                Code.BAD_VALUE,
                "found `" + Json.shown(word.get()) + "`, expected `allow`, `deny` or `require_approval`",
                hint);
        return Action.ALLOW;
    }

    private static boolean reasonHasAnAction(Members members, Action action) {
        Optional<Node> reason = members.find("reason");
        if (action != Action.ALLOW || reason.isEmpty()) return true;
        // An action that could not be read has been said already, and may well have been one that takes a reason.
        boolean unread = members.attempted("action")
                && !members.find("action")
                        .map(node -> "allow".equals(node.value()))
                        .orElse(false);
        if (!unread) {
            reason.get()
                    .wrongKey(
                            Code.CONFLICTING_KEYS,
                            "found `reason` for a tool that is allowed, expected it beside `deny` or `require_approval`",
                            members.has("action")
                                    ? "change the action, or remove the reason: a text for people is a `description`"
                                    : "add `\"action\": \"deny\"`, or remove the reason: a text for people is a `description`");
        }
        return false;
    }

    private static boolean nothingBehindDeny(Members members, Action action) {
        boolean nothing = true;
        if (action != Action.DENY) return true;
        for (String key : members.keys()) {
            boolean checks =
                    RulesReader.KEYS.contains(key) || key.equals("arguments_schema") || key.equals("rate_limit");
            Node node = members.find(key).orElseThrow();
            if (!checks || (node.value() instanceof List<?> list && list.isEmpty())) continue;
            node.wrongKey(
                    Code.NEVER_MATTERS,
                    "found `" + key + "` behind `\"action\": \"deny\"`, where it can never matter",
                    "remove it, or remove the action and write when to deny in `deny_if`");
            nothing = false;
        }
        return nothing;
    }
}
