package dev.toolpolicy;

import dev.toolpolicy.CompiledRule.Kind;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.json.Pointer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one part of a document, compiled once and shared by all tools that they are for. */
final class Section {
    static final Section EMPTY = of(Rules.NONE, Pointer.ROOT, new Checks());

    private final CompiledRule[] require;
    private final CompiledRule[] denyIf;
    private final CompiledRule[] asking;
    private final CompiledLimit[] limits;
    /** The patterns of the tools that it is for; null if whoever has this section is one of them. */
    private final ToolPattern @Nullable [] only;

    private Section(
            CompiledRule[] require,
            CompiledRule[] denyIf,
            CompiledRule[] asking,
            CompiledLimit[] limits,
            ToolPattern @Nullable [] only) {
        this.require = require;
        this.denyIf = denyIf;
        this.asking = asking;
        this.limits = limits;
        this.only = only;
    }

    static Section of(Rules rules, Pointer at, Checks checks) {
        return new Section(
                compiled(Kind.REQUIRE, rules.require(), at, checks),
                compiled(Kind.DENY_IF, rules.denyIf(), at, checks),
                compiled(Kind.REQUIRE_APPROVAL_IF, rules.requireApprovalIf(), at, checks),
                limits(rules, at, checks),
                null);
    }

    /** The rules of an entry. */
    static Section of(Tool tool, Pointer at, Checks checks) {
        Section rules = of(tool.rules(), at, checks);
        CompiledRule[] always = always(tool, at, checks);
        CompiledLimit[] rate = tool.rateLimit().stream()
                .map(limit -> CompiledLimit.of(limit, at.member("rate_limit").toString(), checks))
                .toArray(CompiledLimit[]::new);
        boolean asksFirst = tool.hasFirst("require_approval_if", "action");
        boolean ratesFirst = tool.hasFirst("rate_limit", "limits");
        return new Section(
                rules.require,
                rules.denyIf,
                asksFirst ? both(rules.asking, always) : both(always, rules.asking),
                ratesFirst ? both(rate, rules.limits) : both(rules.limits, rate),
                null);
    }

    /** An entry whose action is to ask, as a rule that asks always. */
    private static CompiledRule[] always(Tool tool, Pointer at, Checks checks) {
        if (tool.action() != Action.REQUIRE_APPROVAL) return new CompiledRule[0];
        Rule asks = new Rule("", "", List.of(), tool.text());
        return new CompiledRule[] {
            CompiledRule.of(Kind.REQUIRE_APPROVAL_IF, asks, at.member("action").toString(), checks)
        };
    }

    private static CompiledLimit[] limits(Rules rules, Pointer at, Checks checks) {
        CompiledLimit[] limits = new CompiledLimit[rules.limits().size()];
        for (int i = 0; i < limits.length; i++) {
            String pointer = at.member("limits").element(i).toString();
            limits[i] = CompiledLimit.of(rules.limits().get(i), pointer, checks);
        }
        return limits;
    }

    private static <T> T[] both(T[] first, T[] then) {
        T[] both = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, both, first.length, then.length);
        return both;
    }

    private static CompiledRule[] compiled(Kind kind, List<Rule> rules, Pointer at, Checks checks) {
        CompiledRule[] compiled = new CompiledRule[rules.size()];
        for (int i = 0; i < compiled.length; i++) {
            String pointer = at.member(kind.key()).element(i).toString();
            compiled[i] = CompiledRule.of(kind, rules.get(i), pointer, checks);
        }
        return compiled;
    }

    /** The same rules for names that a pattern matches: which of them are meant, only the call's name tells. */
    Section only(List<ToolPattern> tools) {
        // Names that are written out have a place of their own.
        ToolPattern[] patterns = tools.stream().filter(tool -> !tool.exact()).toArray(ToolPattern[]::new);
        return new Section(require, denyIf, asking, limits, patterns);
    }

    /** Whether it is for the tool of this call. */
    boolean applies(ToolCall call) {
        if (only == null) return true;
        for (ToolPattern pattern : only) {
            if (pattern.matches(call.tool())) return true;
        }
        return false;
    }

    /** Whether it is for whoever has it, whatever the name. */
    boolean isForEveryName() {
        return only == null;
    }

    boolean isEmpty() {
        return require.length == 0 && denyIf.length == 0 && asking.length == 0 && limits.length == 0;
    }

    CompiledRule[] require() {
        return require;
    }

    CompiledRule[] denyIf() {
        return denyIf;
    }

    /** The rules that ask a person. */
    CompiledRule[] asking() {
        return asking;
    }

    CompiledLimit[] limits() {
        return limits;
    }
}
