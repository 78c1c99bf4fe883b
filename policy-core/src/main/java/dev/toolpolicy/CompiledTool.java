package dev.toolpolicy;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.spi.ArgumentValidator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that is to be done for the calls of one tool, or of all whose names an entry matches. */
final class CompiledTool {
    private final @Nullable Deny refusal;
    /** By part of the document: the parts' own arrays, which tools share. */
    private final CompiledRule[][] require;

    private final CompiledRule[][] denyIf;
    private final CompiledLimit[][] limits;
    private final List<ArgumentValidator> validators;
    private final String pointer;
    private final Allow allow;

    private CompiledTool(
            @Nullable Deny refusal, List<Section> sections, List<ArgumentValidator> validators, String pointer) {
        this.refusal = refusal;
        this.require = rules(sections, Section::require);
        this.denyIf = rules(sections, Section::denyIf);
        this.limits = sections.stream()
                .map(Section::limits)
                .filter(own -> own.length > 0)
                .toArray(CompiledLimit[][]::new);
        this.validators = validators;
        this.pointer = pointer;
        this.allow = new Allow(pointer, Permit.NOTHING_TAKEN);
    }

    private static CompiledRule[][] rules(List<Section> sections, Function<Section, CompiledRule[]> list) {
        return sections.stream().map(list).filter(rules -> rules.length > 0).toArray(CompiledRule[][]::new);
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

    /** What the name alone comes to; null if the rules decide. */
    @Nullable
    Deny refusal() {
        return refusal;
    }

    CompiledRule[][] require() {
        return require;
    }

    CompiledRule[][] denyIf() {
        return denyIf;
    }

    CompiledLimit[][] limits() {
        return limits;
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
