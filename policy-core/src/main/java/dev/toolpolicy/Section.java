package dev.toolpolicy;

import dev.toolpolicy.CompiledRule.Kind;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.json.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rules of one part of a document, compiled once and shared by all tools that they are for. */
final class Section {
    static final Section EMPTY = of(Rules.NONE, Pointer.ROOT);

    private final CompiledRule[] require;
    private final CompiledRule[] denyIf;
    private final CompiledLimit[] limits;

    private Section(CompiledRule[] require, CompiledRule[] denyIf, CompiledLimit[] limits) {
        this.require = require;
        this.denyIf = denyIf;
        this.limits = limits;
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
                limits.toArray(CompiledLimit[]::new));
    }

    private static CompiledRule[] compiled(Kind kind, List<Rule> rules, Pointer at) {
        CompiledRule[] compiled = new CompiledRule[rules.size()];
        for (int i = 0; i < compiled.length; i++) {
            String pointer = at.member(kind.key()).element(i).toString();
            compiled[i] = CompiledRule.of(kind, rules.get(i), pointer);
        }
        return compiled;
    }

    /** The same rules, where only the call's name tells whether they apply. */
    Section only(List<ToolPattern> tools) {
        return new Section(
                only(require, tools),
                only(denyIf, tools),
                Arrays.stream(limits).map(limit -> limit.only(tools)).toArray(CompiledLimit[]::new));
    }

    private static CompiledRule[] only(CompiledRule[] rules, List<ToolPattern> tools) {
        return Arrays.stream(rules).map(rule -> rule.only(tools)).toArray(CompiledRule[]::new);
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
