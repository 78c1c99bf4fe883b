package dev.toolpolicy.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows a policy of the open-source proxy (its tools have {@code rules}) as a document of ours, for a hint. What the
 * proxy enforced, the result enforces too; what has no counterpart is not guessed but left out, with a note.
 */
final class ProxyDialect {
    /** Our document, and what its author has to know before using it. */
    record Converted(Map<String, Object> policy, List<String> notes) {
        Converted {
            policy = Collections.unmodifiableMap(new LinkedHashMap<>(policy)); // Map.copyOf would lose the order
            notes = List.copyOf(notes);
        }
    }

    private static final int MOST_TOOLS = 20;
    private static final int MOST_HIDDEN = 100;
    private static final Pattern TOOL = Pattern.compile("(?=.{1,128}\\z)[A-Za-z0-9_.-]*+(\\*[A-Za-z0-9_.-]*+){0,8}");
    private static final Set<String> DOCUMENT_KEYS =
            Set.of("$schema", "version", "description", "default", "hide", "all_tools", "groups", "tools");

    private final Map<String, Object> document;
    private final Map<String, Object> policy = new LinkedHashMap<>();
    private final ProxyNotes notes = new ProxyNotes();
    private final ProxyLimits limits = new ProxyLimits(notes);
    private final ProxyRules rules = new ProxyRules(notes, limits);

    private ProxyDialect(Map<String, Object> document) {
        this.document = document;
    }

    static Converted convert(Map<String, Object> document) {
        ProxyDialect dialect = new ProxyDialect(document);
        dialect.head();
        dialect.hide();
        dialect.tools();
        document.keySet().stream()
                .filter(key -> !DOCUMENT_KEYS.contains(key))
                .forEach(key -> dialect.notes.foreignKey("", key));
        return new Converted(dialect.policy, dialect.notes.all());
    }

    /** {@code 30/hour} as {@code {"max": 30, "window": "hour"}}; empty for whatever is not of that form. */
    static Optional<Map<String, Object>> rateLimit(String text) {
        return ProxyLimits.rate(text).map(rate -> {
            Map<String, Object> limit = new LinkedHashMap<>();
            limit.put("max", rate.max());
            limit.put("window", rate.window());
            return limit;
        });
    }

    /** JSON to be read by people. */
    static String pretty(@Nullable Object value) {
        return PrettyJson.of(value);
    }

    private void head() {
        Object version = document.get("version");
        if (version != null && !Set.of("1", "1.0").contains(version.toString())) {
            notes.add("`version` is not the proxy's `1`, the document is read as if it were");
        }
        copy("$schema");
        policy.put("version", "1");
        copy("description");
        policy.put("default", defaultAction(document.get("default")));
    }

    private void copy(String key) {
        if (document.get(key) instanceof String text) {
            policy.put(key, text);
        } else if (document.get(key) != null) {
            notes.leftOut("/" + key, "not a text");
        }
    }

    private String defaultAction(@Nullable Object written) {
        if (written == null || written.equals("")) {
            notes.add("`default` was not written, which to the proxy meant `allow`: now it is,"
                    + " and with `deny` only the tools that are listed would be allowed");
            return "allow";
        }
        if (written.equals("allow") || written.equals("deny")) {
            return written.toString();
        }
        notes.leftOut("/default", "the proxy knew `allow` and `deny`, of which `deny` is the safe one");
        return "deny";
    }

