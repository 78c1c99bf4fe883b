package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.document.ProblemLog.Located;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.LineIndex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Notices a policy that was written for an open-source proxy, and shows the document of ours that says the same. */
final class ForeignDialect {
    /** The key by which its tools are known. */
    static final String RULES = "rules";

    private static final Pattern YAML = Pattern.compile("^[ \t]*(?:rules|version)[ \t]*:", Pattern.MULTILINE);
    private static final String MESSAGE =
            "this is the form of an open-source proxy's policies, whose tools have `rules`";
    private static final int LONGEST_HINT = 8_000;
    private static final String EXAMPLE =
            "write JSON, for example { \"version\": \"1\", \"default\": \"deny\", \"tools\": { \"create_charge\": "
                    + "{ \"require\": [ { \"path\": \"args.amount\", \"op\": \"lte\", \"value\": 500 } ] } } }";

    private static final Set<String> SAYING = Set.of("tools", "all_tools", "hide");

    private ForeignDialect() {}

    /** A text that is not JSON, and has keys of the proxy's YAML where a line begins. */
    static Optional<Located> inText(JsonText document) {
        if (document.readable() || document.faults().get(0).kind() != JsonText.Kind.NOT_JSON) return Optional.empty();
        Matcher key = YAML.matcher(document.text());
        if (!key.find()) return Optional.empty();
        LineIndex lines = document.lines();
        int offset = key.start();
        Optional<Map<String, @Nullable Object>> read =
                BlockYaml.read(document.text()).map(LinkedHashMap::new);
        Optional<Map<String, @Nullable Object>> proxys = read.filter(ForeignDialect::hasRules);
        String message = proxys.isPresent() ? MESSAGE + ", in YAML" : "found YAML, expected JSON";
        String hint = proxys.map(ForeignDialect::hint)
                .orElseGet(() -> read.map(ForeignDialect::asJson).orElse(EXAMPLE));
        Problem problem =
                new Problem(Code.FOREIGN_DIALECT, "", lines.line(offset), lines.column(offset), message, hint);
        return Optional.of(new Located(problem, offset));
    }

    /** The rules of an entry, if it is written in the proxy's form. */
    static Optional<Node> inEntry(Node entry) {
        if (!(entry.value() instanceof Map<?, ?> map) || !map.containsKey(RULES)) return Optional.empty();
        return Optional.of(new Node(entry.at().member(RULES), map.get(RULES), entry.log()));
    }

    /** Says once that the document is written so, at the first rules; the hint shows every tool that has them. */
    static void tell(Node rules, Node root) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        root.object("an object", "").ifPresent(shown::putAll);
        Map<String, @Nullable Object> tools = new LinkedHashMap<>();
        if (shown.get("tools") instanceof Map<?, ?> all) {
            all.forEach((name, tool) -> {
                if (tool instanceof Map<?, ?> members && members.containsKey(RULES)) tools.put((String) name, tool);
            });
        }
        shown.put("tools", tools);
        rules.wrongKey(Code.FOREIGN_DIALECT, MESSAGE, hint(shown));
    }

    private static boolean hasRules(Map<String, @Nullable Object> document) {
        return document.get("tools") instanceof Map<?, ?> tools
                && tools.values().stream().anyMatch(tool -> tool instanceof Map<?, ?> keys && keys.containsKey(RULES));
    }

    /** A document in our own keys, with nothing left out: whatever is wrong with it is for the parser to say. */
    private static String asJson(Map<String, @Nullable Object> document) {
        String json = ProxyDialect.pretty(document);
        return json.length() > LONGEST_HINT ? EXAMPLE : "the same in JSON is\n" + json;
    }

    private static String hint(Map<String, @Nullable Object> document) {
        ProxyDialect.Converted converted = ProxyDialect.convert(document);
        // If nothing of it could be told, what is left is a default, and that must not be copied for a policy.
        boolean saysSomething = converted.policy().keySet().stream().anyMatch(SAYING::contains);
        if (!saysSomething) return EXAMPLE;
        StringBuilder out = new StringBuilder("write\n").append(ProxyDialect.pretty(converted.policy()));
        for (String note : converted.notes()) out.append("\nnote: ").append(note);
        return out.toString();
    }
}
