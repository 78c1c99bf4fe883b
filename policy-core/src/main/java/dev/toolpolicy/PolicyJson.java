package dev.toolpolicy;

import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a policy down again, from what it means and not from the text it came from, without what is said by default. Parsing what is
 * written gives an equal policy; the tests hold both directions together.
 */
final class PolicyJson {
    private static final Map<Long, String> WINDOWS =
            Map.of(1L, "second", 60L, "minute", 3_600L, "hour", 86_400L, "day");

    private PolicyJson() {}

    static String print(Policy policy) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("version", "1");
        out.put("default", lower(policy.unlisted()));
        text(out, "description", policy.description());
        list(out, "hide", policy.hide(), ToolPattern::text);
        Map<String, @Nullable Object> allTools = rules(policy.allTools());
        if (!allTools.isEmpty()) out.put("all_tools", allTools);
        list(out, "groups", policy.groups(), PolicyJson::group);
        if (!policy.tools().isEmpty()) {
            Map<String, @Nullable Object> tools = new LinkedHashMap<>();
            policy.tools().forEach((pattern, tool) -> tools.put(pattern.text(), tool(tool)));
            out.put("tools", tools);
        }
        return Json.canonical(out);
    }

    private static Map<String, @Nullable Object> group(Policy.Group group) {
        Map<String, @Nullable Object> out = rules(group.rules());
        text(out, "description", group.description());
        list(out, "tools", group.tools(), ToolPattern::text);
        return out;
    }

    private static Map<String, @Nullable Object> tool(Policy.Tool tool) {
        Map<String, @Nullable Object> out = rules(tool.rules());
        text(out, "description", tool.description());
        if (tool.action() != Policy.Action.ALLOW) out.put("action", lower(tool.action()));
        text(out, "reason", tool.text());
        if (tool.argumentsSchema().isPresent())
            out.put("arguments_schema", tool.argumentsSchema().json());
        for (Limit limit : tool.rateLimit()) out.put("rate_limit", rateLimit(limit.counter()));
        return out;
    }

    private static Map<String, @Nullable Object> rules(Policy.Rules rules) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        list(out, "require", rules.require(), rule -> rule(rule, "on_deny"));
        list(out, "deny_if", rules.denyIf(), rule -> rule(rule, "on_deny"));
        list(out, "require_approval_if", rules.requireApprovalIf(), rule -> rule(rule, "reason"));
        list(out, "limits", rules.limits(), PolicyJson::limit);
        return out;
    }

    /** What a rule that asks says, without its names: the same for all that ask the same in the same words. */
    static String says(Policy.Rule rule) {
        return Json.canonical(Map.of(
                "conditions",
                rule.conditions().stream().map(PolicyJson::condition).toList(),
                "reason",
                rule.text()));
    }

    private static Map<String, @Nullable Object> rule(Policy.Rule rule, String textKey) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        text(out, "id", rule.id());
        text(out, "description", rule.description());
        // The short form where there is one: the long one lies two levels deeper, and depth is bounded.
        if (rule.conditions().size() == 1)
            out.putAll(condition(rule.conditions().get(0)));
        else
            out.put(
                    "conditions",
                    rule.conditions().stream().map(PolicyJson::condition).toList());
        text(out, textKey, rule.text());
        return out;
    }

    private static Map<String, @Nullable Object> condition(Condition condition) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        if (condition instanceof AllOf all) list(out, "all_of", all.conditions(), PolicyJson::condition);
        if (condition instanceof AnyOf any) list(out, "any_of", any.conditions(), PolicyJson::condition);
        if (condition instanceof Not not) out.put("not", condition(not.condition()));
        if (condition instanceof Test test) {
            out.put("path", test.path().toString());
            out.put("op", test.operator().word());
            if (test.operand() instanceof Value value) out.put("value", value.json());
            if (test.operand() instanceof ValueFrom from)
                out.put("value_from", from.path().toString());
            if (test.ifMissing() != IfMissing.UNSAID) out.put("if_missing", test.ifMissing() == IfMissing.TRUE);
        }
        return out;
    }

    private static Map<String, @Nullable Object> limit(Limit limit) {
        Map<String, @Nullable Object> out = rateLimit(limit.counter());
        text(out, "id", limit.id());
        text(out, "description", limit.description());
        out.put("counter", limit.counter().name());
        if (limit.counter().decimals() > 0) out.put("decimals", limit.counter().decimals());
        if (limit.amount() instanceof AmountAt at) out.put("amount", at.path().toString());
        if (limit.amount() instanceof AmountAtOr or) {
            out.put("amount", or.path().toString());
            out.put("amount_if_missing", or.ifMissing());
        }
        list(out, "when", limit.when(), PolicyJson::condition);
        text(out, "on_limit", limit.onLimit());
        return out;
    }

    private static Map<String, @Nullable Object> rateLimit(Limit.Counter counter) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        String window = WINDOWS.get(counter.windowSeconds());
        out.put("window", window == null ? (Object) counter.windowSeconds() : window);
        out.put("max", counter.max());
        out.put("scope", counter.scope().toString());
        return out;
    }

    private static void text(Map<String, @Nullable Object> out, String key, String text) {
        if (!text.isEmpty()) out.put(key, text);
    }

    private static <T> void list(
            Map<String, @Nullable Object> out, String key, List<T> values, Function<T, Object> print) {
        List<Object> printed = new ArrayList<>();
        for (T value : values) printed.add(print.apply(value));
        if (!printed.isEmpty()) out.put(key, printed);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