    private void hide() {
        List<?> names = notes.list(document.get("hide"), "/hide");
        Set<Object> hide = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(names.size(), MOST_HIDDEN); i++) {
            if (isLegal(names.get(i), "/hide/" + i)) {
                hide.add(names.get(i));
            }
        }
        if (names.size() > MOST_HIDDEN) {
            notes.add("left out for length: " + (names.size() - MOST_HIDDEN) + " more of `/hide`");
        }
        if (!hide.isEmpty()) {
            policy.put("hide", new ArrayList<>(hide));
        }
    }

    private boolean isLegal(@Nullable Object name, String pointer) {
        boolean legal = name instanceof String text && TOOL.matcher(text).matches();
        if (!legal) {
            notes.leftOut(pointer, "not a name that a tool can have");
        } else if (name instanceof String text && text.contains("*") && !text.equals("*")) {
            notes.add("`" + name + "` was a name to the proxy; here `*` stands for any run of characters");
        }
        return legal;
    }

    private void tools() {
        Map<String, Object> all = notes.object(document.get("all_tools"), "/all_tools");
        Map<String, Object> tools = notes.object(document.get("tools"), "/tools");
        reserveCounters(all, tools);
        if (tools.containsKey("*") && isOfAllTools(tools.get("*"))) {
            addAll(all, wildcard(tools.remove("*")));
        }
        put("all_tools", all);
        if (document.get("groups") != null) {
            policy.put("groups", document.get("groups"));
        }
        Map<String, Object> converted = new LinkedHashMap<>();
        tools.entrySet().stream()
                .limit(MOST_TOOLS)
                .forEach(entry ->
                        tool(entry.getKey(), entry.getValue()).ifPresent(tool -> converted.put(entry.getKey(), tool)));
        put("tools", converted);
        if (tools.size() > MOST_TOOLS) {
            notes.add("left out for length: " + (tools.size() - MOST_TOOLS) + " more of `/tools`");
        }
    }

    private void put(String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            policy.put(key, value);
        }
    }

    private void reserveCounters(Map<String, Object> all, Map<String, Object> tools) {
        limits.reserve("", all);
        tools.forEach(limits::reserve);
        if (document.get("groups") instanceof List<?> groups) {
            groups.forEach(group -> limits.reserve("", group));
        }
    }

    /** Without rules the proxy's {@code "*"} did nothing, whereas our {@code {"*": {}}} allows every tool. */
    private static boolean isOfAllTools(@Nullable Object wildcard) {
        return wildcard == null
                || (wildcard instanceof Map<?, ?> keys && (keys.isEmpty() || keys.containsKey("rules")));
    }

    private ProxyRules.Lists wildcard(@Nullable Object written) {
        List<?> ofAllTools = rulesAlone(notes.object(written, "/tools/*"), "/tools/*");
        if (ofAllTools.isEmpty()) {
            notes.leftOut("/tools/*", "it has no rules, whereas here `\"*\": {}` would allow every tool");
        }
        return rules.lists("*", ofAllTools);
    }

    private List<?> rulesAlone(Map<String, Object> keys, String pointer) {
        keys.keySet().stream()
                .filter(key -> !key.equals("rules"))
                .forEach(key -> notes.leftOut(pointer + "/" + key, "it stands beside `rules`"));
        return notes.list(keys.get("rules"), pointer + "/rules");
    }

    private static void addAll(Map<String, Object> ours, ProxyRules.Lists converted) {
        converted.byKey().forEach((key, rules) -> {
            List<Object> all = new ArrayList<>(ours.get(key) instanceof List<?> own ? own : List.of());
            all.addAll(rules);
            ours.put(key, all);
        });
    }

    private Optional<Map<String, Object>> tool(String name, @Nullable Object written) {
        String pointer = "/tools/" + name;
        if (policy.get("hide") instanceof List<?> hide && hide.contains(name)) {
            notes.leftOut(pointer, "a hidden tool is denied whatever its rules say");
            return Optional.empty();
        }
        Map<String, Object> keys = notes.object(written, pointer);
        boolean isObject = written == null || written instanceof Map;
        if (!isObject || !isLegal(name, pointer)) {
            return Optional.empty();
        }
        if (keys.get("rules") == null) {
            return Optional.of(ours(keys));
        }
        List<?> itsRules = rulesAlone(keys, pointer);
        // `{}` would allow what nobody could read
        return keys.get("rules") instanceof List ? Optional.of(rules.tool(name, itsRules)) : Optional.empty();
    }

    /** A tool that is in our form already, as it stands. */
    private static Map<String, Object> ours(Map<String, Object> keys) {
        Map<String, Object> ours = new LinkedHashMap<>();
        keys.forEach((key, value) -> {
            if (value instanceof String text
                    && key.equals("rate_limit")
                    && rateLimit(text).isPresent()) {
                ours.put(key, rateLimit(text).orElseThrow());
            } else if (!key.equals("rules")) {
                // Also what is no key of ours: left out it would loosen the entry, and the parser says what is wrong.
                ours.put(key, value);
            }
        });
        return ours;
    }
}
