package dev.toolpolicy.document;

import dev.toolpolicy.Policy;
import dev.toolpolicy.Policy.Group;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.CrossChecks.Owner;
import dev.toolpolicy.document.Members.Keys;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a whole document: from JSON values to a policy, with everything that is in the way. */
final class PolicyReader {
    private static final Keys DOCUMENT = new Keys(
            List.of("version", "default", "tools", "all_tools", "groups", "hide", "description", "$schema"),
            Map.of(
                    "rules", "rules belong to a tool: write them in `tools`, those for every call in `all_tools`",
                    "limits", "limits for every call belong to `all_tools`",
                    "require", "what every call must fulfil belongs to `all_tools`",
                    "deny_if", "what no call may do belongs to `all_tools`",
                    "approvals", "approvals are set up by the host: `InMemoryApprovals.builder()`",
                    "approval_timeout",
                            "approvals are set up by the host: `InMemoryApprovals.builder().lapsingAfter(…)`"));
    private static final Keys ALL_TOOLS = new Keys(
            RulesReader.KEYS,
            Map.of(
                    "rate_limit",
                            "write it in `limits`: `{ \"counter\": \"calls\", \"window\": \"minute\", \"max\": 60, \"scope\": \"grant\" }`",
                    "action", "what happens to tools that are not listed is `default`"));
    private static final Keys GROUP = new Keys(
            ConditionReader.joined(List.of("tools", "description"), RulesReader.KEYS),
            Map.of(
                    "rate_limit",
                            "write it in `limits`: `{ \"counter\": \"calls\", \"window\": \"minute\", \"max\": 60, \"scope\": \"grant\" }`",
                    "action", "an action belongs to an entry of `tools`"));
    private static final List<String> PARTS = List.of("all_tools", "groups", "tools");
    private static final List<String> DEFAULTS = List.of("allow", "deny");

    private final JsonText document;
    private final ProblemLog log;
    private final CrossChecks crossChecks = new CrossChecks();
    private final RulesReader rules = new RulesReader(crossChecks);
    private final ToolReader toolReader;
    private final List<Node> foreign = new ArrayList<>();

    PolicyReader(JsonText document, ProblemLog log, SchemaCompiler schemas) {
        this.document = document;
        this.log = log;
        this.toolReader = new ToolReader(rules, crossChecks, schemas);
    }

    /** The policy, unless something was said to the log. */
    Optional<Policy> read() {
        Node root = new Node(Pointer.ROOT, document.value(), log);
        if (versionIsUnknown(root)) return Optional.empty();
        log.addAll(document.faults());
        Optional<Policy> policy = Members.of(
                        root, DOCUMENT, "an object", "`{ \"version\": \"1\", \"default\": \"deny\", \"tools\": {} }`")
                .flatMap(this::policy);
        return log.isEmpty() ? policy : Optional.empty();
    }

    /** Said alone: of a version that is not known nothing else can be judged. */
    private boolean versionIsUnknown(Node root) {
        if (!(root.value() instanceof Map<?, ?> map) || !map.containsKey("version")) return false;
        Object version = map.get("version");
        boolean faulty = document.faults().stream()
                .anyMatch(fault -> fault.pointer().equals("/version") && fault.kind() != JsonText.Kind.DUPLICATE_KEY);
        if ("1".equals(version) || faulty) return false;
        String found = version instanceof String text
                ? "`\"" + Json.shown(text) + "\"`"
                : version instanceof Number number
                        ? "the number " + Json.shown(Json.canonical(number))
                        : Json.typeName(version);
        new Node(Pointer.ROOT.member("version"), version, log)
                .wrong(
                        Code.UNKNOWN_VERSION,
                        "found version " + found + ", expected `\"1\"`",
                        "write `\"version\": \"1\"`, with the quotes");
        return true;
    }

