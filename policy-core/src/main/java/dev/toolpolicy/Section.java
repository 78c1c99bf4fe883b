package dev.toolpolicy;

import dev.toolpolicy.CompiledRule.Kind;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one part of a document, compiled once and shared by all tools that they are for. */
final class Section {
    static final Section EMPTY = of(Rules.NONE, Pointer.ROOT);

    private final CompiledRule[] require;
    private final CompiledRule[] denyIf;
    private final CompiledLimit[] limits;
    /** The patterns of the tools that it is for; null if whoever has this section is one of them. */
    private final ToolPattern @Nullable [] only;

    private Section(
            CompiledRule[] require, CompiledRule[] denyIf, CompiledLimit[] limits, ToolPattern @Nullable [] only) {
        this.require = require;
        this.denyIf = denyIf;
        this.limits = limits;
        this.only = only;
    }

    static Section of(Rules rules, Pointer at) {
        return of(rules, List.of(), at);
    }

    /**
     * The rules of an entry.
     *
     * @param rateLimit the limit that was written as {@code rate_limit}, or none
     */
    static Section of(Rules rules, List<Limit> rateLimit, Pointer at) {
        List<CompiledLimit> limits = new ArrayList<>();
        for (int i = 0; i < rules.limits().size(); i++) {
            String pointer = at.member("limits").element(i).toString();
            limits.add(CompiledLimit.of(rules.limits().get(i), pointer));
        }
        for (Limit limit : rateLimit) {
            limits.add(CompiledLimit.of(limit, at.member("rate_limit").toString()));
        }
        return new Section(
                compiled(Kind.REQUIRE, rules.require(), at),
                compiled(Kind.DENY_IF, rules.denyIf(), at),
                limits.toArray(CompiledLimit[]::new),
                null);
    }

    private static CompiledRule[] compiled(Kind kind, List<Rule> rules, Pointer at) {
        CompiledRule[] compiled = new CompiledRule[rules.size()];
        for (int i = 0; i < compiled.length; i++) {
            String pointer = at.member(kind.key()).element(i).toString();
            compiled[i] = CompiledRule.of(kind, rules.get(i), pointer);
        }
        return compiled;
    }

    /** The same rules for names that a pattern matches: which of them are meant, only the call's name tells. */
    Section only(List<ToolPattern> tools) {
        // Names that are written out have a place of their own.
        ToolPattern[] patterns = tools.stream().filter(tool -> !tool.exact()).toArray(ToolPattern[]::new);
        return new Section(require, denyIf, limits, patterns);
    }

    /** Whether it is for the tool of this call. */
    boolean applies(ToolCall call) {
        if (only == null) return true;
        for (ToolPattern pattern : only) {
            if (pattern.matches(call.tool())) return true;
        }
        return false;
    }

    boolean isEmpty() {
        return require.length == 0 && denyIf.length == 0 && limits.length == 0;
    }

    CompiledRule[] require() {
        return require;
    }

    CompiledRule[] denyIf() {
        return denyIf;
    }

    CompiledLimit[] limits() {
        return limits;
    }
}
