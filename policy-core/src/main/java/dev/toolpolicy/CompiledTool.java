package dev.toolpolicy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.spi.ArgumentValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is to be done for the calls of one tool, or of all whose names an entry matches. */
final class CompiledTool {
    private static final int MOST_STRAIGHT = 8;

    private final @Nullable Deny refusal;
    /** The parts' own, which tools share. */
    private final Section[] sections;
    /** What {@link #straight} gives. */
    private final CompiledRule @Nullable [] straight;

    private final int mostLimits;
    private final boolean asks;
    private final List<ArgumentValidator> validators;
    private final String pointer;
    private final Allow allow;

    private CompiledTool(
            @Nullable Deny refusal, List<Section> sections, List<ArgumentValidator> validators, String pointer) {
        this.refusal = refusal;
        this.sections = sections.stream().filter(section -> !section.isEmpty()).toArray(Section[]::new);
        this.straight = straight(this.sections);
        this.mostLimits =
                sections.stream().mapToInt(section -> section.limits().length).sum();
        this.asks = sections.stream().anyMatch(section -> section.asking().length > 0);
        this.validators = validators;
        this.pointer = pointer;
        this.allow = new Allow(pointer, Permit.NOTHING_TAKEN);
    }

    /** A tool whose name is enough to refuse the call. */
    static CompiledTool refused(Deny refusal) {
        return new CompiledTool(refusal, List.of(), List.of(), refusal.rule());
    }

    /**
     * A tool whose rules are looked at.
     *
     * @param sections the rules of the tool, its groups and all tools, in the order of the document
     * @param pointer the entry that governs it
     */
    static CompiledTool checked(List<Section> sections, List<ArgumentValidator> validators, String pointer) {
        return new CompiledTool(null, sections, validators, pointer);
    }

    /**
     * Few rules that apply whatever the call's name. Counted before they are copied: with many, which tools share, each would have
     * a copy of them all.
     */
    private static CompiledRule @Nullable [] straight(Section[] sections) {
        int size = 0;
        for (Section part : sections) {
            size += part.require().length + part.denyIf().length;
            if (!part.isForEveryName() || size > MOST_STRAIGHT) return null;
        }
        CompiledRule[] rules = new CompiledRule[size];
        int next = 0;
        for (Section part : sections) for (CompiledRule rule : part.require()) rules[next++] = rule;
        for (Section part : sections) for (CompiledRule rule : part.denyIf()) rules[next++] = rule;
        return rules;
    }

    /** What the name alone comes to; null if the rules decide. */
    @Nullable
    Deny refusal() {
        return refusal;
    }

    /**
     * The rules that may stop a call, in the order in which they are looked at, where all of them apply: what most tools have, and
     * shorter to walk than the parts. Else null.
     */
    CompiledRule @Nullable [] straight() {
        return straight;
    }

    /** What applies, or may: in the order of the document. */
    Section[] sections() {
        return sections;
    }

    /** Whether there are limits, some of which may apply. */
    boolean counts() {
        return mostLimits > 0;
    }

    /** How many limits may apply to a call at most. */
    int mostLimits() {
        return mostLimits;
    }

    /** Whether there are rules that ask a person, some of which may apply. */
    boolean asks() {
        return asks;
    }

    List<ArgumentValidator> validators() {
        return validators;
    }

    /** The entry that governs it, or {@code /default}. */
    String pointer() {
        return pointer;
    }

    String schemaRule() {
        return pointer + "/arguments_schema";
    }

    /** The answer if nothing stops the call. */
    Allow allow() {
        return allow;
    }
}