    private Optional<Policy> policy(Members members) {
        members.require("version", "`\"version\": \"1\"`");
        String description = Labels.description(members);
        members.find("$schema").ifPresent(node -> node.text("a text", "`\"policy.schema.json\"`"));
        Optional<Unlisted> unlisted =
                members.require("default", "`\"default\": \"deny\"`").flatMap(PolicyReader::unlisted);
        List<ToolPattern> hide = patterns(members, "hide", true);
        Rules allTools = members.find("all_tools")
                .flatMap(node -> Members.of(node, ALL_TOOLS, "an object", "`{ \"limits\": […] }`"))
                .map(all -> rules.read(all, new Owner(Owner.Kind.ALL_TOOLS, List.of(), all.node())))
                .orElse(Rules.NONE);
        List<Group> groups = groups(members);
        Map<ToolPattern, Tool> tools = tools(members);
        if (!foreign.isEmpty()) ForeignDialect.tell(foreign.get(0), members.node());
        if (!log.isFull()) crossChecks.check(document);
        if (unlisted.isEmpty() || !log.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new Policy(description, unlisted.get(), hide, allTools, groups, tools, order(members)));
        } catch (Policy.TooLarge e) {
            members.node().wrong(Code.TOO_LARGE, String.valueOf(e.getMessage()), e.hint());
            return Optional.empty();
        }
    }

    private static List<Policy.Part> order(Members members) {
        List<Policy.Part> order = new ArrayList<>();
        for (String key : members.keys()) {
            if (PARTS.contains(key)) order.add(Policy.Part.valueOf(key.toUpperCase(Locale.ROOT)));
        }
        return order;
    }

    private static Optional<Unlisted> unlisted(Node node) {
        Optional<String> word = node.text("`\"allow\"` or `\"deny\"`", "`\"deny\"`");
        if (word.isPresent() && !DEFAULTS.contains(word.get())) {
            node.wrong(
                    Code.BAD_VALUE,
                    "found `" + Json.shown(word.get()) + "`, expected `allow` or `deny`",
                    Suggestion.of("defaults", word.get(), DEFAULTS));
            return Optional.empty();
        }
        return word.map(w -> w.equals("allow") ? Unlisted.ALLOW : Unlisted.DENY);
    }

    private List<Group> groups(Members members) {
        List<Group> groups = new ArrayList<>();
        String example = "`{ \"tools\": [\"create_*\"], \"require\": […] }`";
        for (Node node : members.find("groups")
                .map(n -> n.list("a list of groups", "`[" + example.replace("`", "") + "]`"))
                .orElse(List.of())) {
            Members.of(node, GROUP, "a group", example).ifPresent(group -> {
                Optional<Node> names = group.require("tools", "`\"tools\": [\"create_*\"]`");
                List<ToolPattern> tools = names.isPresent() ? patterns(group, "tools", false) : List.of();
                if (names.isPresent() && names.get().value() instanceof List<?> list && list.isEmpty()) {
                    names.get()
                            .wrong(
                                    Code.EMPTY_LIST,
                                    "found no tools, expected at least one",
                                    "name the tools of the group, or remove it");
                }
                Rules read = rules.read(group, new Owner(Owner.Kind.GROUP, tools, node));
                String description = Labels.description(group);
                if (!tools.isEmpty()) groups.add(new Group(description, tools, read));
            });
        }
        return groups;
    }

    private List<ToolPattern> patterns(Members members, String key, boolean hidden) {
        List<ToolPattern> patterns = new ArrayList<>();
        List<Node> nodes = members.find(key)
                .map(node -> node.list("a list of tools", "`[\"delete_*\"]`"))
                .orElse(List.of());
        for (Node node : nodes) {
            node.text("a tool's name", "`\"delete_*\"`")
                    .flatMap(text -> ToolReader.pattern(node, text))
                    .ifPresent(pattern -> {
                        patterns.add(pattern);
                        crossChecks.pattern(pattern, node);
                        if (hidden) crossChecks.hide(pattern, node);
                    });
        }
        return patterns;
    }

    private Map<ToolPattern, Tool> tools(Members members) {
        Map<ToolPattern, Tool> tools = new LinkedHashMap<>();
        Optional<Node> node = members.find("tools");
        Optional<Map<String, @Nullable Object>> entries =
                node.flatMap(n -> n.object("an object", "`{ \"list_connections\": {} }`"));
        entries.ifPresent(map -> map.forEach((name, value) -> {
            Node entry = new Node(node.orElseThrow().at().member(name), value, log);
            Optional<ToolPattern> pattern = ToolReader.pattern(entry, name);
            pattern.ifPresent(p -> {
                crossChecks.pattern(p, entry);
                crossChecks.entry(p, entry);
            });
            ForeignDialect.inEntry(entry).ifPresent(foreign::add);
            toolReader.read(entry, name, pattern).ifPresent(tool -> pattern.ifPresent(p -> tools.put(p, tool)));
        }));
        return tools;
    }
}
